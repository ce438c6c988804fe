"""Takes out of one field what may not reach a public text, and says what was taken, as flags."""

import html
import re
import unicodedata
from collections.abc import Callable

import nh3

_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\$\{[^}]*\}|#\{[^}]*\}|<%.*?%>|\{\{|\}\}|\{%|%\}|\$\{", re.S)
_SCHEME = re.compile(r"(?:javascript|vbscript|data)\s*:[^\s\u4e00-\u9fff]*", re.I)
_HANDLER = re.compile(r"\bon[a-z]{3,}\s*=\s*\S*", re.I)
_TAG_REST = re.compile(r"</?[a-zA-Z!][^<>\n]{0,200}>?")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u231b\u23e9-\u23fa\u25aa-\u25fe\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f]+"
)
_INJECTION = re.compile(
    r"(?:忽略|无视|忽视|忘记|不要理会|绕过)[^。；\n]{0,10}(?:指令|要求|规则|提示|设定|限制|内容|指示)"
    r"|系统(?:提示|指令|消息)|新(?:的)?指令|提示词|你(?:现在)?(?:是|扮演)[^。；\n]{0,8}(?:助手|模型|机器人|律师|角色|专家|AI)|请?(?:直接)?输出[“\"「:：]"
    r"|(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|the|your|these|those|of|previous|prior|above|earlier|preceding|system|safety)\s+){1,5}"
    r"(?:instruction|prompt|rule|guideline|direction|polic|text|message|context|filter|check)"
    r"|ignore\s+(?:the\s+)?(?:above|previous)|system\s*(?:prompt|message|override)|you\s+are\s+now|act\s+as\s+(?:a|an|if|the)\b"
    r"|(?:new|following)\s+instructions?\s*:|as\s+an?\s+(?:ai|language\s+model)|jailbreak|do\s+anything\s+now|^\s*(?:system|assistant|user)\s*:"
    r"|\[/?INST\]|<\|im_|BEGIN\s+PROMPT",
    re.I | re.M,
)
_ORDER = re.compile(
    r"^\W*(?:并|然后|而是|现在|改为|请|务必|必须|只|直接|and|then|instead|now|please|just|you must|always|only)*\W*"
    r"(?:写|说|输出|声明|宣布|宣称|回答|回复|承认|生成|发布|写成|写上|执行|write|say|print|output|state|declare|announce|admit|respond|reply|repeat|"
    r"reveal|generate|claim|publish|tell|confess|promise)",
    re.I,
)
_CLAUSE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;\n]?(?:(?<=\.)\s)?")
_SENTENCE_EN = re.compile(r"(?<=[.!?;。！？；\n])\s*")


def strip_controls(text: str) -> tuple[str, bool]:
    """Without control, zero-width, bidi, private-use and lone surrogate characters; line breaks become spaces."""
    kept, dropped = [], False
    for char in text:
        if char in "\r\n\t\u2028\u2029" or unicodedata.category(char) == "Zs":
            kept.append(" " if char != "\u3000" else char)
        elif unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn") or char == "\ufffd":
            # the joiner inside an emoji and the tags behind a flag belong to the emoji, which is flagged as such
            dropped = dropped or not (char == "\u200d" or 0xE0000 <= ord(char) < 0xE0080)
        else:
            kept.append(char)
    return "".join(kept), dropped


def strip_markup(text: str) -> tuple[str, bool]:
    """Plain text of HTML and Markdown; what stands inside script and style goes with it."""
    before, plain = text, text
    for _ in range(3):  # an entity may hide an entity
        cleaned = html.unescape(nh3.clean(plain, tags=set(), clean_content_tags={"script", "style"}))
        if cleaned == plain:
            break
        plain = cleaned
    for pattern in (_TAG_REST, _SCHEME, _HANDLER):
        plain = pattern.sub("", plain)
    plain = _MARKDOWN_LINK.sub(r"\1", plain)
    return plain, plain != html.unescape(before)


def strip_template(text: str) -> tuple[str, bool]:
    plain = re.sub(r"[{}]", "", _TEMPLATE.sub("", text))
    return plain, plain != text


def strip_emoji(text: str) -> tuple[str, bool]:
    plain = _EMOJI.sub("", text)
    return plain, plain != text


def strip_injection(text: str) -> tuple[str, bool]:
    """Without sentences that give orders to a program, and without the orders that follow them."""
    if not _INJECTION.search(text):
        return text, False
    kept, ordered = [], False
    for sentence in _SENTENCE_EN.split(text):
        for clause in [sentence] if not re.search(r"[\u4e00-\u9fff]", sentence) else re.split(r"(?<=[，,])", sentence):
            hostile = bool(_INJECTION.search(clause)) or (ordered and bool(_ORDER.match(clause)))
            ordered = ordered or hostile
            if not hostile:
                kept.append(clause)
    return "".join(kept).rstrip("，,、 "), True


_STEPS: tuple[tuple[str, Callable[[str], tuple[str, bool]]], ...] = (
    ("control_characters", strip_controls),
    ("template_syntax", strip_template),
    ("markup_stripped", strip_markup),
    ("template_syntax", strip_template),
    ("emoji", strip_emoji),
    ("prompt_injection", strip_injection),
)


def clean(raw: object, limit: int) -> tuple[str, tuple[str, ...]]:
    """One field as plain text of at most `limit` characters, cut at the last clause that fits, with its flags."""
    if raw is None or isinstance(raw, bool | dict | list):
        return "", ()
    text, flags = str(raw), []
    if len(text) > limit * 20:
        text = text[: limit * 20]
        flags.append("field_too_long")
    for flag, step in _STEPS:
        text, changed = step(text)
        if changed:
            flags.append(flag)
    text = re.sub(r"\s+", " ", text).strip(" ，,、；;")
    if len(text) > limit:
        flags.append("field_too_long")
        text = _shorten(text, limit)
    return text, tuple(dict.fromkeys(flags))


def _shorten(text: str, limit: int) -> str:
    """The leading clauses that fit; where not even one fits, nothing: half a sentence may say the opposite."""
    cut = text[: limit + 1]
    ends = [m.start() for m in re.finditer(r"[。；;！？!?，,]|\.(?=\s)", cut)]
    return cut[: ends[-1]].strip() if ends else ""
