"""Letters as mail servers and providers send them back."""

from newsletters.models import Delivery

GONE = ("5.1.1", "smtp; 550 5.1.1 <{to}> no such mailbox")
FULL = ("5.2.2", "smtp; 552 5.2.2 <{to}> mailbox full")


def sent_back(
    number: str, *, to: str, status: str = GONE[0], said: str = GONE[1], action: str = "failed"
) -> bytes:
    """A report as RFC 3464 has it, with the head of the letter that it is about."""
    return f"""From: MAILER-DAEMON@mx.exempel.se
To: nyhetsbrev@testserver
Subject: Undelivered Mail
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Sorry.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.exempel.se

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: {said.format(to=to)}

--x
Content-Type: text/rfc822-headers

From: nyhetsbrev@testserver
To: {to}
Message-ID: <{number}@testserver>
Subject: Det händer

--x--
""".replace("\n", "\r\n").encode()


def about(copy: Delivery, **more: str) -> bytes:
    return sent_back(copy.reference.hex, to=copy.email, **more)


def called_spam(number: str) -> bytes:
    """A complaint as RFC 5965 has it. Who complains is struck out, as most do."""
    return f"""From: feedback@stor.example
To: nyhetsbrev@testserver
Subject: FW: Det händer
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="x"

--x
Content-Type: text/plain

This is an email abuse report.
--x
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Some/1.0
Version: 1

--x
Content-Type: message/rfc822

From: nyhetsbrev@testserver
Message-ID: <{number}@testserver>
Subject: Det händer

Hej!
--x--
""".replace("\n", "\r\n").encode()
