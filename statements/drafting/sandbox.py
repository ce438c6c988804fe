"""The little of Jinja that a template may use. People edit templates on screen, so what one can do is listed, not what it cannot.

Values, `or`, `if`, and loops over a list, one inside none: whatever is written, the work stays in proportion to its length.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from errors import DeskError
from statements.drafting.phrases import Phrase

LONGEST_SOURCE = 20_000  # characters
LONGEST_TEXT = 40_000  # characters, marks included
MOST_LOOPS = 20
LONGEST_BETWEEN = 10  # characters between the items of a list

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.CondExpr, nodes.Filter,
    nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Getattr, nodes.Getitem, nodes.Slice,
    nodes.Concat,
)  # fmt: skip
_FILTERS = frozenset({"join", "first", "last", "length", "count", "default", "d", "trim", "lower", "upper", "capitalize"})
_TESTS = frozenset({"defined", "undefined", "none", "odd", "even"})


def broken(trouble: str, at: int | None = None, why: str = "", name: str = "") -> DeskError:
    """`trouble`: syntax | unknown_slot | not_allowed | too_long; `at` is the line of the source."""
    return DeskError("template.broken", why=why or name or trouble, trouble=trouble, at=at, name=name)


def rendered(source: str, values: Mapping[str, Any]) -> str:
    """The source with its slots filled. Raises DeskError("template.broken", trouble=…, at=line, name=…)."""
    said: list[str] = []
    size = 0
    try:
        for piece in compiled(source).generate(**values):
            size += len(piece)
            if size > LONGEST_TEXT:
                raise broken("too_long")
            said.append(piece)
    except UndefinedError as cause:
        raise broken("unknown_slot", _line_of(cause), str(cause)[:200], _named(cause)) from cause
    except (TemplateError, ArithmeticError, TypeError, ValueError, RecursionError) as cause:
        raise broken("not_allowed", _line_of(cause), str(cause)[:200]) from cause
    return "".join(said)


@lru_cache(maxsize=256)
def compiled(source: str) -> Template:
    """The template, where it keeps to what is allowed. Raises DeskError("template.broken")."""
    if len(source) > LONGEST_SOURCE:
        raise broken("too_long")
    try:
        tree = _environment().parse(source)
        _keep_to_the_list(tree)
        return _environment().from_string(tree)
    except TemplateSyntaxError as cause:
        raise broken("syntax", cause.lineno, str(cause)[:200]) from cause
    except RecursionError as cause:
        raise broken("too_long") from cause


def names_in(source: str) -> dict[str, int]:
    """{name: line} of everything the source asks for, in branches that were not taken as well. Raises as `compiled`."""
    compiled(source)
    tree = _environment().parse(source)
    own = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"} | {"loop"}
    return {one.name: one.lineno for one in tree.find_all(nodes.Name) if one.ctx == "load" and one.name not in own}


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=_finalize, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    made.globals.clear()  # range, cycler, namespace: nothing of it is needed
    return made


def _finalize(value: Any) -> Any:
    if isinstance(value, Undefined):
        return str(value)  # raises, and names what is not there
    if not isinstance(value, str | int):
        raise TypeError("not something that can be said")
    return value.marked if isinstance(value, Phrase) else value


def _keep_to_the_list(tree: nodes.Template) -> None:
    for node in tree.find_all(nodes.Node):
        what = _forbidden(node)
        if what:
            raise broken("not_allowed", getattr(node, "lineno", None), name=what)
    loops = list(tree.find_all(nodes.For))
    if len(loops) > MOST_LOOPS:
        raise broken("too_long", loops[MOST_LOOPS].lineno)


def _forbidden(node: nodes.Node) -> str:
    """What of the node is not on the list; empty where all of it is."""
    if not isinstance(node, _ALLOWED):
        return type(node).__name__.lower()
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return node.attr
    if isinstance(node, nodes.Test) and node.name not in _TESTS:
        return node.name
    if isinstance(node, nodes.For):
        nested = any(True for part in (*node.body, *node.else_) for _ in _loops(part))
        return "for" if node.recursive or nested or not _is_list(node.iter) else ""
    return _forbidden_filter(node) if isinstance(node, nodes.Filter) else ""


def _loops(node: nodes.Node) -> Any:
    if isinstance(node, nodes.For):
        yield node
    yield from node.find_all(nodes.For)


def _is_list(node: nodes.Node) -> bool:
    """A name, or a part of what a name stands for."""
    return isinstance(node, nodes.Name) or (isinstance(node, nodes.Getitem) and isinstance(node.node, nodes.Name))


def _forbidden_filter(node: nodes.Filter) -> str:
    if node.name not in _FILTERS or node.kwargs or node.dyn_args or node.dyn_kwargs:
        return node.name
    if node.name != "join":
        return ""
    short = all(isinstance(one, nodes.Const) and len(str(one.value)) <= LONGEST_BETWEEN for one in node.args)
    return "" if short and len(node.args) <= 1 and node.node is not None and _is_list(node.node) else "join"


def _line_of(cause: BaseException) -> int | None:
    """The line of the template in which it happened: Jinja puts it into the traceback."""
    found, trace = None, cause.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _named(cause: UndefinedError) -> str:
    """The name in "'x' is undefined" or "… has no attribute 'x'"."""
    quoted = str(cause).split("'")
    return quoted[-2] if len(quoted) > 2 else ""
