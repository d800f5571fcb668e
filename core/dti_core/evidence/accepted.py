"""What is accepted as evidence: documents, pictures, tables, messages and short recordings.

Archives are not, for what is in them cannot be seen beside its indicator; pages of the web and
pictures that are programs (SVG) are not, for they run where they are opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dti_core.evidence import containers, content


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, and the look that tells whether a file is of it."""

    media_type: str
    look: content.Look


OFFICE: Final = "application/vnd.openxmlformats-officedocument."
OPEN: Final = "application/vnd.oasis.opendocument."

PICTURES: Final = {
    ".jpg": Kind("image/jpeg", content.signed(".jpg")),
    ".jpeg": Kind("image/jpeg", content.signed(".jpg")),
    ".png": Kind("image/png", content.signed(".png")),
    ".gif": Kind("image/gif", content.signed(".gif")),
    ".tif": Kind("image/tiff", content.signed(".tif", ".tiff")),
    ".tiff": Kind("image/tiff", content.signed(".tif", ".tiff")),
    ".webp": Kind("image/webp", content.signed(".webp")),
    ".heic": Kind("image/heic", content.media),
}
DOCUMENTS: Final = {
    ".pdf": Kind("application/pdf", content.signed(".pdf")),
    ".docx": Kind(f"{OFFICE}wordprocessingml.document", containers.office("word/document.xml")),
    ".xlsx": Kind(f"{OFFICE}spreadsheetml.sheet", containers.office("xl/workbook.xml")),
    ".pptx": Kind(
        f"{OFFICE}presentationml.presentation", containers.office("ppt/presentation.xml")
    ),
    ".odt": Kind(f"{OPEN}text", containers.open_document(f"{OPEN}text")),
    ".ods": Kind(f"{OPEN}spreadsheet", containers.open_document(f"{OPEN}spreadsheet")),
    ".odp": Kind(f"{OPEN}presentation", containers.open_document(f"{OPEN}presentation")),
    ".doc": Kind("application/msword", containers.ole("WordDocument")),
    ".xls": Kind("application/vnd.ms-excel", containers.ole("Workbook", "Book")),
    ".ppt": Kind("application/vnd.ms-powerpoint", containers.ole("PowerPoint Document")),
}
TEXTS: Final = {
    ".txt": Kind("text/plain", content.text),
    ".csv": Kind("text/csv", content.text),
    ".eml": Kind("message/rfc822", content.message),
    ".msg": Kind("application/vnd.ms-outlook", containers.ole("__properties_version1.0")),
}
RECORDINGS: Final = {
    ".mp4": Kind("video/mp4", content.media),
    ".mov": Kind("video/quicktime", content.media),
    ".mp3": Kind("audio/mpeg", content.signed(".mp3", ".mpga")),
}

ACCEPTED: Final[Mapping[str, Kind]] = DOCUMENTS | PICTURES | TEXTS | RECORDINGS
"""The kinds by the end of the name, in small letters."""
