"""desk.py verify: exit status and words for each answer; as a real process where a text is piped in."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

import commands
from documents.outgoing import OutgoingText
from documents.statement import as_docx, as_txt
from documents.statement_html import as_html
from documents.statement_pdf import as_pdf
from statements.records import Publication
from storage import content
from storage.database import make_engine, writing
from storage.schema import event
from tests.fixtures.incidents import on_the_desk
from tests.fixtures.released import put_out

ROOT = Path(__file__).resolve().parents[2]
MAKERS = {"txt": as_txt, "docx": as_docx, "html": as_html, "pdf": as_pdf}


@pytest.fixture
def released(sqlite_url: str, now) -> Publication:
    engine = make_engine(sqlite_url)
    with writing(engine) as connection:
        incident_id = on_the_desk(connection, now)
    made = put_out(engine, incident_id, now)
    engine.dispose()
    return made


@pytest.fixture
def verify(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str]]:
    """`verify("FILE", given=…, language=…)`: the exit status, and all that was said."""

    def one(*arguments: str, given: bytes = b"", language: str = "zh") -> tuple[int, str]:
        monkeypatch.setenv("DESK_DATABASE_URL", sqlite_url)
        monkeypatch.setenv("DESK_LANGUAGE", language)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        status = commands.main(["verify", *arguments])
        said = capsysbinary.readouterr()
        return status, (said.out + said.err).decode()

    return one


def whole(out: Publication, text: str | None = None, language: str = "zh") -> OutgoingText:
    w = content.words(language)
    stamp = w("out.stamp", number=out.number, version=1, at="2026-03-14 21:17 +08:00", sha=out.sha256[:16])
    kind = w("out.kind", kind=content.kind_name("holding", language), number=out.number)
    return OutgoingText(text or out.body, out.language, (w("kind.drill.band"),), stamp, kind, w("out.across.drill"), out.sha256)


@pytest.mark.parametrize("ending", MAKERS)
def test_each_file_is_known_again_and_a_changed_copy_shows_the_sentence(verify, released, tmp_path, ending):
    good, bad = tmp_path / f"good.{ending}", tmp_path / f"bad.{ending}"
    good.write_bytes(MAKERS[ending](whole(released)))
    bad.write_bytes(MAKERS[ending](whole(released, released.body.replace("1人受伤", "9人受伤"))))
    status, said = verify(str(good))
    assert status == 0, said
    assert content.words("zh")("verify.released") in said
    assert "沈知远" in said
    status, said = verify(str(bad))
    assert status == 1
    assert "9人受伤" in said.split(content.words("zh")("verify.change.now"))[1]
    assert content.words("zh")("verify.claims") in said


def test_a_pasted_text_is_read_from_standard_input_and_answered_in_the_chosen_language(sqlite_url, released):
    done = subprocess.run(
        [sys.executable, str(ROOT / "desk.py"), "verify", "-"], input=released.body.encode(), capture_output=True, cwd="/",
        timeout=120, env=os.environ | {"DESK_DATABASE_URL": sqlite_url, "DESK_LANGUAGE": "en"},
    )  # fmt: skip
    assert (done.returncode, done.stdout.decode().splitlines()[0]) == (0, content.words("en")("verify.released"))


@pytest.mark.parametrize(("given", "key"), [(b"A fine day in the park with friends.", "verify.unknown"), (b"", "verify.unknown")])
def test_an_unknown_text_is_status_two(verify, released, given, key):
    assert verify("-", given=given) == (2, content.words("zh")(key) + "\n")


def test_a_file_that_cannot_be_read_is_status_two_in_one_sentence(verify, released, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    status, said = verify(str(tmp_path / "a.pdf"))
    assert status == 2
    assert len(said.splitlines()) == 1
    assert verify(str(tmp_path / "nowhere.txt"))[0] == 2


def test_a_release_that_is_marked_as_a_draft_is_said_to_be_an_older_copy(verify, released, tmp_path):
    w = content.words("zh")
    path = tmp_path / "a.txt"
    path.write_bytes(as_txt(replace(whole(released), marks=(w("out.watermark"),))))
    status, said = verify(str(path))
    assert status == 0
    assert w("verify.marked_draft") in said


def test_without_a_file_the_records_are_checked_and_a_broken_one_is_named(verify, sqlite_url, released):
    status, said = verify()
    assert status == 0, said
    engine = make_engine(sqlite_url)
    with writing(engine) as connection:
        connection.execute(update(event).where(event.c.sequence == 4).values(deed="noted"))
    engine.dispose()
    status, said = verify()
    assert status == 1
    assert f"{released.incident_id}" in said
    assert "4" in said
    assert len(said.splitlines()) == 1


def test_heads_are_printed_kept_elsewhere_and_held_against_the_records(verify, released: Publication, tmp_path: Path) -> None:
    status, said = verify("--heads")
    assert status == 0
    kept = tmp_path / "heads.txt"
    kept.write_text(said, encoding="utf-8")
    w = content.words("zh")
    assert verify("--heads", str(kept)) == (0, w("verify.heads.held") + "\n")
    kept.write_text(said.replace(said.split()[2], "0" * 64), encoding="utf-8")
    status, said = verify("--heads", str(kept))
    assert (status, w("verify.heads.held") in said) == (1, False)
