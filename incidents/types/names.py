"""Finds names in a narrative: those the firm itself goes by, and those of other firms."""

import re
from collections.abc import Iterator

_BRACKETS = re.compile(r"（.*?）|\(.*?\)")
_LEGAL_ENDINGS = re.compile(r"股份|有限|责任|公司|集团|控股|网络|科技|食品|企业|Ltd|Inc|Group|Co\.|plc")
_TRADES = (
    "乳业|乳制品|药业|制药|生物|汽车|银行|地产|置业|电器|酒业|航空|教育|影业|传媒|百货|超市|保险|证券|信托|石化|化工|医药|能源|电子|平台|实业|"
    "矿业|钢铁|水泥|重工|旅游|物流|快递|粮油|通讯|通信|疫苗|煤矿|肉业|零部件|财富|互娱|饮料|家居|家电|"
    "信用社|农商行|金服|钢贸|新能|服饰|烘焙|农业|信贷|电池|体检|仓储|会计师事务所|食品|科技|集团|控股|网络"
)
_PLACES = re.compile(
    r"^(?:中国|北京|上海|天津|重庆|广州|深圳|南京|杭州|武汉|成都|西安|苏州|香港|台湾|"
    r"[浙江苏广东山河南北湖福建四川云贵陕辽吉黑]{2}省?)"
)
_STRANGER_ZH = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:因|与|和|对|在|由|向|受|随着|自从?|同为?|邻[近县]的?|供应商|代工厂|原料商)?"
    rf"(?P<name>(?!我|本|该|贵|各|某|家|所有|其他|多|这|那|全|同|一|两|国|大型|民营|子|母|分|总|新|老|有|为|被)"
    rf"[\u4e00-\u9fff]{{2,4}}?(?:{_TRADES}|公司))(?!安全|监管|行业|企业|类|局|厅|部|标准|添加|柜|店|价|股|法|人|的)"
)  # fmt: skip
_STRANGER_EN = re.compile(r"(?<![A-Za-z.])[A-Z][A-Za-z’'&-]+(?: (?:& |of )?[A-Z][A-Za-z’'&-]+)*")
_TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|chief|director|chair\w*|president|executive|minister|judge|officer|manager)[a-z ,]*\.? ?$", re.I
)
_NOT_A_FIRM = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|Christmas|Easter|TV|PDF|UV|CEO|CFO|Europe\w*|America\w*|Asia\w*|Africa\w*|Chin\w+|Germ\w+|French|Brit\w+|US|UK|EU"
    r"|.*(?:Agency|Department|Ministry|Court|Post|Times|News|Channel|Radio|Courier|Gazette|Herald|Street|Road|Lane|University|Institute|Council|Commission|Authority|Weekly|Live)"
)
_ACTS = re.compile(
    r" (?:has |had )?(?:admitted|defaulted|falsified|forged|concealed|recalled)\b|['’]s (?!not\b|been\b|a\b|the\b)"
)
_COMMON = frozenset(
    ("first", "general", "national", "united", "royal", "great", "north", "south", "east", "west", "central")
)


def own_names(company: str | None) -> tuple[str, ...]:
    """The ways a narrative may call the firm, lower case: in full without brackets, without its legal form, and in short."""
    full = _BRACKETS.sub("", company or "").strip()
    core = _LEGAL_ENDINGS.sub("", full).strip(" 某")
    short = re.sub(_TRADES, "", _PLACES.sub("", core)).strip()
    first = full.split(" ")[0] if full.isascii() else ""
    more = [short] if not short.isascii() else []
    more += [first] if len(first) >= 4 and first.lower() not in _COMMON else []
    return tuple(dict.fromkeys(name.lower() for name in (full, core, *more) if len(name) >= 2))


def strangers(text: str, plain: str, company: str | None) -> Iterator[tuple[int, int]]:
    """Where names stand that look like those of firms other than `company`. `plain` is `text` in simplified characters."""
    own = own_names(company)
    for found in _STRANGER_ZH.finditer(plain):
        if not _is_own(found["name"], own):
            yield found.span("name")
    for found in _STRANGER_EN.finditer(text):
        if _is_firm(found.group(), text, found.start()) and not _is_own(found.group().lower(), own):
            yield found.span()


def _is_own(name: str, own: tuple[str, ...]) -> bool:
    return any(known in name or name in known for known in own)


def _is_firm(name: str, text: str, start: int) -> bool:
    """A capital alone opens a sentence as well as a name, so that a single word there must come again or act as a firm does."""
    before = text[:start].rstrip()
    alone = " " not in name
    opens = not before or before[-1] in ".!?:;\"”“'"
    if alone and (len(name) < 4 or (opens and text.count(name) < 2 and not _ACTS.match(text, start + len(name)))):
        return False
    return not _NOT_A_FIRM.match(name) and not _TITLED.search(text[max(0, start - 30) : start])
