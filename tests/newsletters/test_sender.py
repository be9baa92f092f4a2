"""What the world reads about our address, asked of a name server of the test's own."""

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from newsletters import names
from newsletters.models import NewsletterSettings
from newsletters.names import Names
from newsletters.services import sender
from tests.doors import log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HOST = "brev.exempel.se"
FINE = {
    (HOST, "TXT"): ['"something else"', '"v=spf1 include:spf.leverantor.example ~all"'],
    (f"k1._domainkey.{HOST}", "TXT"): ['"v=DKIM1; k=rsa; " "p=MIGfMA0"'],
    ("_dmarc.exempel.se", "TXT"): ['"v=DMARC1; p=quarantine"'],
    (HOST, "MX"): ["10 mx.leverantor.example."],
}


class NameServer:
    """Answers out of `records`; what is not there does not exist."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = dict(FINE)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                wire, whom = self._socket.recvfrom(4096)
            except OSError:
                return
            asked = dns.message.from_wire(wire)
            question = asked.question[0]
            kind = "MX" if question.rdtype == 15 else "TXT"
            found = self.records.get((str(question.name).rstrip("."), kind))
            answer = dns.message.make_response(asked)
            answer.flags |= dns.flags.RA
            if found is None:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            elif found:
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
            self._socket.sendto(answer.to_wire(), whom)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def server(settings) -> Iterator[NameServer]:
    settings.NEWSLETTER_FROM = f"nyhetsbrev@{HOST}"
    NewsletterSettings.load()
    NewsletterSettings.objects.update(dkim_selector="k1")
    own = NameServer()
    settings.DNS_SERVERS = [own.address]
    yield own
    own.close()


def states() -> dict[str, str]:
    return {one.what: one.state for one in sender.look()}


def test_where_all_is_in_place_it_says_so(server):
    assert states() == dict.fromkeys(("SPF", "DKIM", "DMARC", "MX"), sender.OK)


@pytest.mark.parametrize(
    ("name", "kind", "records", "what", "state"),
    [
        (HOST, "TXT", None, "SPF", sender.MISSING),
        (HOST, "TXT", ['"v=spf1 a ~all"', '"v=spf1 mx -all"'], "SPF", sender.MISSING),
        (HOST, "TXT", ['"v=spf1 +all"'], "SPF", sender.MISSING),
        (HOST, "TXT", ['"v=spf1 -all"'], "SPF", sender.MISSING),
        (HOST, "TXT", ['"v=spf1 a ?all"'], "SPF", sender.ADVICE),
        (HOST, "TXT", ['"v=spf1 redirect=_spf.exempel.se"'], "SPF", sender.OK),
        (f"k1._domainkey.{HOST}", "TXT", None, "DKIM", sender.MISSING),
        (f"k1._domainkey.{HOST}", "TXT", ['"v=DKIM1; p="'], "DKIM", sender.MISSING),
        ("_dmarc.exempel.se", "TXT", None, "DMARC", sender.MISSING),
        ("_dmarc.exempel.se", "TXT", ['"v=DMARC1; p=none"'], "DMARC", sender.ADVICE),
        ("_dmarc.exempel.se", "TXT", ['"v=DMARC1"'], "DMARC", sender.MISSING),
        (f"_dmarc.{HOST}", "TXT", ['"v=DMARC1; p=reject"'], "DMARC", sender.OK),
        (HOST, "MX", [], "MX", sender.MISSING),
        (HOST, "MX", ["0 ."], "MX", sender.MISSING),
    ],
)
def test_what_is_missing_is_said_and_what_to_do(server, name, kind, records, what, state):
    if records is None:
        server.records.pop((name, kind))
    else:
        server.records[name, kind] = records
    found = {one.what: one for one in sender.look()}
    assert found[what].state == state
    assert bool(found[what].do) is (state != sender.OK)
    assert sum(one.state == sender.OK for one in found.values()) == 3 + (state == sender.OK)


def test_a_key_whose_name_nobody_told_us_is_asked_for(server):
    NewsletterSettings.objects.update(dkim_selector="")
    assert states()["DKIM"] == sender.UNKNOWN


def test_where_no_name_server_answers_nothing_is_said_of_the_domain(settings, monkeypatch):
    monkeypatch.setattr(names, "PATIENCE", 0.2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        settings.DNS_SERVERS = [f"127.0.0.1:{silent.getsockname()[1]}"]
        NewsletterSettings.load()
        NewsletterSettings.objects.update(dkim_selector="k1")
        found = sender.look()
    assert {one.state for one in found} == {sender.UNKNOWN}
    assert {one.words for one in found} == {
        "Vi nådde ingen namnserver. Det säger inget om er domän."
    }


def test_a_name_server_that_is_no_address_is_no_answer():
    with pytest.raises(names.NoAnswer):
        Names(("not an address",)).texts(HOST)


def test_the_page_tells_it_in_words(client, server):
    server.records.pop((HOST, "TXT"))
    page = log_in(client, UserFactory(role="redaktor")).get("/admin/nyhetsbrev/avsandare/")
    text = page.content.decode()
    assert "Det finns ingen SPF-post." in text
    assert f"lägga in en TXT-post på {HOST}" in text
    assert "DMARC finns och skyddar ert namn." in text
