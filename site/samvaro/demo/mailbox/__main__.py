"""The letter box as a process: SMTP on one port, pages on another, both on 127.0.0.1."""

import argparse
import signal
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from samvaro.demo.mailbox.letters import Box
from samvaro.demo.mailbox.server import Pages, make_server


class Taker:
    """Says yes to every letter."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content or b""
        self.box.keep(content.encode() if isinstance(content, str) else content, envelope.rcpt_tos)
        return "250 Kept; it leaves this computer no further"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samvaro.demo.mailbox", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--site-url", required=True)
    told = parser.parse_args()

    box = Box(told.data_dir / "mailbox")
    # The name is given: looking up the machine's own may wait long for a network that is not there.
    door = Controller(
        Taker(box), "127.0.0.1", told.smtp_port, server_hostname="localhost", enable_SMTPUTF8=True
    )
    pages = make_server(
        told.http_port, Pages(box, told.data_dir / "demo.json", told.site_url.rstrip("/"))
    )
    ended = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ended.set())
    door.start()
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    ended.wait()
    pages.shutdown()
    door.stop()


if __name__ == "__main__":
    main()
