"""`make demo`: everything starts, tells where it is, survives and is gone again."""

import base64
import contextlib
import http.client
import json
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from samvaro import embedded
from samvaro.demo import surroundings
from samvaro.demo.mailbox import codes
from samvaro.demo.mailbox.letters import Box
from samvaro.demo.mailbox.server import in_new_tabs
from samvaro.embedded import ports
from samvaro.environment import ROOT
from tests.waiting import until

# What a test session has set, and a person at a fresh terminal has not.
SET_BY_TESTS = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_API_BASE",
    "SITE_URL",
    "SECRET_KEY",
    "FIELD_KEYS",
    "MEDIA_ROOT",
    "DJANGO_SETTINGS_MODULE",
)


def fresh_terminal(**values: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in SET_BY_TESTS}
    return kept | {"PYTHONPATH": str(ROOT / "site")} | values


@dataclass(frozen=True)
class Page:
    status: int
    headers: dict[str, str]
    text: str


def get(url: str, **headers: str) -> Page:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", address.path or "/", headers=headers)
        answer = connection.getresponse()
        return Page(answer.status, dict(answer.getheaders()), answer.read().decode())


# --- the letter box ------------------------------------------------------------------------------


@dataclass(frozen=True)
class LetterBox:
    url: str
    smtp_port: int
    folder: Path

    def take(self, message: EmailMessage) -> None:
        with smtplib.SMTP(ports.HOST, self.smtp_port) as smtp:
            smtp.send_message(message)

    def newest(self) -> str:
        """The address of the newest letter."""
        found = re.search(r'href="(/brev/[^"]+)"', get(self.url).text)
        assert found is not None
        return self.url + found.group(1)


@pytest.fixture
def letter_box(tmp_path: Path) -> Iterator[LetterBox]:
    smtp, pages = ports.pick(), ports.pick()
    command = ["--data-dir", str(tmp_path), "--smtp-port", str(smtp), "--http-port", str(pages)]
    process = subprocess.Popen(
        [sys.executable, "-m", "samvaro.demo.mailbox", *command, "--site-url", "http://site.test/"],
        env=fresh_terminal(),
    )
    try:
        both = (smtp, pages)
        until(lambda: not any(map(ports.is_free, both)), what="the letter box listens")
        yield LetterBox(f"http://{ports.HOST}:{pages}", smtp, tmp_path)
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert process.returncode == 0


