from datetime import date

import pytest

from prose.wording import dates_without_year, days_in, is_vague, plain, vague_links


@pytest.mark.parametrize("text", ["Läs mer", "klicka här", "här", "Här!", "  läs   mer ", "mer"])
def test_a_link_that_says_nothing_on_its_own_is_vague(text: str) -> None:
    assert is_vague(text)


@pytest.mark.parametrize("text", ["Läs mer om sömn", "Här finns vi", "Se träffar för nya"])
def test_a_link_that_says_where_it_leads_is_not(text: str) -> None:
    assert not is_vague(text)


def test_vague_links_are_found_in_rich_text() -> None:
    html = '<p><a href="/a/">Läs <b>mer</b></a> och <a linktype="page" id="3">Vår café</a></p>'
    assert vague_links(html) == ["Läs mer"]


def test_a_date_wants_its_year() -> None:
    text = "Vi ses 10 december och 11 januari 2027. Den 3 Maj är det fest."
    assert dates_without_year(text) == ["10 december", "3 Maj"]


def test_paragraphs_and_items_stand_on_lines_of_their_own() -> None:
    assert plain("<p>Ett <b>två</b></p><ul><li>tre &amp; fyra</li></ul>") == "Ett två\ntre & fyra"


def test_a_day_is_found_with_and_without_a_year():
    text = "Vi sågs den 3 november. Nästa är 10 januari, och 1 maj 2025 var längesedan. 31 februari"
    assert days_in(text, date(2026, 11, 22)) == [
        ("3 november", date(2026, 11, 3), False),
        ("10 januari", date(2027, 1, 10), False),
        ("1 maj 2025", date(2025, 5, 1), True),
        ("31 februari", None, False),
    ]
