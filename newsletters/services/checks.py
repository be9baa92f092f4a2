"""What must be in order before a letter can leave, and what who writes should think about.

A red line stops it. A yellow one is said and nothing more. Each says what to do, and where.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mail.templatetags.dates import date_long
from newsletters.emails import issue as words
from newsletters.models import Issue
from newsletters.models.issue import LONGEST_GREETING, LONGEST_PREHEADER, LONGEST_SUBJECT
from newsletters.services import audience, links, second, typed
from newsletters.services.audience import Choice
from prose import lix, wording

# Mail programs cut off what is longer, in bytes; above the first it is only said (ux.md M11).
LARGE, LARGEST = 80_000, 102_000
SHORTEST_SUBJECT, SHORTEST_PREHEADER = 10, 40
# Words of a letter that a tired reader gets through (ux.md M19).
MOST_WORDS = 450
# Where each is put right: the pages of the way of a letter.
WRITE, SUBJECT, LOOK, READERS = "edit", "subject", "look", "readers"


class Mark(StrEnum):
    OK = "ok"
    HINT = "hint"
    STOP = "stop"
    # Will be known in a moment; stops until then.
    WAIT = "wait"


@dataclass(frozen=True)
class Check:
    mark: Mark
    text: str
    where: str
    # A day that the letter may speak of although it has been.
    day: date | None = None


def review(issue: Issue, *, on: date | None = None) -> list[Check]:
    """Every line of the list. `on`: the day it will be read."""
    on = on or _day_of(issue)
    found = [*_inbox(issue), *_typed(issue), *_blocks(issue), *_days(issue, on), *_links(issue)]
    found += [*_reading(issue), *_size(issue), *_readers(issue), *_tested(issue), *_second(issue)]
    return sorted(found, key=lambda check: list(_ORDER).index(check.mark))


_ORDER = (Mark.STOP, Mark.WAIT, Mark.HINT, Mark.OK)


def stops(issue: Issue, *, on: date | None = None) -> list[Check]:
    return [check for check in review(issue, on=on) if check.mark in (Mark.STOP, Mark.WAIT)]


def _day_of(issue: Issue) -> date:
    today = timezone.localdate()
    return max(today, timezone.localdate(issue.wanted_at)) if issue.wanted_at else today


def _inbox(issue: Issue) -> Iterator[Check]:
    for text, shortest, longest, empty in (
        (issue.subject, SHORTEST_SUBJECT, LONGEST_SUBJECT, _("Skriv en ämnesrad.")),
        (issue.preheader, SHORTEST_PREHEADER, LONGEST_PREHEADER, _("Skriv en förhandstext.")),
    ):
        if not text:
            yield Check(Mark.STOP, empty, SUBJECT)
            continue
        if problem := typed.problem_in_the_inbox(text):
            yield Check(Mark.STOP, problem, SUBJECT)
        if len(text) > longest:
            long = _("”%(text)s” är för lång. Högst %(most)d tecken.")
            yield Check(Mark.STOP, long % {"text": text, "most": longest}, SUBJECT)
        elif len(text) < shortest:
            short = _("”%(text)s” är kort. Säg lite mer om vad brevet handlar om.")
            yield Check(Mark.HINT, short % {"text": text}, SUBJECT)


def _typed(issue: Issue) -> Iterator[Check]:
    for problem in typed.problems(issue):
        yield Check(Mark.STOP, problem, WRITE)
    if len(issue.greeting) > LONGEST_GREETING:
        text = _("Hälsningen är för lång. Högst %(most)d tecken.") % {"most": LONGEST_GREETING}
        yield Check(Mark.STOP, text, WRITE)


def _blocks(issue: Issue) -> Iterator[Check]:
    if not issue.body and not issue.greeting:
        yield Check(Mark.STOP, _("Brevet är tomt. Skriv något först."), WRITE)
    problems = typed.broken_blocks(issue)
    for problem in problems:
        yield Check(Mark.STOP, problem, WRITE)
    for child in issue.body:
        if child.block_type == "news" and child.value and not child.value.live:
            text = _("Nyheten ”%(title)s” är inte publicerad.") % {"title": child.value.title}
            yield Check(Mark.STOP, text, WRITE)
    if any(child.block_type == "image" for child in issue.body) and not problems:
        yield Check(Mark.OK, _("Alla bilder har text."), WRITE)


def _days(issue: Issue, on: date) -> Iterator[Check]:
    """A day that has been is often a slip of the hand, and sometimes meant."""
    there = False
    for text, day, _has_year in wording.days_in(typed.everything(issue), timezone.localdate()):
        if day is None:
            known = _("”%(text)s” finns inte i almanackan.") % {"text": text}
            yield Check(Mark.STOP, known, WRITE)
        elif day < on and day.isoformat() not in issue.meant_days:
            there = True
            facts = {"text": text, "day": date_long(day)}
            past = _("”%(text)s” har varit när brevet läses (%(day)s).") % facts
            yield Check(Mark.STOP, past, WRITE, day)
    if not there:
        yield Check(Mark.OK, _("Inga datum som har varit."), WRITE)


def _links(issue: Issue) -> Iterator[Check]:
    dead = links.dead(issue)
    for link in dead:
        text = _("Länken ”%(text)s” leder ingenstans.") % {"text": link.words}
        yield Check(Mark.STOP, text, WRITE)
    all_answer = not dead
    for link, row in links.foreign(issue):
        facts = {"text": link.words, "host": row.address.split("/")[2]}
        if links.is_waited_for(row):
            wait = _("Vi prövar länken ”%(text)s” till %(host)s. Det tar en liten stund.")
            yield Check(Mark.WAIT, wait % facts, LOOK)
        elif row.outcome == links.Outcome.DEAD:
            gone = _("Länken ”%(text)s” till %(host)s finns inte längre.")
            yield Check(Mark.STOP, gone % facts, WRITE)
        elif row.outcome == links.Outcome.REFUSED:
            inside = _("Länken ”%(text)s” går inte att nå för den som läser (%(host)s).")
            yield Check(Mark.STOP, inside % facts, WRITE)
        elif row.outcome != links.Outcome.ANSWERS:
            unsure = _("Länken ”%(text)s” till %(host)s svarade inte. Pröva den själv.")
            yield Check(Mark.HINT, unsure % facts, LOOK)
        else:
            continue
        all_answer = False
    if all_answer:
        yield Check(Mark.OK, _("Alla länkar svarar."), LOOK)


def _reading(issue: Issue) -> Iterator[Check]:
    text = typed.running_text(issue)
    number = len(lix.words(text))
    if number > MOST_WORDS:
        long = _("Brevet har %(number)d ord. Sikta på högst %(most)d.")
        yield Check(Mark.HINT, long % {"number": number, "most": MOST_WORDS}, WRITE)
    score = lix.lix(text)
    if score is None:
        return
    facts = {"lix": round(score), "most": lix.STOP_ABOVE, "aim": lix.WARN_ABOVE}
    if score > lix.STOP_ABOVE:
        hard = _("Texten är för svår att läsa (LIX %(lix)d, högst %(most)d). Korta meningarna.")
        yield Check(Mark.STOP, hard % facts, WRITE)
    elif score > lix.WARN_ABOVE:
        heavy = _("Texten är lite tung att läsa (LIX %(lix)d). Sikta på högst %(aim)d.")
        yield Check(Mark.HINT, heavy % facts, WRITE)
    else:
        yield Check(Mark.OK, _("LIX %(lix)d.") % facts, WRITE)


def _size(issue: Issue) -> Iterator[Check]:
    html = words.look_at(issue)[2]
    size = len(html.encode())
    facts = {"size": -(-size // 1000), "most": LARGE // 1000}
    if size > LARGEST:
        yield Check(Mark.STOP, _("Brevet är för långt. Ta bort något."), WRITE)
    elif size > LARGE:
        big = _("Storleken är %(size)d kB. Sikta på högst %(most)d.") % facts
        yield Check(Mark.HINT, big, WRITE)
    else:
        yield Check(Mark.OK, _("Storlek %(size)d kB.") % facts, WRITE)
    if issue.is_newsletter:
        yield Check(Mark.OK, _("Länken för att avsluta finns."), LOOK)


def _readers(issue: Issue) -> Iterator[Check]:
    chosen: Any = Choice.of(issue)
    if not audience.count(chosen, is_notice=not issue.is_newsletter).total:
        yield Check(Mark.STOP, _("Det finns ingen att skicka till än. Välj fler."), READERS)
    if issue.wanted_at and issue.wanted_at < timezone.now():
        yield Check(Mark.STOP, _("Tiden som ni valde har varit. Välj en ny."), READERS)


def _tested(issue: Issue) -> Iterator[Check]:
    if issue.tested_at and issue.tested_words == issue.words_mark:
        yield Check(Mark.OK, _("Ett test är skickat."), LOOK)
    else:
        text = _("Skicka ett test till dig själv, så som brevet är nu.")
        yield Check(Mark.STOP, text, LOOK)


def _second(issue: Issue) -> Iterator[Check]:
    if not second.is_needed():
        return
    if looked := second.of(issue):
        text = _("%(name)s har godkänt brevet.") % {"name": looked.user.get_full_name()}
        yield Check(Mark.OK, text, READERS)
    else:
        text = _("En till i styrelsen behöver godkänna brevet, så som det är nu.")
        yield Check(Mark.STOP, text, READERS)
