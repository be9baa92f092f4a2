import pytest

from privacy.swedish import fold, stem, with_tails, words


def test_dots_rings_and_accents_make_no_difference() -> None:
    assert fold("Föreläsning på CAFÉ i Årsta") == "forelasning pa cafe i arsta"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("studiecirkel", "studiecirklar"),
        ("studiecirkeln", "studiecirklarna"),
        ("föreläsning", "föreläsningar"),
        ("grupp", "grupperna"),
        ("anhörig", "anhöriga"),
        ("promenad", "promenaden"),
        ("medlem", "medlemmar"),
        ("träff", "träffarna"),
        ("fönster", "fönstren"),
    ],
)
def test_inflections_of_a_word_share_their_beginning(one: str, other: str) -> None:
    assert fold(one).startswith(stem(fold(other)))
    assert fold(other).startswith(stem(fold(one)))


def test_a_beginning_is_never_shorter_than_four_letters() -> None:
    assert [stem(word) for word in ("yoga", "ro", "oron")] == ["yoga", "ro", "oron"]


def test_the_tails_of_a_long_word_are_found_too() -> None:
    kept = with_tails("Samtalsgrupp").split()
    assert kept[0] == "samtalsgrupp"
    assert "grupp" in kept
    assert min(len(word) for word in kept) == 4


def test_a_short_word_has_no_tails() -> None:
    assert with_tails("Öppet café") == "oppet cafe"


def test_signs_are_not_words() -> None:
    assert words("SIP: vård & stöd!") == ["sip", "vard", "stod"]
