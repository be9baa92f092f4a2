"""The stand-in as a server on 127.0.0.1: the API, the page to pay on."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from samvaro.demo.stripe_standin import api
from samvaro.demo.stripe_standin.books import Books, Missing, Refused
from samvaro.demo.stripe_standin.hook import Faults, Hook
from samvaro.demo.stripe_standin.page import front, page

HOST = "127.0.0.1"
HTML = "text/html; charset=utf-8"


class StandIn:
    """`with StandIn(...) as stripe: stripe.url, stripe.books, stripe.faults, stripe.asked`."""

    def __init__(
        self,
        *,
        key: str,
        secret: str,
        hook_url: str = "",
        port: int = 0,
        file: Path | None = None,
    ) -> None:
        self.key, self.secret = key, secret
        self.faults = Faults()
        # Every question that came: the method, the path, and what was sent with it.
        self.asked: list[tuple[str, str, str]] = []
        self._server = ThreadingHTTPServer((HOST, port), Visit)
        self._server.daemon_threads = True
        self._server.stand_in = self  # type: ignore[attr-defined]  # how the visits find it
        self.url = f"http://{HOST}:{self._server.server_address[1]}"
        self.books = Books(file, self.url)
        self.hook = Hook(self.books, hook_url, secret, self.faults) if hook_url else None
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def __enter__(self) -> "StandIn":
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)
        if self.hook:
            self.hook.stop()
        self.books.save()


class Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "stand-in"

    @property
    def stripe(self) -> StandIn:
        found: StandIn = self.server.stand_in  # type: ignore[attr-defined]
        return found

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/healthz":
            self._send(200, "text/plain", b"ok")
        elif address.path.startswith("/v1/"):
            self._api("GET", address.path, address.query)
        elif address.path.startswith("/pay/"):
            self._pay_page(address.path)
        elif address.path == "/":
            with self.stripe.books.lock:
                html = front(self.stripe.books.all("checkout.session"))
            self._send(200, HTML, html.encode())
        else:
            self._send(404, "text/plain; charset=utf-8", "Här finns ingenting.".encode())

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if address.path.startswith("/v1/"):
            self._api("POST", address.path, body)
        elif address.path.startswith("/pay/"):
            self._press(address.path, parse_qs(body).get("do", [""])[0])
        elif address.path == "/":
            self.stripe.books.pay_out()
            self._send(303, HTML, b"", {"Location": "/"})
        else:
            self._send(404, "text/plain; charset=utf-8", "Här finns ingenting.".encode())

    # --- the API --------------------------------------------------------------------------------

    def _api(self, method: str, path: str, form: str) -> None:
        faults = self.stripe.faults
        self.stripe.asked.append((method, path, form))
        if self.headers.get("Authorization") != f"Bearer {self.stripe.key}":
            given = api.refused("Invalid API Key provided", status=401)
        elif faults.errors > 0:
            faults.errors -= 1
            given = api.error(500, "api_error", "Something went wrong on Stripe's end.")
        else:
            key = self.headers.get("Idempotency-Key")
            given = api.answer(self.stripe.books, method, path, form, key)
        if faults.hang:
            late, faults.hang = faults.hang, 0
            time.sleep(late)
        more = {"Idempotent-Replayed": "true"} if given.replayed else {}
        body = json.dumps(given.body).encode()
        self._send(given.status, "application/json", body, {"Request-Id": "req_standin", **more})

    # --- the page -------------------------------------------------------------------------------

    def _pay_page(self, path: str) -> None:
        try:
            with self.stripe.books.lock:
                session = self.stripe.books.one("checkout.session", path.removeprefix("/pay/"))
                html = page(session)
        except Missing:
            self._send(404, "text/plain; charset=utf-8", b"Sidan finns inte.")
        else:
            self._send(200, HTML, html.encode())

    def _press(self, path: str, button: str) -> None:
        name = path.removeprefix("/pay/")
        books = self.stripe.books
        try:
            if button == "pay":
                goes_to = books.pay(name)["success_url"]
            else:
                goes_to = books.one("checkout.session", name)["cancel_url"]
        except Missing:
            self._send(404, "text/plain; charset=utf-8", b"Sidan finns inte.")
        except Refused:
            self._pay_page(path)
        else:
            where = goes_to.replace("{CHECKOUT_SESSION_ID}", name)
            self._send(303, "text/plain", b"", {"Location": where})

    def _send(
        self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # whoever asked has not waited
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the site's own log is where one looks."""
