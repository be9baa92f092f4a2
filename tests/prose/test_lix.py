import pytest

from prose.lix import lix, minutes_to_read

EASY = "Du kan komma som du är. Du får bara sitta med. " * 5


def test_lix_is_words_per_sentence_plus_the_share_of_long_words() -> None:
    # 30 words in 3 sentences, 6 of them longer than six letters.
    text = ("Ett två tre fyra fem sex sju åtta " + "gruppträff samtalsgrupp. ") * 3
    assert lix(text) == pytest.approx(30 / 3 + 100 * 6 / 30)


def test_short_words_in_short_sentences_are_easy() -> None:
    assert lix(EASY) == pytest.approx(55 / 10 + 0)


def test_a_line_of_its_own_is_a_sentence() -> None:
    assert lix("\n".join(["fem små ord på en", "fem till ord på rad"] * 3)) == pytest.approx(5)


def test_too_few_words_say_nothing() -> None:
    assert lix("Verksamhetsberättelsen revisionsberättelsen.") is None


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (149, 0), (150, 1), (151, 2), (301, 3)])
def test_reading_takes_a_minute_for_150_words_and_is_rounded_up(words: int, minutes: int) -> None:
    assert minutes_to_read("ord " * words) == minutes
