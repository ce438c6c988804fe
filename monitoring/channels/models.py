"""What goes out and what came of it. Addresses and secrets are never part of what is printed."""

from dataclasses import dataclass, field

from monitoring.models import Problem

CHANNELS = ("wecom", "dingtalk", "feishu", "slack", "email")


@dataclass(frozen=True)
class Line:
    """One line of outside or own text; `link` leads to where it was read."""

    text: str
    link: str | None = None


@dataclass(frozen=True)
class Message:
    """`reference` is the same on every try, so that a reader can tell a repeat; `level` is amber, red or test."""

    reference: str
    level: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Target:
    """Where a message goes. `kind` says for what sort of incident: anything but real and test is refused at the door."""

    channel: str
    address: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)
    kind: str = "real"


@dataclass(frozen=True)
class Post:
    """An HTTP request ready to be made: JSON by POST."""

    url: str = field(repr=False)
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What a server answered: status, the first bytes of the body, and Retry-After in seconds."""

    status: int
    body: bytes = b""
    retry_after: float | None = None


@dataclass(frozen=True)
class Outcome:
    """`problem` None: the platform took it. `again`: worth another try; a refusal that will not change is not. `unsure`: it
    may have arrived all the same, so another try may be a repeat."""

    problem: Problem | None = None
    again: bool = False
    status: int | None = None
    retry_after: float | None = None
    unsure: bool = False

    @property
    def sent(self) -> bool:
        return self.problem is None


@dataclass(frozen=True)
class Mail:
    """The office's mail server. `security` is starttls, tls or none."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
