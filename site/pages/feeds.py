"""What machines read: the list of addresses for search engines, and the news as RSS."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from wagtail.models import Page

from events.models import Event
from mail.models import Association
from pages.models import NewsPage
from pages.services.search import public_pages

# News in the feed.
NEWS_IN_FEED = 20


class PageSitemap(Sitemap):
    """The editors' pages that anyone may read."""

    def items(self) -> QuerySet[Page]:
        return public_pages(timezone.localdate()).order_by("path")

    def location(self, page: Page) -> str:
        return page.url or "/"

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at


class ActivitySitemap(Sitemap):
    """The public pages of coming activities."""

    def items(self) -> QuerySet[Event]:
        return Event.objects.upcoming(timezone.now())

    def lastmod(self, event: Event) -> datetime | None:
        return event.last_published_at


SITEMAPS = {"sidor": PageSitemap, "aktiviteter": ActivitySitemap}


class NewsFeed(Feed):
    feed_type = Rss201rev2Feed
    link = "/nyheter/"
    feed_url = "/nyheter/flode.xml"

    def title(self) -> str:
        return _("Nyheter från %(name)s") % {"name": Association.load().short_name}

    def description(self) -> str:
        return _("Det senaste från oss.")

    def items(self) -> QuerySet[NewsPage]:
        return NewsPage.objects.current(timezone.localdate())[:NEWS_IN_FEED]

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.summary

    def item_link(self, item: NewsPage) -> str:
        return item.url or "/nyheter/"

    def item_pubdate(self, item: NewsPage) -> datetime:
        return item.shown_since
