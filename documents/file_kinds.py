"""What a file brought in as evidence is, by its first bytes and its build; its name is cleaned and never believed.

Only a short list of kinds is taken. A file that is two things at once, or carries script, is refused.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from PIL import Image

from errors import BadInput

MOST_BYTES = 20 * 1024 * 1024
MEDIA_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain", "mp3": "audio/mpeg", "wav": "audio/wav", "mp4": "video/mp4",
}  # fmt: skip
ENDINGS = (*MEDIA_TYPES, "jpeg")
_PICTURES = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|img|xml|\?xml|\?php)|^#!", re.IGNORECASE)
_BAD = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


@dataclass(frozen=True)
class FileKind:
    ending: str
    media_type: str
    name: str
    """Cleaned; it always ends as the kind that was found does."""


def kind_of(name: str, body: bytes) -> FileKind:
    """What a file is. Raises BadInput: upload.empty, upload.too_big, upload.kind (not on the list, or two things at once),
    upload.mismatch (the name says one thing, the bytes another)."""
    if not body:
        raise BadInput("upload.empty")
    if len(body) > MOST_BYTES:
        raise BadInput("upload.too_big", most=MOST_BYTES // 1024**2)
    ending = _ending(body)
    if ending is None or (ending != "txt" and _is_two_things(ending, body)):
        raise BadInput("upload.kind")
    said = PurePosixPath(_last(name)).suffix.lower().removeprefix(".").replace("jpeg", "jpg")
    if said != ending:
        raise BadInput("upload.mismatch", said=said[:20], found=ending)
    return FileKind(ending, MEDIA_TYPES[ending], clean_name(name, ending))


def clean_name(name: str, ending: str) -> str:
    """A name that is one on every system and nothing else: no path, no hidden characters, at most 120 characters."""
    stem = _BAD.sub("", PurePosixPath(_last(name)).stem).strip(" .")[:110]
    return f"{'_' if _RESERVED.match(stem) or not stem else ''}{stem}.{ending}"


def _last(name: str) -> str:
    return PureWindowsPath(name).name or PurePosixPath(name).name


def _ending(body: bytes) -> str | None:
    for starts, found in ((b"\x89PNG\r\n\x1a\n", _picture), (b"\xff\xd8\xff", _picture), (b"GIF8", _picture), (b"RIFF", _riff)):
        if body.startswith(starts):
            return found(body)
    if body.startswith(b"%PDF-"):
        return "pdf" if b"%%EOF" in body[-2048:] else None
    if body.startswith(b"PK\x03\x04"):
        return _office(body)
    if body[4:8] == b"ftyp":
        return "mp4"
    if body.startswith(b"ID3") or (body[0] == 0xFF and len(body) > 1 and body[1] & 0xE6 == 0xE2):
        return "mp3"
    return _text(body)


def _picture(body: bytes) -> str | None:
    try:
        with Image.open(io.BytesIO(body), formats=tuple(_PICTURES)) as picture:
            picture.verify()
            return _PICTURES.get(picture.format or "")
    except Exception:  # whatever a broken picture makes the reader throw: it is no picture
        return None


def _riff(body: bytes) -> str | None:
    return "wav" if body[8:12] == b"WAVE" else _picture(body)


def _office(body: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if "[Content_Types].xml" not in names or any("vbaProject" in name for name in names):  # a macro is a program
        return None
    return next((kind for kind, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")) if part in names), None)


def _text(body: bytes) -> str | None:
    if b"\x00" in body or _MARKUP.search(body[:4096]):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            body.decode(encoding)
            return "txt"
        except UnicodeDecodeError:
            continue
    return None


def _is_two_things(ending: str, body: bytes) -> bool:
    """Markup where a browser that guesses would look for it, or an archive hung on at the end."""
    archive_behind = ending not in ("docx", "xlsx") and b"PK\x05\x06" in body[-66_000:]
    return archive_behind or bool(_MARKUP.search(body[:1024].replace(b"<?xpacket", b"")))
