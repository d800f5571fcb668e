"""What alembic runs: the revisions, in the one transaction of the connection that it is given."""

from __future__ import annotations

from alembic import context

from dti_core.store.migrating import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
