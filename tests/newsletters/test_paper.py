"""An issue on paper: who gets it, what is printed, and a way back to mail."""

import itertools
import random
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mail.models import Letter
from members.models import EmailChange, Household, Person
from members.services import people
from newsletters.blocks import LetterBody
from newsletters.emails.paper import pieces, short_address
from newsletters.models import Issue, Pace, PaperCopy, Subscription, Suppression
from newsletters.services import codes, paper, returns, sending, starting
from newsletters.services.suppression import hash_of, suppress
from pages.services import foundation
from privacy.services import erase_person, note_consent
from tests.doors import log_in
from tests.factories import EventFactory, NewsPageFactory, PersonFactory, UserFactory
from tests.newsletters.coming_back import about
from tests.newsletters.conftest import BODY, approve, sums, write_issue
from tests.newsletters.test_message import bare
from tests.newsletters.test_sending import arrived

pytestmark = pytest.mark.django_db
HOME: dict[str, Any] = {"street": "Storgatan 1", "postcode": "118 20", "town": "Stockholm"}
NOWHERE: dict[str, Any] = {"street": "", "postcode": "", "town": ""}
BOUNCE, COMPLAINT = Suppression.Reason.BOUNCE, Suppression.Reason.COMPLAINT


# --- everyone in exactly one way ------------------------------------------------------------------


@dataclass
class Facts:
    """What is true of a member, as the test's own reading knows it."""

    mailbox: str
    wants_paper: bool
    has_home: bool
    is_protected: bool
    pace: str
    bar: str
    person: Any = None

    def way(self, *, is_notice: bool) -> str:
        """The rule in words: paper for who chose it; none for who said no; mail for whom it
        reaches; paper for the rest, where there is a letter box."""
        post = "paper" if self.has_home else "unreachable"
        if self.wants_paper and self.has_home and not self.is_protected:
            return "paper"
        if not self.mailbox:
            return post
        wants = self.pace in ("never asked", Pace.WEEKLY)
        if not is_notice and (not wants or (self.bar == COMPLAINT)):
            return "none by choice"
        return post if self.bar == BOUNCE else "mail"


def every_kind(seed: int) -> list[Facts]:
    """Every combination once, with some sharing a mailbox, and so what it has chosen."""
    chance = random.Random(seed)
    paces = ("never asked", Pace.WEEKLY, Pace.MONTHLY, Pace.NONE, "paused")
    found = []
    for number, (chose, home, hidden, chosen, bar) in enumerate(
        itertools.product(
            (True, False), (True, False), (True, False), paces, ("", BOUNCE, COMPLAINT)
        )
    ):
        pace = Pace.NONE if bar == COMPLAINT else chosen  # what a complaint makes of it
        found.append(Facts(f"m{number}@exempel.se", chose, home, hidden, pace, bar))
    for chose, home, hidden in itertools.product((True, False), repeat=3):
        found.append(Facts("", chose, home, hidden, "never asked", ""))
    for other in chance.sample([one for one in found if one.mailbox], 25):
        facts = (chance.random() < 0.5 for _ in range(3))
        found.append(Facts(other.mailbox, *facts, other.pace, other.bar))
    chance.shuffle(found)
    return found


def enter(found: list[Facts]) -> None:
    now, actor = timezone.now(), UserFactory()
    for one in found:
        home = HOME if one.has_home else NOWHERE
        one.person = PersonFactory(
            email=one.mailbox, member=True, wants_paper=one.wants_paper, **home
        )
        if one.is_protected:
            facts = {"first_name": "Hemlig", "is_protected": True}
            people.change(one.person, facts, actor=actor)
    for mailbox, one in {one.mailbox: one for one in found if one.mailbox}.items():
        if one.pace != "never asked":
            paused = timezone.localdate() + timedelta(days=9) if one.pace == "paused" else None
            Subscription.objects.create(
                email=mailbox, pace=Pace.WEEKLY if paused else one.pace, paused_until=paused,
                source=Subscription.Source.WEB, consent=note_consent("newsletter", at=now),
                created_at=now,
            )  # fmt: skip
        if one.bar:
            suppress(hash_of(mailbox), one.bar)


@pytest.mark.parametrize(("seed", "kind"), [(1, Issue.Kind.NEWSLETTER), (2, Issue.Kind.NOTICE)])
def test_every_member_gets_mail_or_paper_or_neither_by_choice_and_nobody_both(sink, seed, kind):
    found = every_kind(seed)
    enter(found)
    issue = approve(write_issue(kind=kind, on_paper=True))
    sending.work()
    ways = {one.person.pk: one.way(is_notice=kind == Issue.Kind.NOTICE) for one in found}
    assert set(arrived(sink)) == {one.mailbox for one in found if ways[one.person.pk] == "mail"}
    assert max(arrived(sink).values()) == 1
    rows = set(issue.papers.values_list("person", flat=True))
    assert rows == {pk for pk, way in ways.items() if way == "paper"}
    counted = Counter(ways.values())
    assert counted["mail"] > 5
    assert counted["paper"] > 20
    assert counted["unreachable"] > 2
    assert ("none by choice" in counted) is (kind == Issue.Kind.NEWSLETTER)
    assert sums(issue)["sent"] == len(arrived(sink))


