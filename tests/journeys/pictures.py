"""The pictures of the README and the documents. Run by hand: scripts/screenshots.

It is always the same Monday morning, so a picture changes only when the site does.

scripts/screenshots                         writes docs/screenshots/
scripts/screenshots --folder /tmp/look --every-theme
"""

# ruff: noqa: T201 -- a program for the terminal
import argparse
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

from samvaro.environment import ROOT

MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
PHONE, MAIL_PANE, DESK = "390", "800", "1280"
SIZES: dict[str, dict[str, Any]] = {
    PHONE: {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True},
    MAIL_PANE: {"viewport": {"width": 800, "height": 900}},
    DESK: {"viewport": {"width": 1280, "height": 900}},
}
THEMES = ("ljus", "mork", "lugn")
LECTURE = "forelasning-somn"
# The pages ask for the system's own letters. A server without a desktop has wide ones that nobody
# reads on; these are as wide as those of most computers.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match><edit name="family" mode="prepend" binding="strong"><string>Liberation Sans</string></edit>
</match><selectfont><rejectfont><glob>*/DejaVu*</glob></rejectfont></selectfont>
</fontconfig>"""


@dataclass(frozen=True)
class Picture:
    name: str
    take: Callable[[Page], object]
    # At the office's desk, by somebody who works there.
    for_staff: bool = False
    themes: tuple[str, ...] = THEMES[:1]
    sizes: tuple[str, ...] = (PHONE, DESK)
    # All of a long page, instead of what a window shows.
    whole: bool = False


def to(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def done(page: Page) -> None:
    page.goto(f"/aktiviteter/{LECTURE}/anmalan/")
    page.get_by_label("Namn", exact=True).fill("Kim")
    page.get_by_label("E-post", exact=True).fill("kim@exempel.se")
    page.get_by_label("Ja, Balans Stockholm får spara").check()
    page.get_by_role("button", name="Anmäl mig").click()
    page.get_by_role("heading", name="Klart. Vi ses!").wait_for()


def letter(page: Page) -> None:
    from events.models import Registration
    from mail.emails import build
    from mail.models import Letter

    row = (
        Registration.objects.filter(event__slug=LECTURE, state="confirmed")
        .exclude(email="")
        .first()
    )
    assert row
    kind = Letter(kind="event_confirmed", to=row.email, about={"registration": row.pk})
    page.set_content(str(build(kind).alternatives[0][0]))


def issue(page: Page) -> None:
    """The newest newsletter, as it stands in a mail program."""
    from newsletters.emails.issue import look_at
    from newsletters.models import Issue

    row = Issue.objects.exclude(finished_at=None).latest("finished_at")
    page.set_content(look_at(row, name="Kim")[2])


def registrations(page: Page) -> None:
    """Of the next activity that somebody stands in the queue to."""
    from events.models import Event

    event = Event.objects.upcoming(MORNING).with_queue().first()
    assert event
    page.goto(f"/admin/aktiviteter/{event.pk}/anmalningar/")


PICTURES = [
    Picture("start", to("/"), themes=THEMES),
    Picture("list", to("/aktiviteter/")),
    Picture("activity", to(f"/aktiviteter/{LECTURE}/")),
    Picture("form", to(f"/aktiviteter/{LECTURE}/anmalan/"), whole=True),
    Picture("done", done),
    Picture("crisis", to("/akut-hjalp/")),
    Picture("letter", letter, whole=True),
    Picture("issue", issue, whole=True, themes=("ljus", "mork"), sizes=(PHONE, MAIL_PANE)),
    Picture("admin-home", to("/admin/"), for_staff=True, sizes=(DESK,)),
    Picture("admin-registrations", registrations, for_staff=True, sizes=(DESK,)),
]


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/screenshots")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--every-theme", action="store_true")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django
    import time_machine

    django.setup()
    from django.conf import settings
    from django.db import connection

    from tests.journeys.rows import copy_of_template
    from tests.servers import Site

    url = copy_of_template("pictures")
    connection.settings_dict["NAME"] = url.rpartition("/")[2]
    with (
        tempfile.TemporaryDirectory() as folder,
        Site(Path(folder), database_url=url, redis_url=settings.REDIS_URL) as site,
        time_machine.travel(MORNING),
    ):
        settings.SITE_URL = site.url
        from samvaro.demo_data.loading.everything import load

        logging.disable(logging.INFO)
        load()
        site.start_web(workers=1, application="tests.journeys.monday")
        take_all(site.url, asked.folder, asked.every_theme)


def take_all(url: str, folder: Path, every_theme: bool) -> None:
    from tests import chromium

    folder.mkdir(parents=True, exist_ok=True)
    path = chromium.find()
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as fonts, sync_playwright() as playwright:
        fonts.write(FONTS)
        fonts.flush()
        browser = playwright.chromium.launch(
            executable_path=path,
            args=list(chromium.ARGUMENTS),
            env={**os.environ, "FONTCONFIG_FILE": fonts.name},
        )
        for theme in THEMES:
            chosen = [it for it in PICTURES if every_theme or theme in it.themes]
            for size in SIZES:
                take(browser, url, folder, theme, size, [it for it in chosen if size in it.sizes])
        browser.close()


def take(
    browser: Browser, url: str, folder: Path, theme: str, size: str, pictures: list[Picture]
) -> None:
    scheme: Any = "dark" if theme == "mork" else "light"
    context = browser.new_context(
        base_url=url, locale="sv-SE", color_scheme=scheme, reduced_motion="reduce", **SIZES[size]
    )
    context.add_cookies([{"name": "tema", "value": theme, "url": url}])
    for picture in pictures:
        if picture.for_staff:
            context.add_cookies([{"name": "session", "value": a_session(), "url": url}])
        page = context.new_page()
        picture.take(page)
        page.wait_for_load_state("networkidle")
        end = "" if theme == THEMES[0] else f"-{theme}"
        file = folder / f"{picture.name}-{size}{end}.png"
        page.screenshot(path=file, full_page=picture.whole)
        print(file)
        page.close()
    context.close()


def a_session() -> str:
    """Somebody at the office, logged in a minute ago."""
    from django.test import Client

    from members.models import User
    from tests.doors import log_in

    user = User.objects.get(groups__name="samordnare")
    return str(log_in(Client(), user, ago=60).cookies["session"].value)


if __name__ == "__main__":
    main()
