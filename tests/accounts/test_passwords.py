"""What is kept of a password, and which are not taken."""

import pytest

from accounts.passwords import clean_password, hashed, matches
from errors import BadInput
from storage.content import common_passwords

GOOD = "river lamp seven stones"


def test_only_an_argon2id_hash_is_kept_and_two_of_one_password_differ():
    kept = hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert hashed(GOOD) != kept
    assert matches(kept, GOOD)


@pytest.mark.parametrize("typed", ["", "river lamp seven stone", GOOD.upper(), GOOD + " "])
def test_another_password_does_not_match(typed):
    assert not matches(hashed(GOOD), typed)


def test_nobody_matches_without_a_password():
    assert not matches(None, "nobody has this password")


def test_full_width_letters_are_the_same_password():
    assert matches(hashed(clean_password("ａｂｃｄｅｆｇ 江水 lamp", "gu", common_passwords())), "abcdefg 江水 lamp")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("eleven char", "password_short"),
        ("x1" * 70, "password_long"),
        ("aaaaaaaaaaaaa", "password_common"),
        ("qwertyuiop123", "password_common"),
        ("LetMeInLetMeIn!!", "password_common"),
        ("my name is guman ok", "password_is_name"),
    ],
)
def test_what_is_easy_to_guess_is_refused(typed, why):
    with pytest.raises(BadInput) as refused:
        clean_password(typed, "guman", common_passwords())
    assert refused.value.key == why
