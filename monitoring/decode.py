"""Bytes → text. Strict decoders are asked in turn, so that no character is lost where one of them reads it all.

Order: byte order mark; UTF-8; what the document declares; what the server says, unless it says Latin-1, which servers
say of anything; then the encodings of Chinese and its neighbours, the likeliest reading first. A document of one
encoding with a few broken characters, as when a summary was cut within one, is read as that encoding without them.
"""

import codecs
import re
from dataclasses import dataclass

HEAD = 2_000
FEW = 0.1
"""Up to this share of broken among the non-ASCII characters, a text is still of the encoding that breaks on them."""
CHINESE = 0.15
"""A guess counts where at least this share of its letters are very common ones."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_WIDE = (
    (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"),
)  # fmt: skip
_WIDER = {  # what people mean by a name is the larger set that grew out of it
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030",
    "euc-cn": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-9": "cp1254", "tis-620": "cp874", "iso-8859-11": "cp874", "unicode": "utf-16",
    "ibm855": "cp855", "ibm866": "cp866", "maccyrillic": "mac-cyrillic", "x-mac-cyrillic": "mac-cyrillic",
}  # fmt: skip
_CHINESE = ("gb18030", "big5hkscs")
_NEIGHBOURS = ("euc_jp", "cp932", "cp949")
_PAIRED = ("gb18030", "euc_jp", "cp949")
"""Encodings whose characters are nearly always two high bytes, where those of European languages stand alone."""
_SEVEN_BIT = ("iso2022_jp", "iso2022_kr", "hz")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,300}?encoding\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.I)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.I)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.I)
_UNTRUSTED = ("cp1252", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
"""Names that say nothing once UTF-8 has failed: a document whose declaration can be read byte by byte is not wide."""
_NOT_FOR_DOCUMENTS = ("unicode-escape", "raw-unicode-escape", "utf-7", "idna", "punycode", "undefined", "mbcs", "oem")
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_SCRIPTS = {"cp932": ("\u3041", "\u30fe"), "euc_jp": ("\u3041", "\u30fe"), "cp949": ("\uac00", "\ud7a3")}
_HIGH = re.compile(rb"[\x80-\xff]+")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_COMMON = frozenset(
    "的一是了我不在人有来他这上们到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看"
    "起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世"
    "什两次使身者被高已亲其进此话常与活正感見來個們這說時會為國過後們對發開動長經間現進話從無還學樣問題業電務產報網新聞公司"
    "市场产品消费者部门记月号点企工全主體系关于表示相信息服务机构安理管督正核介入调查受致称已具人三"
    "無視臺灣際總統導員區縣廳處長東車軍農險費銀證監門診療權責調實傷稱聲讓請認設計價貨購買賣運輸質檢驗標準廠環師校藝術"
    "類別歷史觀評論圖書館網絡訊資體賽隊勝選黨議當將應該於還裡誰關係決罰審經濟機構務員幾萬與為單數據聯繫給結構連續"
)


@dataclass(frozen=True)
class Decoded:
    """`lost` counts characters that no decoder could read and that are left out."""

    text: str
    encoding: str
    lost: int = 0


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of a document, without control characters. Never fails: at worst it is read as windows-1252."""
    encoding, body = _choose(body, content_type)
    text = body.decode("latin-1").translate(_WINDOWS) if encoding == "cp1252" else body.decode(encoding, "replace")
    lost = text.count("\ufffd") if not _reads(body, encoding) else 0
    return Decoded(_ILLEGAL.sub("", text.replace("\ufffd", "") if lost else text), encoding, lost)


def _choose(body: bytes, content_type: str | None) -> tuple[str, bytes]:
    """The encoding, and the body without its mark."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, body[len(mark) :]
    for start, name in _WIDE:
        if body[:8].lstrip(b" \r\n\t").startswith(start):
            return name, body
    named = [name for name in (_declared(body), _from_header(content_type)) if name]
    if body.isascii():
        return next((name for name in named if name in _SEVEN_BIT and _reads(body, name)), "ascii"), body
    return _tried(body, [name for name in named if name not in _UNTRUSTED]), body


def _tried(body: bytes, named: list[str]) -> str:
    if _reads(body, "utf-8") or _broken_share(body, "utf-8") <= FEW:
        return "utf-8"
    if read := [name for name in named if _reads(body, name)]:
        return _likeliest(body, [read[0], *_CHINESE]) if read[0] in _CHINESE else read[0]
    if nearly := [name for name in named if _broken_share(body, name) <= FEW]:
        return nearly[0]
    for readable in (_reads, lambda body, name: _broken_share(body, name) <= FEW):
        for names in (_CHINESE, _NEIGHBOURS):
            guesses = [name for name in names if readable(body, name) and (name not in _PAIRED or _in_pairs(body))]
            if guesses and _commonness(body, best := _likeliest(body, guesses)) >= CHINESE:
                return best
    return "cp1252"


def _likeliest(body: bytes, names: list[str]) -> str:
    """The first, unless another reads it all and makes far commoner characters of it."""
    rivals = [name for name in names if _reads(body, name)]
    common = {name: _commonness(body, name) for name in dict.fromkeys((*(rivals or names), names[0]))}
    best = max(rivals or names, key=common.__getitem__)
    return best if common[best] > common[names[0]] + 0.2 else names[0]


def _commonness(body: bytes, encoding: str) -> float:
    """The share of very common characters among the letters that are not ASCII."""
    text = body[:6_000].decode(encoding, "replace")
    letters = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    own = _SCRIPTS.get(encoding)
    common = sum(map(_COMMON.__contains__, letters))
    if own is not None:
        common += sum(own[0] <= letter <= own[1] for letter in letters if letter not in _COMMON)
    return common / max(len(letters), 1)


def _in_pairs(body: bytes) -> bool:
    high = _HIGH.findall(body[:60_000])
    return sum(len(run) for run in high if len(run) > 1) >= 0.8 * sum(map(len, high))


def _broken_share(body: bytes, encoding: str) -> float:
    text = body.decode(encoding, "replace")
    wide = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") / max(wide, 1)


def _reads(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _declared(body: bytes) -> str | None:
    match = _DECLARED.match(body[:HEAD]) or _META.search(body[:HEAD])
    if match is None and body.startswith(b"Lo\xa7\x94"):  # <?xml in EBCDIC
        match = _DECLARED.match(body[:HEAD].decode("cp037").encode("ascii", "replace"))
    return _known(match[1].decode("ascii")) if match else None


def _from_header(content_type: str | None) -> str | None:
    match = _CHARSET.search(content_type or "")
    return _known(match[1]) if match else None


def _known(name: str) -> str | None:
    """Python's name for it, or for the larger set that is meant; None where it is no text encoding."""
    try:
        info = codecs.lookup(_WIDER.get(name.lower(), name))
    except (LookupError, ValueError):
        return None
    found = _WIDER.get(info.name, info.name)
    return found if getattr(info, "_is_text_encoding", True) and found not in _NOT_FOR_DOCUMENTS else None
