import os
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from commands.say import UI, flat
from errors import BadInput
from settings import VARIABLES, Settings, default_home, misspelt, read_one
from storage.content import read_yaml

BAD = [
    ("DESK_PORT", "eighty"),
    ("DESK_PORT", "65536"),
    ("DESK_PORT", "-1"),
    ("DESK_PORT", "８５０１"),
    ("DESK_HOST", "0.0.0.0"),
    ("DESK_HOST", "::"),
    ("DESK_ZONE", "Shanghai"),
    ("DESK_ZONE", "../../etc/passwd"),
    ("DESK_LANGUAGE", "fr"),
    ("DESK_PIP_INDEX", "mirrors.example/simple"),
    ("DESK_LOG_LEVEL", "LOUD"),
    ("DESK_ALLOWED_HOSTS", "http://desk.example"),
    ("DESK_ALLOWED_HOSTS", "*"),
    ("DESK_ALLOW_PRIVATE_FEEDS", "perhaps"),
    ("DESK_DATABASE_URL", "mysql://root:geheim@localhost/desk"),
]


def test_an_empty_environment_gives_every_default() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.port_is_chosen) == ("127.0.0.1", 8501, False)
    assert (settings.zone, settings.language, settings.log_level) == ("Asia/Shanghai", "zh", "INFO")
    assert settings.database_url == f"sqlite:///{(settings.home / 'desk.sqlite3').as_posix()}"
    assert settings.allowed_hosts == ()
    assert not settings.allow_private_feeds


def test_what_is_given_is_taken(tmp_path: Path) -> None:
    settings = Settings.from_environment({
        "DESK_HOME": str(tmp_path),
        "DESK_PORT": "9000",
        "DESK_LANGUAGE": "EN",
        "DESK_ALLOWED_HOSTS": "desk.example, *.press.example",
        "DESK_ALLOW_PRIVATE_FEEDS": "on",
    })
    assert (settings.home, settings.port, settings.port_is_chosen) == (tmp_path, 9000, True)
    assert settings.language == "en"
    assert settings.allowed_hosts == ("desk.example", "*.press.example")
    assert settings.allow_private_feeds


def test_an_empty_variable_counts_as_absent() -> None:
    assert Settings.from_environment({"DESK_PORT": " ", "DESK_HOME": ""}) == Settings.from_environment({})


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        Settings.from_environment({name: value})
    assert refused.value.facts["name"] == name


def test_a_refused_database_address_is_never_repeated() -> None:
    with pytest.raises(BadInput) as refused:
        Settings.from_environment({"DESK_DATABASE_URL": "mysql://root:geheim@localhost/desk"})
    assert "geheim" not in str(refused.value)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings.from_environment({}).port = 1  # type: ignore[misc]


def test_a_relative_home_is_made_absolute() -> None:
    assert Settings.from_environment({"DESK_HOME": "somewhere"}).home == Path(os.getcwd()) / "somewhere"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG folders are Linux's")
def test_the_data_folder_is_the_users_own() -> None:
    assert default_home({"XDG_DATA_HOME": "/data"}) == Path("/data/crisis-desk")
    assert default_home({"XDG_DATA_HOME": "relative"}) == default_home({})
    assert default_home({}) == Path.home() / ".local" / "share" / "crisis-desk"


def test_one_variable_can_be_read_while_others_are_bad() -> None:
    assert read_one({"DESK_PIP_INDEX": "https://mirror.example/simple", "DESK_PORT": "x"}, "DESK_PIP_INDEX")


def test_a_misspelt_name_is_noticed() -> None:
    assert misspelt({"DESK_PROT": "9000", "DESK_PORT": "9000", "HOME": "/"}) == ("DESK_PROT",)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_setting_has_a_meaning_in_both_languages(language: str) -> None:
    told = {key for key in flat(UI / language / "door.yaml") if key.startswith("setting.")}
    assert told == {f"setting.{variable.name}" for variable in VARIABLES}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["door.yaml", "errors.yaml"])
def test_the_terminals_sentences_read_the_same_with_and_without_a_yaml_library(language: str, name: str) -> None:
    assert flat(UI / language / name) == read_yaml(UI / language / name)
