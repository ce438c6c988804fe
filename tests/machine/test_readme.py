"""What the READMEs say of commands and settings is what there is."""

import re
from pathlib import Path

import pytest

from commands import COMMANDS
from settings import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
READMES = sorted(path.name for path in ROOT.glob("README*.md"))


@pytest.mark.parametrize("name", READMES)
def test_every_setting_stands_in_the_configuration_table_with_its_default(name: str) -> None:
    rows = re.findall(r"^\| `(DESK_\w+)` \| ([^|]*) \|", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    told = {variable: default.strip().strip("`") for variable, default in rows}
    assert set(told) == {variable.name for variable in VARIABLES}
    for variable in VARIABLES:
        assert not variable.default or told[variable.name] == variable.default


@pytest.mark.parametrize("name", READMES)
def test_every_command_for_people_stands_in_the_readme_and_no_other(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    told = set(re.findall(r"desk\.py ([a-z][a-z-]+)", text)) | set(re.findall(r"^\| `([a-z][a-z-]+)", text, re.MULTILINE))
    people = {command for command, what in COMMANDS.items() if not what.inner}
    assert people <= told
    assert set(re.findall(r"desk\.py ([a-z][a-z-]+)", text)) <= people


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_come_first(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.search(r"^python3 desk\.py run\npython3 desk\.py test$", text, re.MULTILINE)
