from django.template import Context, Template

from payments.kronor import decimals, kronor


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", "_")


def test_whole_kronor_are_written_without_ore() -> None:
    assert plain(kronor(20_000)) == "200_kr"


def test_ore_have_two_digits_after_a_comma() -> None:
    assert [plain(kronor(ore)) for ore in (19_950, 5, 100_001)] == [
        "199,50_kr",
        "0,05_kr",
        "1_000,01_kr",
    ]


def test_what_leaves_has_a_real_minus() -> None:
    assert plain(kronor(-125_000)) == "−1_250_kr"


def test_a_template_writes_the_same() -> None:
    page = Template("{% load kronor %}{{ amount|kr }}").render(Context({"amount": 19_950}))
    assert page == kronor(19_950)


def test_machines_get_kronor_with_two_decimals() -> None:
    assert str(decimals(19_950)) == "199.5"
