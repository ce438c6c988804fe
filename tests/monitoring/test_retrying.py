"""When a try is repeated: later each time, spread, no sooner than the server asked, and not for ever."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitoring.channels.retrying import FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES, next_try
from monitoring.channels.text import cut, unmarked
from tests.fixtures.alerts import NOW


@given(st.integers(1, MOST_TRIES - 1), st.floats(0, 1, exclude_max=True))
def test_the_pause_doubles_and_is_spread_over_its_second_half(tries: int, chance: float) -> None:
    full = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
    assert full / 2 <= next_try(NOW, tries, chance) - NOW <= full


def test_after_enough_tries_a_person_has_to_look() -> None:
    assert next_try(NOW, MOST_TRIES, 0.5) is None
    whole = sum((next_try(NOW, tries, 0.999) - NOW for tries in range(1, MOST_TRIES)), timedelta())
    assert timedelta(hours=1) < whole < timedelta(hours=3)


def test_what_the_server_asks_for_is_honoured_up_to_a_day() -> None:
    assert next_try(NOW, 1, 0.0, retry_after=600) == NOW + timedelta(minutes=10)
    assert next_try(NOW, 1, 0.0, retry_after=1e9) == NOW + timedelta(days=1)


@given(st.text(), st.integers(3, 60))
def test_a_cut_ends_where_a_character_ends_and_never_exceeds(text: str, most: int) -> None:
    clean = text.encode("utf-8", "ignore").decode()
    assert len(cut(clean, most).encode()) <= most
    assert cut(clean, 10**6) == clean


@given(st.text(alphabet=st.characters(), max_size=80))
def test_no_text_keeps_a_mark_or_breaks_a_line(text: str) -> None:
    shown = unmarked(text)
    assert not set("*_`[]()<>#!@\n\r") & set(shown)
    shown.encode("utf-8")
