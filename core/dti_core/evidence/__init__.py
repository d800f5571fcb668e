"""Evidence: files and links that show indicators, kept by their hash outside the database.

:func:`take` looks at what somebody brings and keeps its files in a :class:`Vault`; :func:`add`,
:func:`replace` and :func:`withdraw` change what the store says of it; :func:`listed`,
:func:`shared` and :func:`verify` tell. Needs the extra ``dti-core[cycle]``, and ``dti-core[s3]``
for a vault in a bucket.
"""

from dti_core.evidence.accepted import ACCEPTED
from dti_core.evidence.listing import Listed, SharedFile, listed, shared
from dti_core.evidence.naming import safe_name
from dti_core.evidence.recording import Place, add, in_force, replace, withdraw
from dti_core.evidence.taking import LARGEST, EvidenceRefused, Given, Shown, examine, take
from dti_core.evidence.vault import DEFAULT_URL, VARIABLE, Vault, VaultFailed
from dti_core.evidence.verifying import Verified, verify

__all__ = [
    "ACCEPTED",
    "DEFAULT_URL",
    "LARGEST",
    "VARIABLE",
    "EvidenceRefused",
    "Given",
    "Listed",
    "Place",
    "SharedFile",
    "Shown",
    "Vault",
    "VaultFailed",
    "Verified",
    "add",
    "examine",
    "in_force",
    "listed",
    "replace",
    "safe_name",
    "shared",
    "take",
    "verify",
    "withdraw",
]
