"""Names that strangers typed say nothing but a name (reliability.md ABU-3)."""

import pytest

from mail.templatetags.plain import columns, greeting


@pytest.mark.parametrize(
    "name",
    ["Kim", "Åsa & Bo", "Anna-Karin Öst", "Nils O'Brien", "J. R. Lind", "Zoë", "李 伟", "Dr. Alm"],
)
def test_a_name_is_greeted_as_it_is(name: str) -> None:
    assert greeting(name) == name


@pytest.mark.parametrize(
    ("typed", "greeted"),
    [
        ("Kim http://vinst.example/x", "Kim"),
        ("Kim www.vinst.example", "Kim"),
        ("vinst.example", ""),
        ("vinst。example", ""),
        ("vinst\uff0eexample", ""),
        ("kim@exempel.se", ""),
        ("Kim\r\nBcc: alla", "Kim alla"),
        ("Kim\u202eevil\u200b", "Kim evil"),
        ("Ring 0900-123 nu", "Ring nu"),
        ("  Kim \t Lind ", "Kim Lind"),
        ("", ""),
        (None, ""),
    ],
)
def test_what_is_no_name_is_not_said(typed: str | None, greeted: str) -> None:
    assert greeting(typed) == greeted


def test_a_very_long_name_is_cut() -> None:
    assert len(greeting("Ann " * 50)) <= 60


def test_an_address_is_never_broken() -> None:
    url = "https://balans.example/" + "a-b/" * 30
    assert columns(f"Se här: {url}") == f"Se här:\n{url}"


def test_what_was_indented_in_the_template_is_not_in_the_letter() -> None:
    assert columns("  Hej!\n\n\n\n    Välkommen.  \n") == "Hej!\n\nVälkommen."
