"""What the documents say of the project is so: pages, rooms, files and pictures that they name are there."""

import re
from pathlib import Path

import pytest
import yaml

from storage import content
from tests.conftest import ROOT
from tests.house import ROOMS
from tests.pages import PAGES

READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
DOCUMENTS = ("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs/design-notes.md", *READMES)
PICTURES = {f"docs/screenshots/{page}-{language}.png" for page in ("command", "statement") for language in ("zh", "en")}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
ABOUT_SIZE = 2_000  # a smaller picture is no picture of a screen


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def links(name: str) -> set[str]:
    """Targets of relative links and pictures, without the part after #."""
    return {target.split("#")[0] for target in LINK.findall(text(name)) if "://" not in target} - {""}


def headings(name: str) -> list[str]:
    return re.findall(r"^#{2,3} +(.+?) *$", text(name), re.MULTILINE)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_documents_of_a_serious_project_are_there(name: str) -> None:
    assert len(text(name)) > 400


def test_the_licence_is_the_one_that_is_named() -> None:
    assert "Apache License" in text("LICENSE")
    assert "Version 2.0" in text("LICENSE")
    assert re.search(r'^license = "Apache-2.0"$', text("pyproject.toml"), re.MULTILINE)
    assert all("Apache-2.0" in text(name) for name in READMES)


@pytest.mark.parametrize("name", READMES)
def test_every_page_stands_in_the_table_of_pages_by_the_name_it_has_on_the_screen(name: str) -> None:
    told = re.findall(r"^\| ([^|`]+?) \|", text(name), re.MULTILINE)
    w = content.words(READMES[name])
    assert {w(key) for key in PAGES.values()} <= set(told)


@pytest.mark.parametrize("name", READMES)
def test_every_room_stands_in_the_table_of_rooms_and_no_room_is_invented(name: str) -> None:
    told = set(re.findall(r"^\| `([a-z]+)/` \|", text(name), re.MULTILINE))
    assert told >= set(ROOMS)
    assert all((ROOT / room).is_dir() for room in told)


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.endswith(".md")])
def test_every_relative_link_and_picture_leads_somewhere(name: str) -> None:
    missing = {target for target in links(name) if not (Path(ROOT / name).parent / target).exists()}
    assert missing == set()


def test_each_readme_leads_to_the_other_and_shows_both_languages() -> None:
    assert "README.zh-CN.md" in links("README.md")
    assert "README.md" in links("README.zh-CN.md")
    for name in READMES:
        assert links(name) >= PICTURES


@pytest.mark.parametrize("picture", sorted(PICTURES))
def test_a_screenshot_is_a_picture(picture: str) -> None:
    raw = (ROOT / picture).read_bytes()
    assert raw.startswith(b"\x89PNG\r\n")
    assert len(raw) > ABOUT_SIZE


@pytest.mark.parametrize("name", READMES)
def test_the_walk_through_names_pages_and_buttons_as_the_screen_does(name: str) -> None:
    steps = "\n".join(re.findall(r"^\d+\. (?:.|\n(?! *\n|\d+\.|#))+", text(name), re.MULTILINE))
    found = re.findall(r"\*{1,2}([^*]+)\*{1,2}|点“([^”]+)”", steps)
    named = {" ".join((marked or quoted).split()) for marked, quoted in found}
    sentences = [words for path in ui(READMES[name]) for words in yaml.safe_load(path.read_text(encoding="utf-8")).values()]
    said = {re.split(r" ?[(（]", words)[0] for words in sentences}
    assert len(named) > 8
    assert named - said == set()


def ui(language: str) -> list[Path]:
    return sorted((ROOT / "templates" / "ui" / language).glob("*.yaml"))


def test_the_headings_of_the_design_notes_are_questions() -> None:
    found = headings("docs/design-notes.md")
    assert len(found) > 5
    assert [heading for heading in found if not heading.endswith(("?", "？"))] == []


def test_the_changelog_tells_of_the_version_that_is_declared() -> None:
    version = re.search(r'^version = "([^"]+)"$', text("pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert any(version[1] in heading or "Unreleased" in heading for heading in headings("CHANGELOG.md"))
