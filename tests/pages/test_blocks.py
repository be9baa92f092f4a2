"""What an editor may put on a page, and what is refused before a visitor sees it."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from pages.blocks import Body, WideBody, words_of
from pages.models import StartPage
from tests.factories import EventFactory, NewsPageFactory


def body(*parts: tuple[str, Any], kind: type[Body] = Body) -> StreamValue:
    block = kind()
    raw = [{"type": name, "value": value} for name, value in parts]
    return block.to_python(raw)


def refused(value: StreamValue) -> str:
    """Everything that the check says, as one text; empty when the body is accepted."""
    try:
        value.stream_block.clean(value)
    except ValidationError as error:
        return " ".join(_messages(error))
    return ""


def _messages(error: Any) -> list[str]:
    found = list(error.messages) if not hasattr(error, "block_errors") else []
    inner = getattr(error, "block_errors", None) or {}
    for below in inner.values() if isinstance(inner, dict) else inner:
        found += _messages(below) if below else []
    if getattr(error, "non_block_errors", None):
        found += error.non_block_errors.as_data() and [
            message for one in error.non_block_errors.as_data() for message in one.messages
        ]
    return found


def text(html: str) -> tuple[str, str]:
    return "text", html


def test_there_are_eleven_blocks() -> None:
    assert list(Body().child_blocks) == [
        "heading",
        "text",
        "summary",
        "steps",
        "facts",
        "image",
        "film",
        "questions",
        "box",
        "button",
        "listing",
    ]


def every_block(block: blocks.Block) -> list[blocks.Block]:
    below = list(getattr(block, "child_blocks", {}).values())
    if hasattr(block, "child_block"):
        below.append(block.child_block)
    return [block, *(inner for child in below for inner in every_block(child))]


@pytest.mark.parametrize("kind", [Body, WideBody])
def test_no_block_takes_raw_html_tables_or_embeds(kind: type[Body]) -> None:
    forbidden = (blocks.RawHTMLBlock, TableBlock, TypedTableBlock, EmbedBlock)
    assert [block for block in every_block(kind()) if isinstance(block, forbidden)] == []


def test_no_stream_lies_in_a_stream() -> None:
    inner = [block for child in Body().child_blocks.values() for block in every_block(child)]
    assert [block for block in inner if isinstance(block, blocks.StreamBlock)] == []


def test_every_block_has_a_preview_and_a_description_in_the_editor() -> None:
    described = {name for name, block in Body().child_blocks.items() if block.get_description()}
    assert described == set(Body().child_blocks)


def test_an_underheading_needs_a_heading_before_it() -> None:
    low, high = {"text": "Sen", "level": "h3"}, {"text": "Först", "level": "h2"}
    assert refused(body(("heading", low))) == "Börja med en Rubrik före en Underrubrik."
    assert refused(body(("heading", high), ("heading", low))) == ""


def test_a_link_must_say_where_it_leads() -> None:
    vague = text('<p>Vi har café. <a href="/aktiviteter/">Läs mer</a></p>')
    assert "säger inte vart den går" in refused(body(vague))
    assert refused(body(text('<p><a href="/aktiviteter/">Se våra träffar</a></p>'))) == ""


def test_a_date_must_have_its_year() -> None:
    assert refused(body(text("<p>Vi ses 10 december.</p>"))) == "Skriv årtal efter ”10 december”."
    assert refused(body(("summary", "Vi ses 10 december."))) != ""
    assert refused(body(("steps", ["Kom 10 december.", "Fika."]))) != ""
    assert refused(body(text("<p>Vi ses 10 december 2026.</p>"))) == ""


@pytest.mark.django_db
def test_a_picture_is_described_or_said_to_be_decoration() -> None:
    picture = get_image_model().objects.create(title="Café", file=get_test_image_file())
    bare = {"image": picture.pk, "alt": "", "decorative": False, "caption": ""}
    assert "Beskriv bilden" in refused(body(("image", bare)))
    assert refused(body(("image", {**bare, "alt": "Ett dukat bord"}))) == ""
    assert refused(body(("image", {**bare, "decorative": True}))) == ""


def film(**changed: Any) -> tuple[str, dict[str, Any]]:
    value = {
        "title": "Om sömn",
        "address": "https://www.youtube.com/watch?v=abc",
        "minutes": 5,
        "captioned": True,
        "transcript": "ord " * 100,
    }
    return "film", value | changed


def test_a_film_has_captions_and_a_transcript_and_lies_where_we_say() -> None:
    assert refused(body(film())) == ""
    assert "textad" in refused(body(film(captioned=False)))
    assert "minst 100 ord" in refused(body(film(transcript="ord " * 99)))
    assert "YouTube" in refused(body(film(address="https://tracker.example/film")))


def test_a_film_is_a_link_and_nothing_else() -> None:
    html = body(film()).render_as_block()
    assert "<iframe" not in html
    assert "<script" not in html
    assert "src=" not in html
    assert 'href="https://www.youtube.com/watch?v=abc"' in html
    assert "Öppnas på YouTube." in html


def button(**changed: Any) -> tuple[str, dict[str, Any]]:
    return "button", {"text": "Se träffar", "page": None, "address": "/aktiviteter/", **changed}


def test_a_button_says_what_happens_and_leads_somewhere_of_ours_or_safe() -> None:
    assert refused(body(button())) == ""
    assert refused(body(button(text="Klicka här"))) != ""
    assert refused(body(button(address=""))) != ""
    assert refused(body(button(address="javascript:alert(1)"))) != ""


def test_a_page_has_one_button_and_a_section_may_have_several() -> None:
    assert refused(body(button(), button())) != ""
    assert refused(body(button(), button(), kind=WideBody)) == ""


def test_a_draft_is_saved_however_unfinished_it_is() -> None:
    unfinished = body(
        ("heading", {"text": "Sen", "level": "h3"}),
        text("<p>10 december</p>"),
        button(text="här", address=""),
    )
    assert unfinished.stream_block.clean_deferred(unfinished) is not None


def test_scripts_and_dangerous_links_do_not_come_through_the_editor() -> None:
    typed = {
        "blocks": [
            {
                "key": "a",
                "type": "unstyled",
                "text": "Hej <script>alert(1)</script> Tryck",
                "entityRanges": [{"offset": 30, "length": 5, "key": 0}],
            }
        ],
        "entityMap": {
            "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
        },
    }
    widget = Body().child_blocks["text"].field.widget
    saved = widget.value_from_datadict({"text": json.dumps(typed)}, {}, "text")
    heading = {"text": "<script>alert(1)</script>", "level": "h2"}
    html = body(text(saved), ("heading", heading)).render_as_block()
    assert ("<script" in html, "javascript:" in html) == (False, False)


@pytest.mark.django_db
def test_the_list_block_shows_what_is_on_its_way(start: StartPage) -> None:
    for title in ("Yoga", "Café", "Promenad"):
        EventFactory(title=title)
    html = body(("listing", {"what": "activities", "count": 2})).render_as_block()
    assert [title in html for title in ("Yoga", "Café", "Promenad")] == [True, True, False]


@pytest.mark.django_db
def test_the_list_block_shows_current_news_only(start: StartPage) -> None:
    NewsPageFactory(title="Aktuellt")
    NewsPageFactory(title="Inaktuellt", expired=True)
    html = body(("listing", {"what": "news", "count": 6})).render_as_block()
    assert ("Aktuellt" in html, "Inaktuellt" in html) == (True, False)


def test_a_transcript_is_found_by_search_but_is_not_part_of_the_reading() -> None:
    value = body(film(), text("<p>Hej du</p>"))
    assert words_of(value).split() == ["Om", "sömn", "Hej", "du"]
    assert words_of(value, everything=True).count("ord") == 100
