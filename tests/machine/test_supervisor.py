import subprocess
import sys

import pytest

from commands.supervisor import FIRST_PAUSE, LONGEST_PAUSE, Child


class ShortLived(Child):
    """A process that has always ended by the time one looks."""

    starts = 0
    now = 0.0

    def start(self) -> None:
        self.starts += 1
        self._started, self._again_at = self.now, None
        self.process = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
        self.process.wait()


@pytest.fixture
def child() -> ShortLived:
    made = ShortLived("collect", {})
    made.start()
    return made


def pauses(child: ShortLived, times: int) -> list[float]:
    """How long each restart is put off, by a clock of our own."""
    found = []
    for _ in range(times):
        died, starts = child.now, child.starts
        child.tend(child.now)
        while child.starts == starts:
            child.now += FIRST_PAUSE / 2
            child.tend(child.now)
        found.append(child.now - died)
    return found


def test_a_process_that_dies_again_and_again_is_put_off_longer_each_time(child: ShortLived) -> None:
    assert pauses(child, 10) == [min(FIRST_PAUSE * 2**n, LONGEST_PAUSE) for n in range(10)]


def test_after_a_steady_hour_a_death_counts_as_the_first(child: ShortLived) -> None:
    pauses(child, 5)
    child.now += 3600
    assert pauses(child, 1) == [FIRST_PAUSE]


def test_a_death_is_told_on_stderr_in_both_languages(child: ShortLived, capsys: pytest.CaptureFixture[str]) -> None:
    child.tend(0)
    child.tend(0)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "采集进程" in said[0]
