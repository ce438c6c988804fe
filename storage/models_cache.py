"""SnowNLP's tables, built once and kept under DESK_HOME/cache: a file stamped with the versions it was built by."""

import os
import subprocess
import sys
import tempfile
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from monitoring.sentiment import LAYOUT, SnowTables, build_tables

ROOT = Path(__file__).resolve().parent.parent
BUILD_WITHIN = 300.0  # seconds
_SILENT: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}


def snow_tables(folder: Path, build: bool = True) -> SnowTables | None:
    """The tables from `folder`; built there where they are missing, of another version or damaged.

    Building takes some ten seconds and happens in a process of its own, so that this one never carries SnowNLP.
    None where they are not there and were not to be, or could not be, built: plain SnowNLP answers then.
    """
    return _kept(folder) or (_built(folder) if build else None)


@lru_cache(maxsize=2)
def _loaded(path: Path, _changed: int) -> SnowTables:
    with np.load(path, allow_pickle=False) as kept:
        if str(kept["stamp"]) != stamp():
            raise ValueError("made by another version")
        return SnowTables.from_arrays({name: kept[name] for name in kept.files if name != "stamp"})


def _kept(folder: Path) -> SnowTables | None:
    path = _path(folder)
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except Exception:  # a damaged file fails in a dozen ways, each of which means: build it again
        return None


def _built(folder: Path) -> SnowTables | None:
    command = [sys.executable, "-m", "storage.models_cache", str(folder)]
    try:
        subprocess.run(command, cwd=ROOT, check=True, timeout=BUILD_WITHIN, **_SILENT)  # noqa: S603 our own module
    except (OSError, subprocess.SubprocessError):
        return None
    return _kept(folder)


def stamp() -> str:
    return f"snownlp {version('snownlp')}, layout {LAYOUT}"


def _path(folder: Path) -> Path:
    return folder / "snow.npz"


def build_into(folder: Path) -> None:
    """Build and write the file whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".npz.part")
    try:
        with os.fdopen(handle, "wb") as part:
            arrays: dict[str, Any] = {"stamp": np.array(stamp()), **build_tables().arrays()}
            np.savez(part, **arrays)
        os.replace(name, _path(folder))
    finally:
        Path(name).unlink(missing_ok=True)


if __name__ == "__main__":
    build_into(Path(sys.argv[1]))
