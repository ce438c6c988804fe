"""A drafted statement and the people who clear it, for tests; a checker that objects to a few planted words and no others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from statements.records import Clearance, StatementVersion, body
from storage import content, statements
from storage.database import Engine, reading
from tests.fixtures.incidents import crew
from workflows.clear_statement import decide_clearance, send_to_clear
from workflows.draft_statement import draft_statement
from workflows.edit_statement import add_sentence
from workflows.release_statement import release_statement

KNEW = "我们早就知道这批阀门有问题。"
SAFE = "我们的灶具绝对安全。"
DENIAL = "我们从未接到类似投诉。"
PRIVATE = "伤者李女士住在三楼。"
PLANTED = {
    KNEW: ("admission", True), SAFE: ("absolute_promise", False), DENIAL: ("denial_premature", False),
    PRIVATE: ("privacy", False),
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    label: str
    severity: str
    start: int
    end: int
    duty_to_warn: bool = False


@dataclass(frozen=True)
class Answer:
    severity: str
    findings: tuple[Found, ...]


def check(text: str, language: str) -> Answer:
    found = tuple(
        Found(label, "block", text.index(words), text.index(words) + len(words), duty)
        for words, (label, duty) in PLANTED.items()
        if words in text
    )
    return Answer("block" if found else "none", found)


@dataclass
class Text:
    """A statement on the way: `people` by role, `do` one deed in one transaction."""

    engine: Engine
    do: Callable[..., Any]
    incident_id: int
    id: int
    people: dict[str, int]

    @property
    def version(self) -> StatementVersion:
        with reading(self.engine) as connection:
            return statements.latest(connection, self.id)

    @property
    def state(self) -> str:
        with reading(self.engine) as connection:
            return statements.get(connection, self.id).state

    @property
    def asked(self) -> dict[str, Clearance]:
        """The newest version's clearances by role."""
        with reading(self.engine) as connection:
            return {one.role: one for one in statements.clearances(connection, statements.latest(connection, self.id).id)}

    def read(self, language: str = "zh") -> str:
        with reading(self.engine) as connection:
            return body(statements.sentences(connection, statements.latest(connection, self.id).id), language)

    def says(self, words: str, after: str = "lead", language: str = "zh") -> None:
        """A sentence of the writer's own."""
        self.do(add_sentence, self.id, language, after, words, seen=self.version.number, actor="顾曼")

    def send(self, **more: Any) -> None:
        self.do(send_to_clear, self.id, seen=self.version.number, language="zh", check=check, actor="顾曼", **more)

    def give(self, role: str, person: str | None = None, **more: Any) -> Clearance:
        made: Clearance = self.do(
            decide_clearance, self.asked[role].id, given=True, person_id=self.people[person or role], **more
        )
        return made

    def clear(self) -> None:
        self.send()
        for role in ("operations", "legal", "head"):
            self.give(role)

    def release(self, **more: Any) -> int:
        number: int = self.do(
            release_statement, self.id, seen=self.version.number, languages=["zh"], check=check,
            person_id=self.people["head"], **more,
        )  # fmt: skip
        return number


def drafted(engine: Engine, do: Callable[..., Any], incident_id: int, kind: str = "holding") -> Text:
    people = do(lambda connection, now: crew(connection, now))
    made = do(draft_statement, incident_id, kit=content.statement_kit(), check=check, actor="顾曼", kind=kind)
    return Text(engine, do, incident_id, made, people)
