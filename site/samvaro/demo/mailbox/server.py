"""The pages of the letter box: a list, a letter, the letter's own HTML behind glass."""

import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import django
from django.conf import settings
from django.template import Context, Engine

from samvaro.demo.mailbox import codes
from samvaro.demo.mailbox.letters import Box, Letter

HERE = Path(__file__).resolve().parent
STATIC = {
    "/stil.css": "text/css; charset=utf-8",
    "/brevladan.js": "text/javascript; charset=utf-8",
    "/ikon.svg": "image/svg+xml",
}
# Our own pages: nothing from outside, nothing inline.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A letter's HTML: it may look as it was written, run nothing, fetch nothing; links open in a tab.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


@dataclass(frozen=True)
class Answer:
    body: bytes
    kind: str = "text/html; charset=utf-8"
    policy: str = PAGE_POLICY
    status: HTTPStatus = HTTPStatus.OK
    attachment: str = ""


class Pages:
    """What each address answers. Templates escape everything that a letter brought along."""

    def __init__(self, box: Box, logins: Path, site_url: str) -> None:
        self.box, self.logins, self.site_url = box, logins, site_url
        if not settings.configured:
            settings.configure(
                LANGUAGE_CODE="sv", USE_I18N=True, USE_TZ=True, TIME_ZONE="Europe/Stockholm"
            )
            django.setup()
        self.engine = Engine(dirs=[str(HERE / "templates")], autoescape=True)

    def answer(self, path: str, query: dict[str, list[str]]) -> Answer:
        if path == "/":
            return self.list(query.get("q", [""])[0].strip())
        if path in STATIC:
            return Answer((HERE / "static" / path[1:]).read_bytes(), STATIC[path])
        parts = re.fullmatch(r"/brev/([0-9a-f-]+)/(?:(html|eml)|bilaga/(\d{1,3}))?", path)
        letter = self.box.letter(parts.group(1)) if parts else None
        if parts is None or letter is None:
            return self.page("missing.html", status=HTTPStatus.NOT_FOUND)
        return self.part(letter, parts.group(2), parts.group(3))

    def part(self, letter: Letter, form: str | None, number: str | None) -> Answer:
        name = letter.summary.name
        if form == "html" and letter.html:
            return Answer(in_new_tabs(letter.html).encode(), policy=LETTER_POLICY)
        if form == "eml":
            return Answer(self.box.raw(name) or b"", "message/rfc822", attachment=f"{name}.eml")
        if number is not None and int(number) < len(letter.attachments):
            found = letter.attachments[int(number)]
            return Answer(found.content, "application/octet-stream", attachment=found.name)
        if form is None and number is None:
            return self.page("letter.html", letter=letter)
        return self.page("missing.html", status=HTTPStatus.NOT_FOUND)

    def list(self, word: str) -> Answer:
        now = time.time()
        return self.page(
            "list.html",
            letters=self.box.newest(word),
            count=len(self.box.names()),
            word=word,
            logins=codes.logins(self.logins, now),
            seconds_left=codes.seconds_left(now),
        )

    def page(self, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Answer:
        context = Context({"site_url": self.site_url, **values})
        return Answer(self.engine.get_template(template).render(context).encode(), status=status)


def in_new_tabs(html: str) -> str:
    """Links of a letter open beside it: in the frame the site would refuse to be shown."""
    base = '<base target="_blank">'
    placed, found = re.subn(r"(<head\b[^>]*>)", rf"\1{base}", html, count=1, flags=re.IGNORECASE)
    return placed if found else base + html


class Handler(BaseHTTPRequestHandler):
    pages: Pages
    server_version = "Brevladan"
    sys_version = ""
    # A browser's tab that says nothing more must not hold a thread for ever. Seconds.
    timeout = 30

    def do_GET(self) -> None:
        # Another site's page could reach this port under a name of its own; it gets nothing.
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        if host not in ("127.0.0.1", "localhost"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        address = urlsplit(self.path)
        answer = self.pages.answer(address.path, parse_qs(address.query))
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Content-Security-Policy", answer.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        if answer.attachment:
            named = quote(answer.attachment, safe="")
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{named}")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        """An open page asks for news every few seconds; nobody wants to read that."""


def make_server(port: int, pages: Pages) -> ThreadingHTTPServer:
    handler = type("BoundHandler", (Handler,), {"pages": pages})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
