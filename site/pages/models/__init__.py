"""The page types of the public site, and what their pages are made of."""

from pages.models.activities import ActivityIndexPage
from pages.models.base import SitePage
from pages.models.content import ContentPage, SectionPage
from pages.models.crisis import CrisisLine, CrisisPage, CrisisSettings
from pages.models.news import NewsIndexPage, NewsPage
from pages.models.start import Door, StartPage
from pages.models.statement import StatementPage
from pages.models.volunteering import VolunteerIndexPage

__all__ = [
    "ActivityIndexPage",
    "ContentPage",
    "CrisisLine",
    "CrisisPage",
    "CrisisSettings",
    "Door",
    "NewsIndexPage",
    "NewsPage",
    "SectionPage",
    "SitePage",
    "StartPage",
    "StatementPage",
    "VolunteerIndexPage",
]
