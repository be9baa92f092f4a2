"""Numbers that stay whole."""

from samvaro.templatetags.parts import clock_whole, tel, whole


def test_a_telephone_number_is_never_broken_over_two_lines() -> None:
    assert whole("0761-04 50 42") == "0761\u201104\u00a050\u00a042"


def test_the_hours_stay_with_their_kl() -> None:
    assert clock_whole("tisdag kl. 13–14") == "tisdag kl.\u00a013\u2060–\u206014"


def test_the_day_stays_with_its_month() -> None:
    assert clock_whole("tisdag 2 juni 2026") == "tisdag 2\u00a0juni 2026"


def test_a_telephone_dials_digits() -> None:
    assert tel("0761-04 50 42") == "0761045042"
    assert tel("+46 8 123 45") == "+46812345"


def test_nothing_but_digits_comes_through_to_a_link() -> None:
    assert tel('08" onclick="x') == "08"
