"""E-mail over the office's own server. The Message-ID is the reference, so that a mailbox may tell a repeat."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from monitoring.channels.models import Line, Mail, Message, Outcome, Target
from monitoring.channels.text import cut, link, plain
from monitoring.models import Problem

SECONDS = 20.0
SUBJECT_BYTES, BODY_BYTES = 400, 100_000


def letter(target: Target, message: Message, mail: Mail, now: datetime) -> EmailMessage:
    """The message as a letter. Nothing in it can add a header: every line is one line."""
    made = EmailMessage()
    made["From"], made["To"] = mail.sender, target.address
    made["Subject"] = cut(plain(message.title), SUBJECT_BYTES)
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{message.reference}@{mail.sender.rpartition('@')[2].strip('> ') or 'desk.invalid'}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(cut("\n".join(_drawn(line) for line in message.lines), BODY_BYTES))
    return made


def _drawn(line: Line) -> str:
    leads = link(line.link)
    return f"{plain(line.text)}\n  {leads}" if leads else plain(line.text)


def send_mail(target: Target, message: Message, mail: Mail, now: datetime) -> Outcome:
    """Hand the letter over; blocks for SECONDS at most at each step. Raises nothing."""
    try:
        with _connected(mail) as server:
            server.send_message(letter(target, message, mail, now))
        return Outcome()
    except smtplib.SMTPRecipientsRefused as error:
        code = next((code for code, _ in error.recipients.values()), 550)
        return Outcome(Problem("channel.mail_refused", {"code": code}), again=400 <= code < 500, status=code)
    except smtplib.SMTPAuthenticationError as error:
        return Outcome(Problem("channel.mail_login"), again=False, status=error.smtp_code)
    except smtplib.SMTPResponseException as error:
        code = error.smtp_code
        return Outcome(Problem("channel.mail_refused", {"code": code}), again=not 500 <= code < 600, status=code)
    except (smtplib.SMTPException, ssl.SSLError, OSError, ValueError) as error:
        again = not isinstance(error, ValueError | smtplib.SMTPNotSupportedError) or isinstance(error, OSError)
        return Outcome(Problem("channel.mail_unreachable", {"host": mail.host}), again=again, unsure=again)


def _connected(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    try:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password or "")
    except BaseException:
        server.close()
        raise
    return server
