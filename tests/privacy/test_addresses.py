"""One spelling per mailbox, and enough of it hidden."""

import pytest

from privacy.addresses import mail_key, masked, tidy_email


@pytest.mark.parametrize(
    "typed",
    [
        "kim@exempel.se", "KIM@exempel.se", "Kim@Exempel.SE", " kim@exempel.se ", "kim@exempel.se.",
        "<kim@exempel.se>", "kim @exempel.se", "kim@exempel.se\u00a0", "\u200bkim@exempel.se",
        "ｋｉｍ@exempel.se", "kim@exempel.se,",
    ],
)  # fmt: skip
def test_different_spellings_are_one_mailbox(typed):
    assert mail_key(typed) == "kim@exempel.se"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kim@blåbär.se", "kim@xn--blbr-noae.se"),
        ("kim@BLÅBÄR.se", "kim@blåbär.se"),
        ("åsa@exempel.se", "a\u030asa@exempel.se"),
        ("ÅSA@exempel.se", "åsa@exempel.se"),
    ],
)
def test_swedish_letters_are_one_mailbox_however_they_are_written(one, other):
    assert mail_key(one) == mail_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kim+nyhet@exempel.se", "kim@exempel.se"), ("k.im@exempel.se", "kim@exempel.se")],
)
def test_dots_and_tags_can_be_other_mailboxes(one, other):
    assert mail_key(one) != mail_key(other)


def test_we_write_to_the_local_part_as_it_was_typed():
    assert tidy_email(" Kim.Lind@Exempel.SE. ") == "Kim.Lind@exempel.se"


@pytest.mark.parametrize("typed", ["", "kim", "@", "@exempel.se", "kim@", "a@b@c"])
def test_what_is_no_address_does_no_harm(typed):
    assert isinstance(mail_key(typed), str)
    assert isinstance(masked(typed), str)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("kim@exempel.se", "k•••@exempel.se"), ("k@exempel.se", "k•••@exempel.se"), ("", "•••")],
)
def test_an_address_is_shown_masked(address, shown):
    assert masked(address) == shown
