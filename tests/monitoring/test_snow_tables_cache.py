import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from storage import models_cache
from storage.models_cache import snow_tables


@pytest.fixture
def folder(snow_cache: Path, tmp_path: Path) -> Path:
    shutil.copy(snow_cache / "snow.npz", tmp_path / "snow.npz")
    return tmp_path


def test_kept_tables_are_read_and_not_built(folder: Path) -> None:
    assert snow_tables(folder, build=False) is not None


def test_a_damaged_file_is_built_again(folder: Path, snow_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "snow.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert snow_tables(folder, build=False) is None
    monkeypatch.setattr(models_cache, "_built", lambda where: snow_tables(snow_cache))
    assert snow_tables(folder) is not None


def test_a_file_of_another_version_is_not_used(folder: Path) -> None:
    with np.load(folder / "snow.npz") as kept:
        arrays = {name: kept[name] for name in kept.files} | {"stamp": np.array("snownlp 0.0")}
    np.savez(folder / "snow.npz", **arrays)
    assert snow_tables(folder, build=False) is None


def test_scoring_with_kept_tables_never_imports_snownlp(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from storage.models_cache import snow_tables\n"
        "from monitoring.sentiment import cut, score\n"
        f"tables = snow_tables(Path({str(folder)!r}))\n"
        "score(['三人受伤'], tables); cut(['三人受伤'], tables)\n"
        "print([name for name in ('snownlp', 'numba') if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
