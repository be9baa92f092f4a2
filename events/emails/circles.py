"""The letters to those who have a place in a study circle and something to read or to fill in."""

from events.emails.base import BOOKING, content_of, doors, row_of
from events.models import Registration
from mail.letters import Content, letter
from mail.models import Letter

PAPERS = "circle_agreement"
PAPERS_AGAIN = "circle_reminder"


@letter(PAPERS)
def papers(row: Letter) -> Content | None:
    return _asks(PAPERS, row)


@letter(PAPERS_AGAIN)
def papers_again(row: Letter) -> Content | None:
    return _asks(PAPERS_AGAIN, row)


def _asks(name: str, row: Letter) -> Content | None:
    """Decided when it leaves: who has done it in the meantime is not asked."""
    registration = row_of(row)
    if registration is None or registration.state != Registration.State.CONFIRMED:
        return None
    circle = getattr(registration.event, "circle", None)
    if circle is None or circle.handed_over_at:
        return None
    reads = circle.agreement_id is not None and not hasattr(registration, "agreement")
    tells = circle.is_named and not hasattr(registration, "identity")
    if not reads and not tells:
        return None
    page = "events:promise" if reads else "events:identity"
    url = doors(registration, BOOKING, page)[0]
    return content_of(name, registration, reads=reads, tells=tells, url=url)
