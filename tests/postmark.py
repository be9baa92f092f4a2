"""A provider of mail on 127.0.0.1 that takes letters as Postmark does, and can be difficult.

with Postmark() as provider:
    settings.EMAIL_BACKEND, settings.ANYMAIL = provider.settings
    provider.letters          # what was handed over, as JSON
    provider.answers[address] = Postmark.INACTIVE
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from samvaro.embedded import ports

Answer = tuple[int, dict[str, Any]]
TOKEN = "en-nyckel-hos-dem"


class Postmark:
    INACTIVE: Answer = (
        422,
        {
            "ErrorCode": 406,
            "Message": "Found inactive addresses: TO. Inactive recipients are those",
        },
    )
    BROKEN: Answer = (500, {"ErrorCode": 1, "Message": "an error at their side"})
    BUSY: Answer = (429, {"ErrorCode": 429, "Message": "not now"})
    WRONG: Answer = (400, {"ErrorCode": 403, "Message": "bad letter to kim@exempel.se"})
    # It takes the letter and hangs up.
    HANGS_UP: Answer = (0, {})

    def __init__(self) -> None:
        self.letters: list[dict[str, Any]] = []
        # What a mailbox is answered with instead of yes.
        self.answers: dict[str, Answer] = {}
        self.token = TOKEN
        self._server = ThreadingHTTPServer((ports.HOST, 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> "Postmark":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Nobody answers there any more."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def settings(self) -> tuple[str, dict[str, Any]]:
        return "anymail.backends.postmark.EmailBackend", {
            "POSTMARK_SERVER_TOKEN": TOKEN,
            "POSTMARK_API_URL": f"http://{ports.HOST}:{self._server.server_port}/",
            "IGNORE_UNSUPPORTED_FEATURES": True,
            "REQUESTS_TIMEOUT": 2,
        }

    def to(self, address: str) -> list[dict[str, Any]]:
        return [letter for letter in self.letters if letter["To"] == address]

    def answer(self, letter: dict[str, Any], token: str) -> Answer:
        if token != self.token:
            return 401, {"ErrorCode": 10, "Message": "no such server"}
        answer = self.answers.get(letter["To"])
        if answer in (None, self.HANGS_UP):
            self.letters.append(letter)
        number = f"theirs-{len(self.letters)}"
        good = {"ErrorCode": 0, "Message": "OK", "MessageID": number, "To": letter["To"]}
        status, said = answer or (200, good)
        return status, said | {"Message": said.get("Message", "").replace("TO", letter["To"])}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                letter = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, said = provider.answer(letter, self.headers["X-Postmark-Server-Token"])
                if not status:
                    self.close_connection = True
                    return
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                """Nothing on the terminal."""

        return Handler
