"""The mailbox that letters come back to: reports are taken away, what people write stays."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from newsletters import postbox
from newsletters.services import returns

REPORT, WORDS = b"Subject: report\r\n\r\nx\r\n", b"Subject: Hej\r\n\r\nTack!\r\n"


def is_report(raw: bytes) -> bool:
    return b"report" in raw


@contextmanager
def server(talk) -> Iterator[int]:
    """Somebody at the other end, for one connection."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _address = listener.accept()
        with connection, connection.makefile("rwb") as line:
            talk(line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        thread.join(5)
        listener.close()


def say(line, text: bytes) -> None:
    line.write(text + b"\r\n")
    line.flush()


def test_a_maildir_is_emptied_of_reports_alone(tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.a").write_bytes(REPORT)
    (tmp_path / "new" / "2.b").write_bytes(WORDS)
    assert postbox.empty(f"maildir://{tmp_path}", is_report) == 1
    assert list((tmp_path / "new").iterdir()) == []
    assert [(file.name, file.read_bytes()) for file in (tmp_path / "cur").iterdir()] == [
        ("2.b:2,S", WORDS)
    ]
    assert postbox.empty(f"maildir://{tmp_path}", is_report) == 0


def test_over_pop3_only_reports_are_removed():
    letters, gone = {1: REPORT, 2: WORDS}, set()

    def talk(line):
        say(line, b"+OK")
        while said := line.readline().split():
            word = said[0].upper()
            if word == b"STAT":
                say(line, b"+OK 2 100")
            elif word == b"TOP":
                say(line, b"+OK\r\n" + letters[int(said[1])] + b".")
            else:
                if word == b"DELE":
                    gone.add(int(said[1]))
                say(line, b"+OK")
            if word == b"QUIT":
                return

    with server(talk) as port:
        url = f"pop3://studs:l%40sen@127.0.0.1:{port}"
        assert postbox.empty(url, is_report) == 1
    assert gone == {1}


def test_over_imap_only_reports_are_removed_and_the_rest_is_marked_as_seen():
    letters, flags = {b"7": REPORT, b"9": WORDS}, {}

    def talk(line):
        say(line, b"* OK IMAP4rev1")
        while said := line.readline().split():
            tag, word = said[0], b" ".join(said[1:3]).upper()
            if word.startswith(b"CAPABILITY"):
                say(line, b"* CAPABILITY IMAP4rev1")
            elif word == b"UID SEARCH":
                say(line, b"* SEARCH 7 9")
            elif word == b"UID FETCH":
                body = letters[said[3]]
                say(line, b"* 1 FETCH (UID %s BODY[]<0> {%d}" % (said[3], len(body)))
                say(line, body + b")")
            elif word == b"UID STORE":
                flags[said[3]] = b" ".join(said[5:])
            say(line, tag + b" OK done")
            if word.startswith(b"LOGOUT"):
                return

    with server(talk) as port:
        assert postbox.empty(f"imap://studs:hemlig@127.0.0.1:{port}/INBOX", is_report) == 1
    assert flags == {b"7": rb"(\Seen \Deleted)", b"9": rb"(\Seen)"}


@pytest.mark.parametrize("url", ["imap://a:b@127.0.0.1:1/", "pop3://a:b@127.0.0.1:1", "gopher://x"])
def test_a_mailbox_that_cannot_be_reached_is_tried_again_next_time(settings, url):
    with pytest.raises(postbox.NoPostbox):
        postbox.empty(url, is_report)
    settings.BOUNCE_MAILBOX = url
    assert returns.empty_postbox() == 0


def test_where_there_is_no_such_mailbox_nothing_is_read(settings):
    settings.BOUNCE_MAILBOX = ""
    assert returns.empty_postbox() == 0
