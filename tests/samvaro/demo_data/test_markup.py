"""Pages are written as text; here is what becomes of it."""

from samvaro.demo_data.markup import to_blocks, to_html


def test_paragraphs_and_points_after_each_other_are_one_text() -> None:
    assert to_blocks("Ett stycke\nsom fortsätter.\n\nTvå.\n\n- en\n- två") == [
        {
            "type": "text",
            "value": "<p>Ett stycke som fortsätter.</p><p>Två.</p><ul><li>en</li><li>två</li></ul>",
        }
    ]


def test_a_heading_ends_with_its_line() -> None:
    assert to_blocks("## Rubrik\nText.\n### Under") == [
        {"type": "heading", "value": {"text": "Rubrik", "level": "h2"}},
        {"type": "text", "value": "<p>Text.</p>"},
        {"type": "heading", "value": {"text": "Under", "level": "h3"}},
    ]


def test_steps_facts_and_questions_are_kept_together() -> None:
    text = "1. Kom in.\n1. Sitt\nner.\n\n| Var: Här, kl. 9: alltid\n\n? Kostar det? Nej."

    assert to_blocks(text) == [
        {"type": "steps", "value": ["Kom in.", "Sitt ner."]},
        {"type": "facts", "value": [{"term": "Var", "value": "Här, kl. 9: alltid"}]},
        {"type": "questions", "value": [{"question": "Kostar det?", "answer": "<p>Nej.</p>"}]},
    ]


def test_boxes_buttons_and_lists() -> None:
    assert to_blocks("! Bra.\n\n!!! Ring nu.\n\n> Se träffar: /aktiviteter/\n= news 2") == [
        {"type": "box", "value": {"kind": "info", "text": "<p>Bra.</p>"}},
        {"type": "box", "value": {"kind": "acute", "text": "<p>Ring nu.</p>"}},
        {
            "type": "button",
            "value": {"text": "Se träffar", "page": None, "address": "/aktiviteter/"},
        },
        {"type": "listing", "value": {"what": "news", "count": 2}},
    ]


def test_a_link_is_made_by_whoever_knows_the_pages() -> None:
    html = to_html("Gå till [Kontakt](/kontakt/), **nu**.", lambda address: f'id="{len(address)}"')

    assert html == '<p>Gå till <a id="9">Kontakt</a>, <b>nu</b>.</p>'
