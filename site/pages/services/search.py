"""Search that finds Swedish words: inflected, put together, without dots, half typed."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, PageQuerySet

from events.models import Event, Occasion
from pages.models import NewsPage, SitePage, StartPage
from privacy import swedish

# Nobody reads further, in hits of each kind.
MOST_HITS = 20
# Longer questions are cut, in words.
MOST_WORDS = 8
# Words that say nothing about what somebody looks for.
SMALL_WORDS = {
    "och", "eller", "i", "om", "for", "med", "en", "ett", "att", "som", "till", "av", "pa", "den",
    "det",
}  # fmt: skip
# How alike two words must be for one to be a slip of the other, from 0 to 1.
ALIKE = 0.75


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    text: str
    occasion: Occasion | None = None


@dataclass(frozen=True)
class Answer:
    hits: list[Hit]
    # Not quite what was asked for: a word of ours that is much like it.
    near: str = ""


def search(question: str) -> Answer:
    """Public pages and coming activities that have every word of the question."""
    asked = [word for word in swedish.words(question)[:MOST_WORDS] if word not in SMALL_WORDS]
    if not asked:
        return Answer([])
    if hits := _hits([swedish.stem(word) for word in asked]):
        return Answer(hits)
    if hits := _hits([_shorter(word) for word in asked]):
        return Answer(hits)
    near = _near(asked)
    return Answer(_hits(near), " ".join(near)) if near else Answer([])


def _shorter(word: str) -> str:
    """What is left when the last third is taken off, for the inflections that no rule knows."""
    return word[: max(swedish.SHORTEST_STEM, len(word) * 2 // 3)]


def _hits(beginnings: list[str]) -> list[Hit]:
    """Everything public that has a word with each of the beginnings, the best first."""
    everything = " & ".join(f"{beginning}:*" for beginning in beginnings)
    matches = SearchQuery(everything, search_type="raw", config="simple")
    activities = _activities().filter(index_entries__autocomplete=matches)[:MOST_HITS]
    # The start page says a little about everything, so it would be an answer to everything.
    pages = public_pages(timezone.localdate()).not_type(StartPage)
    pages = pages.filter(index_entries__autocomplete=matches)[:MOST_HITS]
    hits = [_activity_hit(event) for event in activities]
    hits += [_page_hit(page) for page in pages.specific()]
    return sorted(hits, key=lambda hit: _rank(hit, beginnings))


def _activity_hit(event: Event) -> Hit:
    return Hit(event.title, event.get_absolute_url(), event.summary, event.next_occasion())


def _page_hit(page: SitePage) -> Hit:
    return Hit(page.title, page.url or "/", page.description)


def _activities() -> QuerySet[Event]:
    return Event.objects.upcoming(timezone.now()).with_occasions()


def public_pages(today: date) -> PageQuerySet:
    """What anyone may read, except news that have left the lists."""
    old_news = NewsPage.objects.filter(show_until__lt=today)
    return Page.objects.live().public().filter(depth__gt=1).exclude(pk__in=old_news.values("pk"))


def _rank(hit: Hit, beginnings: list[str]) -> tuple[int, str]:
    """The words of the title first, whole words before parts, then by name."""
    title = f" {' '.join(swedish.words(hit.title))}"
    begins = sum(f" {beginning}" in title for beginning in beginnings)
    inside = sum(beginning in title for beginning in beginnings)
    return -2 * begins - inside, title


def _near(asked: list[str]) -> list[str]:
    """The words of our titles that the asked ones may be slips of."""
    titles = [*public_pages(timezone.localdate()).values_list("title", flat=True)]
    titles += _activities().values_list("title", flat=True)
    known = {word for title in titles for word in swedish.with_tails(title).split()}
    found = [get_close_matches(word, known, n=1, cutoff=ALIKE) for word in asked]
    return [match[0] for match in found] if all(found) else []