def letter(subject: str, text: str, html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "hej@site.test", "asa@example.org"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_letter_is_shown_and_nothing_in_it_becomes_a_part_of_the_page(
    letter_box: LetterBox,
) -> None:
    letter_box.take(
        letter(
            "Välkommen <script>alert(1)</script>",
            "Hej Åsa! <img src=x> https://site.test/bokning/1/",
            "<html><head></head><body><script>alert(2)</script><a href=/x>x</a></body></html>",
        )
    )

    listed, shown = get(letter_box.url), get(letter_box.newest())
    for page in (listed, shown):
        assert page.status == 200
        assert "Välkommen &lt;script&gt;alert(1)&lt;/script&gt;" in page.text
        assert "alert(2)" not in page.text
        assert "<img" not in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert '<a href="https://site.test/bokning/1/"' in shown.text


def test_the_html_of_a_letter_stands_behind_glass(letter_box: LetterBox) -> None:
    letter_box.take(letter("Hej", "Hej", "<html><head></head><body>Hej</body></html>"))

    frame = get(letter_box.newest() + "html")

    assert frame.text.strip() == '<html><head><base target="_blank"></head><body>Hej</body></html>'
    policy = frame.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy


def test_a_broken_letter_does_not_hide_the_others(letter_box: LetterBox) -> None:
    letter_box.take(letter("Ett helt brev", "Hej"))
    with smtplib.SMTP(ports.HOST, letter_box.smtp_port) as smtp:
        broken = b"Subject: =?utf-99?q?=E5?=\r\nFrom: \xff@@<\r\nDate: nonsense\r\n"
        broken += b"Content-Type: text/plain; charset=nonsense-8\r\n\r\nHej \xe5"
        smtp.sendmail("x@site.test", "bo@example.org", broken)

    listed = get(letter_box.url).text

    assert "Ett helt brev" in listed
    assert "till bo@example.org" in listed
    assert "Hej �" in get(letter_box.newest()).text


def test_an_attachment_is_handed_out_as_a_file_and_nothing_else(letter_box: LetterBox) -> None:
    message = letter("Kvitto", "Tack!")
    message.add_attachment(b"%PDF", maintype="text", subtype="html", filename="kvitto å.html")
    letter_box.take(message)

    address = letter_box.newest()
    assert "kvitto å.html" in get(address).text
    file = get(address + "bilaga/0")

    assert file.text == "%PDF"
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert get(address + "bilaga/1").status == 404


def test_the_letter_box_answers_this_computer_only(letter_box: LetterBox) -> None:
    assert get(letter_box.url, Host="rebound.example:80").status == 421
    assert get(letter_box.url + "/brev/..%2f..%2fdemo.json/").status == 404
    assert get(letter_box.url + "/brev/20261121-120000-000000-abcdef/").status == 404


def test_the_codes_of_the_logins_stand_beside_the_letters(letter_box: LetterBox) -> None:
    assert "användare är inte skapade än" in get(letter_box.url).text
    login = {"role": "kassor", "email": "kassor@site.test", "totp_secret": "JBSWY3DPEHPK3PXP"}
    (letter_box.folder / "demo.json").write_text(json.dumps({"logins": [login]}))

    page = get(letter_box.url).text

    assert "Kassör" in page
    assert "kassor@site.test" in page
    assert re.search(r'aria-label="Kod för Kassör">\d{3} \d{3}<', page)


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert codes.totp(secret, at) == code


def test_the_newest_letter_comes_first_and_a_search_finds_one(tmp_path: Path) -> None:
    box = Box(tmp_path)
    for number in range(3):
        box.keep(f"Subject: Brev {number}\r\n\r\nHej".encode(), [f"{number}@example.org"])

    assert [one.subject for one in box.newest()] == ["Brev 2", "Brev 1", "Brev 0"]
    assert [one.subject for one in box.newest("1@EXAMPLE")] == ["Brev 1"]


def test_links_of_a_letter_without_a_head_open_in_a_tab_too() -> None:
    assert in_new_tabs("<p>Hej</p>") == '<base target="_blank"><p>Hej</p>'


# --- what the programs are told ------------------------------------------------------------------


def test_the_secrets_of_a_demo_are_made_once_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SET_BY_TESTS:
        monkeypatch.delenv(name, raising=False)
    first = surroundings.write(tmp_path, {"SITE_URL": "http://127.0.0.1:8000"})
    second = surroundings.write(tmp_path, {"SITE_URL": "http://127.0.0.1:8001"})

    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert first["FIELD_KEYS"] == second["FIELD_KEYS"]
    assert second["SITE_URL"] == "http://127.0.0.1:8001"
    assert json.loads((tmp_path / "environment.json").read_text()) == second
    assert (tmp_path / "environment.json").stat().st_mode & 0o077 == 0


def test_what_somebody_has_set_is_used_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "set by hand")
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example:25")
    values = surroundings.write(tmp_path, {"SITE_URL": "http://127.0.0.1:8000"})
    assert values["SECRET_KEY"] == "set by hand"


