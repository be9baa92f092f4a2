"""Everything that our roles meet in the admin is in Swedish (ux.md F2)."""

import gettext
import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import trans_real

from tests.doors import log_in
from tests.factories import UserFactory
from tests.samvaro.test_urls_and_roles import urls_of, world  # noqa: F401 -- a fixture
from tests.translations import ROOT, catalogues, compiled, texts

OURS = [entry for entry in catalogues() if entry[0].parts[-3] == "sv"]
# A text of our own is Swedish where it stands. These words of others are the same in both languages,
# or are names that nobody is shown.
SAME_WORDS = {"App", "Minimap", "Status", "Alias", "Text", "HTML", "Slug", "URL"}
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.mark.parametrize(("file", "catalogue"), OURS, ids=lambda value: getattr(value, "name", ""))
def test_the_compiled_catalogue_is_the_written_one(file, catalogue):
    assert file.with_suffix(".mo").read_bytes() == compiled(catalogue), (
        "run: python -m tests.translations mo"
    )


@pytest.mark.parametrize(("file", "catalogue"), OURS, ids=lambda value: getattr(value, "name", ""))
def test_no_translation_is_empty_or_forgets_a_place_for_a_name(file, catalogue):
    for message in catalogue:
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple | list) else [message.id]
        ours = message.string if isinstance(message.string, tuple | list) else [message.string]
        assert all(ours), message.id
        known = {place for text in originals for place in _PLACE.findall(text)}
        for text in ours:
            assert set(_PLACE.findall(text)) <= known, message.id
            # What looks like markup in one is markup in the other.
            assert text.count("<") == originals[-1].count("<"), message.id


@pytest.fixture
def looked_up_in_vain(monkeypatch) -> dict[str, set[str]]:
    """Texts that a page asked a Swedish word for and got none, and on which pages."""
    found: dict[str, set[str]] = {}
    here = {"page": ""}
    single, plural = gettext.GNUTranslations.gettext, gettext.GNUTranslations.ngettext

    def is_ours(catalogue: object) -> bool:
        return getattr(catalogue, "_DjangoTranslation__language", "") == "sv"

    def ask(self: trans_real.DjangoTranslation, text: str) -> str:
        if text and is_ours(self) and self._catalog.get(text, None) is None:
            found.setdefault(text, set()).add(here["page"])
        return single(self, text)

    def ask_plural(self: trans_real.DjangoTranslation, one: str, many: str, number: int) -> str:
        if is_ours(self):
            try:
                self._catalog.plural(one, number)
            except KeyError:
                found.setdefault(one, set()).add(here["page"])
        return plural(self, one, many, number)

    monkeypatch.setattr(gettext.GNUTranslations, "gettext", ask)
    monkeypatch.setattr(gettext.GNUTranslations, "ngettext", ask_plural)
    found["here"] = here  # type: ignore[assignment] # where we are, taken out again below
    return found


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["redaktor", "samordnare", "kassor"])
def test_no_screen_asks_for_a_word_that_is_not_there(role, world, looked_up_in_vain):  # noqa: F811
    here = looked_up_in_vain.pop("here")
    client = log_in(Client(raise_request_exception=False), UserFactory(role=role))
    for name, url in urls_of(world):
        here["page"] = name
        client.get(url)
    mine = texts() | SAME_WORDS
    english = {text: pages for text, pages in looked_up_in_vain.items() if text not in mine}
    assert english == {}


@pytest.mark.django_db
def test_the_scripts_of_the_admin_speak_swedish(client):
    log_in(client, UserFactory(role="redaktor"))
    script = client.get("/admin/jsi18n/").content.decode()
    words = {json.loads(quoted) for quoted in re.findall(r'"(?:[^"\\]|\\.)*"', script)}
    assert {"Ändringarna är sparade.", "Svår att läsa", "Sparar …"} <= words


def test_swedish_is_the_only_language():
    assert settings.LANGUAGE_CODE == "sv"
    assert [code for code, _ in settings.LANGUAGES] == ["sv"]
    assert str(ROOT / "site" / "samvaro" / "locale") in map(str, settings.LOCALE_PATHS)
