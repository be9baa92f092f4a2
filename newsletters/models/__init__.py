"""Who wants letters, what a letter says, and what became of each copy."""

from newsletters.models.delivery import Delivery
from newsletters.models.foreign import ForeignLink
from newsletters.models.hand import Hand
from newsletters.models.issue import Issue
from newsletters.models.paper import PaperCopy
from newsletters.models.settings import NewsletterSettings
from newsletters.models.subscription import OptIn, Pace, Subscription, Suppression

__all__ = [
    "Delivery",
    "ForeignLink",
    "Hand",
    "Issue",
    "NewsletterSettings",
    "OptIn",
    "Pace",
    "PaperCopy",
    "Subscription",
    "Suppression",
]
