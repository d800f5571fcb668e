"""Compiles the message catalogues while dti-core is built: ``dti.po`` to ``dti.mo``."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Runs for wheels, sdists and editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write a .mo beside every .po and add exactly these to the distribution.

        Git ignores .mo files and hatchling leaves out what git ignores, so each is named as an
        artifact. A .mo whose .po is gone is not named, and stays out.

        :raises babel.messages.pofile.PoFileError: a catalogue is malformed.
        """
        root = Path(self.root)
        for po in sorted(root.glob("dti_core/locale/*/LC_MESSAGES/dti.po")):
            mo = po.with_suffix(".mo")
            mo.write_bytes(compiled(po))
            build_data["artifacts"].append(f"/{mo.relative_to(root).as_posix()}")


def compiled(po: Path) -> bytes:
    """Return the binary catalogue of a text catalogue in ``<locale>/LC_MESSAGES/``."""
    with po.open("rb") as text:
        catalog = read_po(text, locale=po.parent.parent.name, abort_invalid=True)
    # Babel fills in the hour of the build where the header has none: no two wheels were alike.
    catalog.creation_date = catalog.revision_date = datetime(1970, 1, 1, tzinfo=UTC)
    binary = BytesIO()
    write_mo(binary, catalog)
    return binary.getvalue()