def test_what_does_not_go_on_paper_goes_by_mail_also_to_who_likes_paper(sink):
    PersonFactory(email="anna@exempel.se", member=True, wants_paper=True, **HOME)
    issue = approve(write_issue())
    sending.work()
    assert set(arrived(sink)) == {"anna@exempel.se"}
    assert not issue.papers.exists()


def test_groups_hold_for_those_without_a_mailbox_too(sink):
    here = PersonFactory(email="", member=True, municipality="Solna", **HOME)
    PersonFactory(email="", member=True, municipality="Täby", **HOME)
    choice = {"to": ["members"], "paces": ["weekly"], "within": ["municipality:Solna"]}
    issue = approve(write_issue(on_paper=True, audience=choice))
    assert [row.person for row in issue.papers.all()] == [here]


def test_a_letter_that_is_stopped_in_time_is_on_no_paper():
    PersonFactory(email="", member=True, **HOME)
    issue = starting.stop(approve(write_issue(on_paper=True)))
    assert issue.is_draft
    assert not PaperCopy.objects.exists()


def test_who_is_not_reached_by_mail_gets_that_issue_on_paper(sink):
    anna = PersonFactory(email="anna@exempel.se", member=True, **HOME)
    issue = approve(write_issue(on_paper=True))
    sending.work()
    for _ in range(2):
        returns.take(about(issue.deliveries.get()))
    assert [(row.person, row.why) for row in issue.papers.all()] == [(anna, "bounced")]


# --- what is printed ------------------------------------------------------------------------------


@pytest.fixture
def posted() -> Issue:
    """To a household of two, to one whose mail comes back, and to one who is protected."""
    home = Household.objects.create()
    PersonFactory(first_name="Bo", last_name="Berg", email="", member=True, household=home, **HOME)
    PersonFactory(
        first_name="Anna", last_name="Berg", email="", member=True, household=home, **HOME
    )
    PersonFactory(first_name="Åsa", last_name="Öst", email="asa@exempel.se", member=True, **HOME)
    suppress(hash_of("asa@exempel.se"), BOUNCE)
    hidden = PersonFactory(email="", member=True, **HOME)
    facts = {"first_name": "Hemlig", "last_name": "Hök", "is_protected": True}
    people.change(hidden, facts, actor=UserFactory())
    return approve(write_issue(on_paper=True, subject="Höst & #strong[fika]"))


def test_those_who_live_together_get_one_envelope(posted):
    found = paper.envelopes(posted, sees_protected=True)
    assert [one.lines for one in found] == [
        ["Hemlig Hök", "Storgatan 1", "118 20 Stockholm"],
        ["Anna Berg och Bo Berg", "Storgatan 1", "118 20 Stockholm"],
        ["Åsa Öst", "Storgatan 1", "118 20 Stockholm"],
    ]
    assert [one.hello for one in found] == ["Hej Hemlig!", "Hej Anna och Bo!", "Hej Åsa!"]
    assert len(paper.envelopes(posted, sees_protected=False)) == 2
    Household.objects.update(label="Familjen Berg")
    assert paper.envelopes(posted, sees_protected=False)[0].lines[0] == "Familjen Berg"


def test_printing_looks_and_changes_nothing(posted):
    actor = UserFactory()
    before = list(PaperCopy.objects.order_by("pk").values())
    small = paper.as_letters(posted, actor=actor, sees_protected=True)
    large = paper.as_letters(posted, actor=actor, sees_protected=True, large=True)
    labels = paper.as_labels(posted, actor=actor, sees_protected=True, sheet="3x7")
    assert all(made.startswith(b"%PDF") for made in (small, large, labels))
    assert len({small, large, labels}) == 3
    assert list(PaperCopy.objects.order_by("pk").values()) == before


def test_outside_there_is_an_address_and_inside_no_word_of_health(posted):
    from privacy.words import health_word_in

    facts = paper.facts_of(posted, paper.envelopes(posted, sees_protected=True))
    assert not health_word_in(str(facts))
    assert facts["title"] == "Höst & #strong[fika]", "what was typed is data"


def test_what_was_posted_waits_no_more(posted):
    actor = UserFactory()
    assert paper.note_posted(posted, actor=actor, sees_protected=False) == 2
    left = paper.envelopes(posted, sees_protected=True)
    assert [one.lines[0] for one in left] == ["Hemlig Hök"]
    assert paper.sums(posted) == paper.Sums(
        4, 3, [("e-posten kommer tillbaka", 1), ("har ingen e-post", 3)]
    )


def test_the_words_on_paper_are_those_of_the_mail():
    foundation.lay()
    EventFactory(title="Föreläsning & fika", place="Instrumentvägen 10")
    news = NewsPageFactory(title="Ny lokal", summary="Nu är vi på plats.")
    issue = write_issue(body=[*BODY, ("news", news)])
    from newsletters.emails import issue as made

    on_paper = " ".join(
        text for _kind, runs in made.on_paper(issue) for look, text in runs if look != "address"
    )
    _subject, mail, _html = made.look_at(issue)
    body = mail.partition("Vad roligt att du läser.")[2].partition("----")[0]
    body = re.sub(r"\(https?://[^)]*\)|https?://\S+", " ", body)
    said = set(bare(on_paper)) - set(bare("Vad roligt att du läser."))
    assert said == set(bare(body)) - set(bare("Vad roligt att du läser."))