def test_a_port_that_is_no_number_is_told_in_one_line(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "samvaro.demo"],
        env=fresh_terminal(DATA_DIR=str(tmp_path), PORT="åttatusen"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert told.stderr == "PORT must be a number from 1 to 65535, not 'åttatusen'.\n"


# --- the whole -----------------------------------------------------------------------------------


class Demo:
    """A demo in a process of its own, and what it has said so far."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.environment = fresh_terminal(DATA_DIR=str(folder), PORT=str(port))
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "samvaro.demo"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait_until_it_says(self, words: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return line.strip()
        raise AssertionError(f"The demo ended without saying {words!r}:\n{self.said}")

    def children(self) -> list[int]:
        """The process ids of everything that the demo has started."""
        written = json.loads((self.folder / "processes.json").read_text())["programs"]
        servers = (embedded.Postgres(self.folder).pid, embedded.Valkey(self.folder).pid)
        return [one["process"] for one in written] + [pid for pid in servers if pid]

    def end(self, sign: signal.Signals) -> int:
        self.process.send_signal(sign)
        assert self.process.stdout is not None
        self.said += self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(timeout=60)

    def beside(self, *what: str) -> subprocess.CompletedProcess[str]:
        """A second demo with the same folder."""
        return subprocess.run(
            [sys.executable, "-m", "samvaro.demo", *what],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def manage(self, *command: str) -> str:
        """A `manage.py` that somebody starts beside it."""
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout


def is_gone(pid: int) -> bool:
    """Also true for one whose parent has not asked about its end."""
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path("/proc").is_dir()


@pytest.fixture
def demo_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "åäö demo"
    yield folder
    subprocess.run(
        [sys.executable, "-m", "samvaro.demo", "reset"],
        env=fresh_terminal(DATA_DIR=str(folder)),
        check=True,
        capture_output=True,
    )
    assert not folder.exists()


@pytest.mark.slow
def test_the_demo_starts_survives_a_kill_of_everything_and_stops_with_ctrl_c(
    demo_folder: Path,
) -> None:
    with socket.socket() as taker:
        taker.bind((ports.HOST, 0))
        taker.listen()
        taken = taker.getsockname()[1]
        demo = Demo(demo_folder, taken)
        line = demo.wait_until_it_says("Samvaro is running at ")

    # It says where it is, and that it is not where it was asked to be.
    site = line.removeprefix("Samvaro is running at ").rstrip("/")
    assert f"Port {taken} cannot be used" in demo.said
    assert get(site).status == 200
    letters = re.search(r"Letters +(http://\S+)", demo.said)
    assert letters is not None
    assert "Här hamnar alla brev från demon." in get(letters.group(1)).text
    stripe = re.search(r"Stripe +(http://\S+)", demo.said)
    assert stripe is not None
    assert "Testbetalningar" in get(stripe.group(1)).text

    # One beside it talks to the same database; a second demo leaves it alone.
    database = json.loads((demo_folder / "environment.json").read_text())["DATABASE_URL"]
    port = demo.manage("shell", "-v", "0", "-c", SHOW_DATABASE_PORT).strip()
    assert port == str(urlsplit(database).port)
    assert f"The demo already runs at {site}/" in demo.beside().stdout
    reset = demo.beside("reset")
    assert (reset.returncode, "Stop it first" in reset.stdout) == (1, True)
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS row")

    # A program that dies is started again.
    before = demo.children()
    os.kill(before[-3], signal.SIGKILL)
    demo.wait_until_it_says("is started again")
    until(lambda: len(set(demo.children()) - set(before)) == 1, what="a new process in its place")

    # Everything is killed at once, as when the power goes. Nothing is lost.
    everything = [demo.process.pid, *demo.children()]
    for pid in everything:
        os.kill(pid, signal.SIGKILL)
    demo.end(signal.SIGKILL)
    again = Demo(demo_folder, ports.pick())
    site = again.wait_until_it_says("Samvaro is running at ").rpartition(" ")[2]
    assert get(site).status == 200
    database = json.loads((demo_folder / "environment.json").read_text())["DATABASE_URL"]
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT row FROM kept").fetchone() == (1,)

    # Ctrl-C, and nothing is left.
    everything = again.children()
    assert len(everything) == 7
    assert again.end(signal.SIGINT) == 0
    assert [pid for pid in everything if not is_gone(pid)] == []


SHOW_DATABASE_PORT = "from django.db import connection; print(connection.settings_dict['PORT'])"
