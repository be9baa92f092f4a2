"""The shared parts of pages and forms: what eye, ear and keyboard get from each of them."""

import re

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory


class VisitForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label="Namn", help_text="Förnamn räcker", error_messages={"required": "Skriv ditt namn"}
    )
    way = forms.ChoiceField(
        label="Hur?",
        choices=[("plats", "På plats"), ("digitalt", "Digitalt")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur du vill vara med"},
    )
    consent = forms.BooleanField(
        label="Ja, ni får spara det jag skriver här.",
        help_text="Du kan ta tillbaka ditt ja när du vill.",
        error_messages={"required": "Kryssa i rutan om vi får spara dina uppgifter"},
    )


def part(name: str, **context: object) -> str:
    html = render_to_string(f"components/{name}.html", context)
    return re.sub(r"<svg.*?</svg>", "", html)


def attribute(html: str, name: str) -> list[str]:
    return re.findall(rf'{name}="([^"]*)"', html)


def test_a_field_has_its_label_and_its_hint() -> None:
    html = part("_field", field=VisitForm()["name"])
    assert attribute(html, "for") == ["id_name"]
    assert attribute(html, "aria-describedby") == ["id_name_helptext"]
    assert "Förnamn räcker" in html


def test_a_field_that_lacks_something_says_so_to_eye_and_ear() -> None:
    html = part("_field", field=VisitForm({})["name"])
    assert attribute(html, "aria-invalid") == ["true"]
    assert attribute(html, "aria-describedby") == ["id_name_helptext id_name_error"]
    assert 'id="id_name_error">Skriv ditt namn</span>' in html


def test_a_field_keeps_what_was_typed() -> None:
    assert attribute(part("_field", field=VisitForm({"name": "Åsa & Bo"})["name"]), "value") == [
        "Åsa &amp; Bo"
    ]


def test_choices_stand_under_a_legend_with_the_whole_row_as_label() -> None:
    html = part("_field", field=VisitForm({})["way"])
    assert "<legend>Hur?</legend>" in html
    assert attribute(html, "for") == ["id_way_0", "id_way_1"]
    assert attribute(html, "<fieldset[^>]* aria-describedby") == ["id_way_error"]


@pytest.mark.parametrize("name", ["_field", "_consent"])
def test_the_yes_is_a_box_with_its_reason_below(name: str) -> None:
    html = part(name, field=VisitForm({})["consent"])
    assert attribute(html, "aria-describedby") == ["id_consent_helptext id_consent_error"]
    assert html.index("<input") < html.index("Du kan ta tillbaka ditt ja")


@pytest.mark.parametrize("name", ["name", "way", "consent"])
def test_no_field_is_required_by_the_browser_or_marked_with_a_star(name: str) -> None:
    html = part("_field", field=VisitForm()[name])
    assert re.findall(r"required|placeholder|\*", html) == []


def test_the_summary_leads_to_each_field() -> None:
    html = part("_error_summary", form=VisitForm({}))
    assert "Något saknas" in html
    assert attribute(html, "href") == ["#id_name", "#id_way_0", "#id_consent"]
    assert "autofocus" in html
    assert attribute(html, "tabindex") == ["-1"]


def test_one_missing_thing_is_named_as_one() -> None:
    form = VisitForm({"name": "Kim", "way": "plats"})
    assert "En sak saknas" in part("_error_summary", form=form)


def test_there_is_no_summary_without_an_error() -> None:
    assert part("_error_summary", form=VisitForm()).strip() == ""


def test_a_visitor_without_a_session_gets_no_token_and_so_no_cookie(rf: RequestFactory) -> None:
    request = rf.get("/")
    assert part("_csrf", request=request).strip() == ""
    assert "CSRF_COOKIE" not in request.META


def test_whoever_has_a_session_gets_a_token(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "abc"
    assert attribute(part("_csrf", request=request), "name") == ["csrfmiddlewaretoken"]


def test_the_trap_is_hidden_until_somebody_has_written_in_it() -> None:
    class Form(forms.Form):
        website = forms.CharField(required=False, label="Lämna den här rutan tom")

    assert attribute(part("_trap", field=Form()["website"]), "aria-hidden") == ["true"]
    form = Form({"website": "x"})
    form.add_error("website", "Lämna den här rutan tom, så vet vi att du inte är en robot")
    html = part("_trap", field=form["website"])
    assert attribute(html, "aria-hidden") == []
    assert attribute(html, "value") == ["x"]


def test_the_pager_says_where_one_is() -> None:
    html = part("_pager", page=Paginator(range(30), 10).page(2), query="tid=kvall&")
    assert "Sida 2 av 3" in html
    assert attribute(html, "href") == ["?tid=kvall&amp;sida=1", "?tid=kvall&amp;sida=3"]


def test_one_page_needs_no_pager() -> None:
    assert part("_pager", page=Paginator(range(3), 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    "kind", ["open", "queue", "full", "none", "not_yet", "closed", "interest", "cancelled"]
)
def test_a_status_is_an_icon_and_words(kind: str) -> None:
    html = render_to_string("components/_status.html", {"kind": kind, "text": "Det finns plats"})
    assert html.count("<svg") == 1
    assert "Det finns plats" in html


def test_saved_is_said_aloud() -> None:
    html = part("_saved")
    assert attribute(html, "role") == ["status"]
    assert "Sparat." in html