def test_every_block_is_more_than_nothing_on_paper():
    assert set(LetterBody().child_blocks) >= {"text", "heading", "coming"}
    assert pieces("<p>Hej <b>du</b>,<br>kom</p>efter<li>ett</li>") == [
        [
            "text",
            [["text", "Hej "], ["bold", "du"], ["text", ","], ["text", "\n"], ["text", "kom"]],
        ],
        ["text", [["text", "efter"]]],
        ["point", [["text", "ett"]]],
    ]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("/aktiviteter/", "testserver/aktiviteter"),
        ("https://www.exempel.se/fika/", "exempel.se/fika"),
        ("https://exempel.se/" + "x" * 60, ""),
        ("mailto:a@b.se", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_on_paper_is_one_that_can_be_typed(url, shown):
    assert short_address(url) == shown


# --- back to mail ---------------------------------------------------------------------------------


@pytest.fixture
def letter(posted) -> PaperCopy:
    return posted.papers.get(why="bounced")


def test_the_code_is_on_the_paper_of_whose_mail_comes_back_and_on_no_other(posted, letter):
    found = paper.envelopes(posted, sees_protected=True)
    assert [one.codes for one in found] == [[], [], [["Åsa", codes.code(letter.reference)]]]
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", codes.code(letter.reference))
    assert codes.code(letter.reference) not in str(PaperCopy.objects.values())


def test_with_the_code_another_mailbox_is_asked_and_nothing_changes_before_it_answers(
    client, letter
):
    typed = codes.code(letter.reference).lower().replace("-", " ")
    answer = client.post("/ny-epost/", {"code": typed, "email": "ny@exempel.se"})
    assert answer.headers["Location"] == "/ny-epost/titta-i-din-e-post/"
    assert Person.objects.get(pk=letter.person_id).email == "asa@exempel.se"
    assert EmailChange.objects.get().email == "ny@exempel.se"
    assert Letter.objects.get(kind="email_proof").to == "ny@exempel.se"


def test_a_wrong_code_looks_the_same_and_does_nothing(client, letter):
    right, wrong = (
        client.post("/ny-epost/", {"code": code, "email": "ny@exempel.se"})
        for code in (codes.code(letter.reference), "ABCD-EFGH")
    )
    assert (right.status_code, right.content, right.headers["Location"]) == (
        wrong.status_code, wrong.content, wrong.headers["Location"],
    )  # fmt: skip
    assert EmailChange.objects.count() == 1
    assert client.post("/ny-epost/", {"code": "", "email": "x"}).status_code == 422


def test_who_says_that_the_old_mailbox_works_gets_mail_again(letter):
    codes.put_right(codes.code(letter.reference), "asa@exempel.se")
    assert not Suppression.objects.exists()
    assert not EmailChange.objects.exists()


def test_a_code_ends_with_half_a_year_and_with_the_person(letter):
    code = codes.code(letter.reference)
    PaperCopy.objects.update(made_at=timezone.now() - timedelta(days=181))
    codes.put_right(code, "ny@exempel.se")
    PaperCopy.objects.update(made_at=timezone.now())
    erase_person("asa@exempel.se")
    codes.put_right(code, "ny@exempel.se")
    assert not EmailChange.objects.exists()


# --- in the admin ---------------------------------------------------------------------------------


def test_the_office_prints_and_says_that_it_is_posted(client, posted):
    office = log_in(client, UserFactory(role="medlemsregister"))
    assert posted.subject in office.get("/admin/nyhetsbrev/post/").context["rows"][0][0].subject
    url = f"/admin/nyhetsbrev/{posted.pk}/post/"
    assert "3 kuvert väntar" in office.get(url).content.decode()
    for deed, name in (("letters", "brev-"), ("large", "stor-stil"), ("labels", "etiketter-")):
        answer = office.post(url, {"do": deed, "sheet": "2x7"})
        assert answer["Content-Type"] == "application/pdf"
        assert name in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
    office.post(url, {"do": "posted"})
    assert "Alla brev är postade." in office.get(url).content.decode()
    assert not PaperCopy.objects.filter(posted_at=None).exists()


def test_the_board_sees_how_many_and_not_who(client, posted):
    board = log_in(client, UserFactory(role="styrelse"))
    result = board.get(f"/admin/nyhetsbrev/{posted.pk}/resultat/").content.decode()
    assert "På papper: 4 personer, 0 har fått brevet postat." in result
    assert board.get(f"/admin/nyhetsbrev/{posted.pk}/post/").status_code == 404


def test_dates_of_the_letter_are_of_its_sending(posted):
    assert posted.send_at is not None
    day: date = timezone.localdate(posted.send_at)
    assert str(day.year) in paper.facts_of(posted, [])["on"]
