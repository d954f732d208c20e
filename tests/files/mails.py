"""Mail that came back, written for the tests in the shapes of Exim, Postfix, Exchange and of people."""

from __future__ import annotations

TOKEN = "abcdefghijkl234567mn"
UNSUBSCRIBE = f"List-Unsubscribe: <mailto:branch@anytown.example?subject=stop%20{TOKEN}>"


def person(own: str, sender: str = "Ann Example <ann@example.org>", subject: str = "Re: News", identity: str = "<1@example.org>",
           date: str = "Tue, 24 Nov 2026 10:00:00 +0000", more: str = "", kind: str = "text/plain; charset=utf-8") -> bytes:
    """A reply as somebody's mail program writes it."""
    head = f"From: {sender}\nTo: branch@anytown.example\nSubject: {subject}\nDate: {date}\nMessage-ID: {identity}\n"
    return f"{head}{more}MIME-Version: 1.0\nContent-Type: {kind}\n\n{own}\n".encode()


def report(fields: str, words: str = "This message could not be delivered.", sender: str = "MAILER-DAEMON@mx.example.org",
           subject: str = "Undelivered Mail Returned to Sender", identity: str = "<b1@mx.example.org>", returned: str = "",
           more: str = "", part: str = "text/rfc822-headers") -> bytes:
    """A report by RFC 3464; `fields` are its groups of recipients."""
    ours = returned or f"From: Branch <branch@anytown.example>\nSubject: News\n{UNSUBSCRIBE}\nMessage-ID: <o1@anytown.example>\n"
    return f"""Return-Path: <>
From: Mail Delivery System <{sender}>
To: branch@anytown.example
Subject: {subject}
Date: Tue, 24 Nov 2026 10:00:05 +0000
Message-ID: {identity}
Auto-Submitted: auto-replied
{more}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="=_b/1"

This is a MIME-encapsulated message.

--=_b/1
Content-Type: text/plain; charset=us-ascii

{words}

--=_b/1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 24 Nov 2026 10:00:00 +0000

{fields}

--=_b/1
Content-Type: {part}

{ours}
--=_b/1--
""".encode()


POSTFIX = report("""Final-Recipient: rfc822; ann@example.org
Original-Recipient: rfc822;ann@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>: Recipient address rejected:
    User unknown in local recipient table""")
POSTFIX_DELAYED = report("""Final-Recipient: rfc822; ann@example.org
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mail.example.org[192.0.2.1]:25: Connection timed out
Will-Retry-Until: Sun, 29 Nov 2026 10:00:00 +0000""", subject="Delayed Mail (still being retried)", identity="<b2@mx.example.org>")
EXIM = report("""Action: failed
Final-Recipient: rfc822;ann@example.org
Status: 5.0.0
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 The email account that you tried to reach does not exist""",
              sender="Mailer-Daemon@mx.example.org", subject="Mail delivery failed: returning message to sender",
              more="X-Failed-Recipients: ann@example.org\n", part="message/rfc822")
EXIM_UNROUTEABLE = report("Action: failed\nFinal-Recipient: rfc822;ann@example.org\nStatus: 5.0.0",
                          words="  ann@example.org\n    Unrouteable address", subject="Mail delivery failed: returning message to sender")
EXCHANGE = report("""Original-Recipient: rfc822;ann@example.org
Final-Recipient: rfc822;ann@example.org
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ann@example.org not found by SMTP address lookup""",
                  sender="postmaster@example.org", subject="Undeliverable: News", part="message/rfc822",
                  more="X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n")
SPAM = report("Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 blocked as spam")
FULL = report("Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full")
DELIVERED = report("Final-Recipient: rfc822; ann@example.org\nAction: delivered\nStatus: 2.0.0", subject="Successful Mail Delivery Report")
OLD_FASHION = b"""Return-Path: <>
From: MAILER-DAEMON@old.example.org
To: branch@anytown.example
Subject: failure notice
Date: Tue, 24 Nov 2026 10:00:05 +0000
Message-ID: <q1@old.example.org>

Hi. This is the mail program at old.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ann@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)
"""
AWAY = person("I am out of the office until Monday. For urgent matters please contact bob@example.org.", subject="Automatic reply: News",
              more="Auto-Submitted: auto-replied\n", identity="<away@example.org>")
MOVED = person("My email address has changed to ann.new@example.org - please update your records.", subject="Automatic reply: News",
               more="Auto-Submitted: auto-replied\n", identity="<moved@example.org>")
BUTTON = person("", subject=f"stop {TOKEN}", identity="<u1@example.org>")
HTML = person('<html><head><style>p{}</style></head><body><p>Please unsubscribe me</p><script>evil()</script>'
              f'<div class="gmail_quote">On Tue Branch wrote:<blockquote>stop {TOKEN}</blockquote></div></body></html>',
              kind="text/html; charset=utf-8", identity="<h1@example.org>")
OURS = person(f"News of the branch\n\nTo stop, answer: stop {TOKEN}", sender="Branch <branch@anytown.example>", subject="News",
              more=UNSUBSCRIBE + "\n", identity="<o1@anytown.example>")


def mbox(*mails: bytes) -> bytes:
    """An mbox of them, with lines that begin with From quoted."""
    import re
    head = b"From somebody@example.org Tue Nov 24 10:00:00 2026\n"
    return b"".join(head + re.sub(rb"^(>*From )", rb">\1", mail, flags=re.MULTILINE) + b"\n" for mail in mails)
