"""Files as evidence: only what is on a short list and is what it says; kept as it came; handed out only whole."""

import io
import stat
import zipfile

import pytest
from PIL import Image

from accounts.models import Caller, acting
from documents.file_kinds import MEDIA_TYPES, MOST_BYTES, clean_name, kind_of
from errors import BadInput, NotAllowed, NotFound, Unavailable
from storage import events, facts, uploads
from storage.database import reading, writing
from workflows.attach_file import attach_file, detach_file


def picture(kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(out, kind)
    return out.getvalue()


def office(part, *more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def zipped(name="x.txt"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GOOD = {
    "png": picture(), "jpg": picture("JPEG"), "gif": picture("GIF"), "webp": picture("WEBP"), "pdf": PDF,
    "docx": office("word/document.xml"), "xlsx": office("xl/workbook.xml"), "txt": "记录：来电三次\n".encode(),
    "mp3": b"ID3\x03\x00" + b"\x00" * 40, "wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 20,
    "mp4": b"\x00\x00\x00\x18ftypisom" + b"\x00" * 20,
}  # fmt: skip
REFUSED = {
    "svg": ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    "svg called png": ("x.png", b"<svg onload=alert(1)>"),
    "html": ("x.html", b"<!doctype html><script>alert(1)</script>"),
    "html called txt": ("x.txt", b"  \n<html><body>"),
    "script called txt": ("x.txt", b"#!/bin/sh\nrm -rf /"),
    "program": ("x.exe", b"MZ\x90\x00" + b"\x00" * 60),
    "program called txt": ("x.txt", b"\x7fELF\x02\x01\x00" + b"\x00" * 40),
    "gif that is script": ("x.gif", b"GIF89a/*<script>*/=1;alert(1)"),
    "pdf with a page in front": ("x.pdf", b"%PDF-1.4\n<html><script>alert(1)</script>" + PDF),
    "page with a pdf behind": ("x.pdf", b"<html>" + PDF),
    "png with an archive behind": ("x.png", picture() + zipped("x.class")),
    "picture cut off": ("x.png", picture()[:40]),
    "macro": ("x.docx", office("word/document.xml", "word/vbaProject.bin")),
    "plain archive": ("x.docx", zipped()),
    "pdf without an end": ("x.pdf", b"%PDF-1.4\nhello"),
}


@pytest.mark.parametrize("ending", MEDIA_TYPES)
def test_each_kind_on_the_list_is_known_by_its_bytes(ending):
    assert (kind_of(f"证据.{ending}", GOOD[ending]).ending) == ending


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_on_the_list_or_two_things_at_once_is_refused(what):
    with pytest.raises(BadInput, match="upload"):
        kind_of(*REFUSED[what])


@pytest.mark.parametrize("name", ["x.jpg", "x", "x.png.exe", "x.pdf", ""])
def test_a_name_that_says_something_else_than_the_bytes_is_refused(name):
    with pytest.raises(BadInput, match="mismatch"):
        kind_of(name, picture())


def test_too_big_and_empty_are_refused():
    with pytest.raises(BadInput, match="too_big"):
        kind_of("x.txt", b"a" * (MOST_BYTES + 1))
    with pytest.raises(BadInput, match="empty"):
        kind_of("x.txt", b"")


@pytest.mark.parametrize(("given", "kept"), [
    ("../../etc/passwd.png", "passwd.png"), ("C:\\Users\\x\\现场.png", "现场.png"), ("a\u202egnp.png", "agnp.png"),
    ('x"\r\nSet-Cookie: a=b.png', "xSet-Cookie a=b.png"), ("con.png", "_con.png"), (" . .png", "_.png"), ("王" * 300 + ".png", "王" * 110 + ".png"),
])  # fmt: skip
def test_names_are_cleaned(given, kept):
    assert clean_name(given, "png") == kept


# --- kept -----------------------------------------------------------------------------------------------------------

@pytest.fixture
def attach(do, incident_id, tmp_path):
    def one(name="现场.png", body=None, **more):
        return do(attach_file, incident_id, name, picture() if body is None else body, home=tmp_path, actor="顾曼", **more)

    return one


def known(engine, incident_id):
    with reading(engine) as connection:
        return uploads.of_incident(connection, incident_id)


def test_a_file_is_kept_as_it_came_by_its_hash_and_cannot_be_run(engine, attach, incident_id, tmp_path):
    made = attach(note="阳台")
    assert attach() == made
    (one,) = known(engine, incident_id)
    assert (one.name, one.media_type, one.note, one.added_by) == ("现场.png", "image/png", "阳台", "顾曼")
    path = tmp_path / "uploads" / one.sha256[:2] / one.sha256
    assert path.read_bytes() == picture() == uploads.body(tmp_path, one)
    assert not path.stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    with reading(engine) as connection:
        told = events.of_incident(connection, incident_id)[-1]
    assert (told.deed, told.facts["digest"]) == ("file_attached", one.sha256)


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(engine, attach, incident_id, tmp_path):
    attach()
    (one,) = known(engine, incident_id)
    path = tmp_path / "uploads" / one.sha256[:2] / one.sha256
    path.write_bytes(b"other")
    with pytest.raises(Unavailable, match="changed"):
        uploads.body(tmp_path, one)
    path.unlink()
    with pytest.raises(NotFound):
        uploads.body(tmp_path, one)


def test_it_stands_for_a_fact_of_its_own_incident_and_is_taken_off_again(engine, do, attach, stove, incident_id):
    with reading(engine) as connection:
        foreign = facts.of_incident(connection, stove)[0].id
    with pytest.raises(NotFound):
        attach(fact_id=foreign)
    made = attach()
    do(detach_file, made, actor="顾曼")
    assert known(engine, incident_id) == ()


def test_a_disk_that_cannot_hold_it_leaves_nothing_half_done(engine, attach, incident_id, tmp_path):
    (tmp_path / "uploads").write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match="cannot_write"):
        attach()
    assert known(engine, incident_id) == ()
    with reading(engine) as connection:
        assert [one.deed for one in events.of_incident(connection, incident_id)] == ["incident_opened"]


def test_an_observer_attaches_nothing(engine, incident_id, tmp_path, now):
    with pytest.raises(NotAllowed), acting(Caller(None, "某人", frozenset({"observer"}))), writing(engine) as connection:
        attach_file(connection, incident_id, "x.png", picture(), home=tmp_path, now=now, actor="某人")
    assert not (tmp_path / "uploads").exists()
