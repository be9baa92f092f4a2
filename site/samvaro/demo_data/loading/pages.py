"""The tree of pages: first every page, so that there are ids to link to, then the words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision, Site

from mail.templatetags.dates import day
from members.models import User
from pages.models import ContentPage, Door, NewsPage, SectionPage, StartPage
from pages.services import foundation
from samvaro.demo_data import association
from samvaro.demo_data.about_pages import ABOUT
from samvaro.demo_data.join_pages import JOIN, TAKE_PART
from samvaro.demo_data.markup import to_blocks, to_html
from samvaro.demo_data.news import NEWS
from samvaro.demo_data.service_pages import LAST, SERVICE, STATEMENT
from samvaro.demo_data.shapes import News, PageText
from samvaro.demo_data.support_more import SUPPORT_MORE
from samvaro.demo_data.support_pages import SUPPORT
from samvaro.demo_data.timing import at, bipolar_day

# Days ago that the site was published; the news have days of their own.
SITE_IS_OLD = 130
TEXTS = [*SUPPORT, *SUPPORT_MORE, *JOIN, *TAKE_PART, *ABOUT, *SERVICE, *LAST]
# The children of the start page, in order; the first six are the menu.
TOP = [
    "aktiviteter", "stod", "bli-medlem", "engagera-dig", "nyheter", "om-oss",
    "kontakt", "akut-hjalp", "nyhetsbrev", "tillganglighet", "personuppgifter",
]  # fmt: skip


class PageLoader:
    """Loads the tree once, in the name of one editor."""

    def __init__(self, author: User, today: date) -> None:
        self.author = author
        self.today = today
        self.start: StartPage = foundation.lay()
        self.pages: dict[str, Page] = {}

    def load(self) -> None:
        Site.objects.filter(is_default_site=True).update(
            site_name=association.ASSOCIATION["short_name"]
        )
        self._remember_laid()
        for text in TEXTS:
            self._make(text)
        news = [self._make_news(one) for one in NEWS]
        self._order()
        for text in TEXTS:
            self._write(text)
        for one, page in zip(NEWS, news, strict=True):
            self._write_news(one, page)
        self._write_others()

    # --- every page, without words that link ---------------------------------------------------

    def _remember_laid(self) -> None:
        for page in self.start.get_children().specific():
            self.pages[f"/{page.slug}/"] = page

    def _make(self, text: PageText) -> None:
        page = self.pages.get(text.path)
        if page is None:
            kind = SectionPage if text.is_section else ContentPage
            parent, slug = self._place(text.path)
            page = kind(title=text.title, slug=slug, ingress=text.ingress, live=False)
            page.owner = self.author
            parent.add_child(instance=page)
            self.pages[text.path] = page

    def _make_news(self, news: News) -> NewsPage:
        page = NewsPage(title=news.title, slug=news.slug, summary=news.summary, live=False)
        page.owner = self.author
        self.pages["/nyheter/"].add_child(instance=page)
        self.pages[f"/nyheter/{news.slug}/"] = page
        return page

    def _place(self, path: str) -> tuple[Page, str]:
        """The page above, and the last word of the address."""
        above, _, slug = path.strip("/").rpartition("/")
        return (self.pages[f"/{above}/"] if above else self.start), slug

    def _order(self) -> None:
        """Put each page of the first level right after the one that should be before it."""
        for before, slug in pairwise(TOP):
            left = Page.objects.get(pk=self.pages[f"/{before}/"].pk)
            page = Page.objects.get(pk=self.pages[f"/{slug}/"].pk)
            if left.get_next_sibling() != page:
                page.move(left, pos="right")
        # Moving changed the paths of what is in memory.
        for path, page in self.pages.items():
            self.pages[path] = page.specific_class.objects.get(pk=page.pk)

    # --- the words -------------------------------------------------------------------------------

    def _link(self, address: str) -> str:
        """A page of ours by its id: the link lives on when the page is moved."""
        page = self.pages.get(address)
        return f'linktype="page" id="{page.pk}"' if page else f'href="{address}"'

    def _write(self, text: PageText) -> None:
        page = self.pages[text.path]
        page.title, page.ingress = text.title, text.ingress
        page.show_in_menus = text.in_menu
        page.body = to_blocks(text.body, self._link)
        if not text.is_section:
            page.in_short, page.content_warning = text.in_short, text.warning
            if text.reviewed is not None:
                page.reviewed_on = self.today - timedelta(days=text.reviewed)
                page.reviewed_by = "styrelsen"
        self._publish(page)

    def _write_news(self, news: News, page: NewsPage) -> None:
        page = self.pages[f"/nyheter/{news.slug}/"]
        body = news.body.replace("{bipolar_day}", day(bipolar_day(self.today)))
        page.body = to_blocks(body, self._link)
        if news.is_draft:
            page.save_revision(user=self.author)
        else:
            self._publish(page, self.today - timedelta(days=news.days_ago))

    def _write_others(self) -> None:
        activities, news = self.pages["/aktiviteter/"], self.pages["/nyheter/"]
        activities.ingress = association.ACTIVITIES_PAGE["ingress"]
        activities.body = to_blocks(association.UNDER_ACTIVITIES, self._link)
        news.ingress = association.NEWS_PAGE["ingress"]
        statement = self.pages["/tillganglighet/"]
        for name, text in STATEMENT.items():
            setattr(statement, name, to_html(text, self._link))
        statement.reviewed_on = self.today - timedelta(days=association.STATEMENT_REVIEWED)
        for page in (activities, news, statement, self.pages["/akut-hjalp/"], self._started()):
            self._publish(page)

    def _started(self) -> StartPage:
        start: StartPage = StartPage.objects.get(pk=self.start.pk)
        for name, value in association.START.items():
            setattr(start, name, value)
        start.welcome = to_html(association.WELCOME, self._link)
        start.doors = list(self._doors())
        return start

    def _doors(self) -> Iterator[Door]:
        for number, (text, hint, path) in enumerate(association.DOORS):
            yield Door(text=text, hint=hint, page=self.pages[path], sort_order=number)

    # --- out with it -----------------------------------------------------------------------------

    def _publish(self, page: Page, on: date | None = None) -> None:
        revision = page.save_revision(user=self.author)
        revision.publish(user=self.author)
        out = at(on or self.today - timedelta(days=SITE_IS_OLD), "09.30")
        _date_back(page, revision, min(out, timezone.now()))


def _date_back(page: Page, revision: Revision, moment: datetime) -> None:
    dates: dict[str, Any] = {
        "first_published_at": moment,
        "last_published_at": moment,
        "latest_revision_created_at": moment,
    }
    Page.objects.filter(pk=page.pk).update(**dates)
    Revision.objects.filter(pk=revision.pk).update(created_at=moment)
