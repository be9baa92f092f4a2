"""Nobody's address ends up in a log file, and no key to a door."""

import io
import logging

import pytest

from privacy.logs import MaskPersonalData, mask

TOKEN = "q3Jx8vYw2bN0-tLmPz_5RkD7sHfUaE9cGiVoXy14MQA"


@pytest.fixture
def written():
    """What a handler with our filter writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(MaskPersonalData())
    log = logging.getLogger("test.masked")
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    yield log, stream
    log.removeHandler(handler)


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("sent to kim@exempel.se", "sent to •••@•••"),
        ("<kim.lind+a@mail.exempel.se>, åsa@blåbär.se", "<•••@•••>, •••@•••"),
        (f"GET /bokning/{TOKEN}/avboka/ 200", "GET /bokning/•••/avboka/ 200"),
        (f"GET /plats/{TOKEN}/?x=1", "GET /plats/•••/?x=1"),
        (f"GET /nyhetsbrev/val/{TOKEN}/", "GET /nyhetsbrev/val/•••/"),
        (
            "GET /aktiviteter/x/anmalan/klart/kim:1a2b3c4d5e6f7g8h/",
            "GET /aktiviteter/x/anmalan/klart/•••/",
        ),
        ("GET /logga-in/kod/?kod=482913 200", "GET /logga-in/kod/?kod=••• 200"),
        ("GET /aktiviteter/promenad/ 200", "GET /aktiviteter/promenad/ 200"),
    ],
)
def test_addresses_tokens_and_codes_are_masked(line, clean):
    assert mask(line) == clean


def test_arguments_are_masked_too(written):
    log, stream = written
    log.info("letter to %s left", "kim@exempel.se")
    log.info("%(to)s", {"to": "kim@exempel.se"})
    assert stream.getvalue() == "letter to •••@••• left\n•••@•••\n"


def test_what_an_exception_says_is_masked(written):
    log, stream = written
    try:
        raise ValueError("550 no such user kim@exempel.se")
    except ValueError:
        log.exception("refused")
    assert "kim@exempel.se" not in stream.getvalue()
    assert "ValueError: 550 no such user •••@•••" in stream.getvalue()


def test_a_faulty_log_line_is_still_written(written):
    log, stream = written
    log.info("two places %s %s", "one value kim@exempel.se")  # noqa: PLE1206 -- the fault itself
    assert "kim@exempel.se" not in stream.getvalue()


def test_every_handler_of_the_house_masks(settings):
    for handler in settings.LOGGING["handlers"].values():
        assert "masked" in handler["filters"]


@pytest.mark.django_db
def test_a_form_that_is_shown_again_leaves_no_line_and_a_lost_page_does(client, caplog):
    assert client.post("/nyhetsbrev/", {"email": "kim"}).status_code == 422
    assert client.get("/finns-inte/").status_code == 404
    assert [record.status_code for record in caplog.records] == [404]
