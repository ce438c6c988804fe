"""Named places, without a gazetteer: a name before 区, 路, 小区 or the like; capitalised words before District or Road,
and behind in or near. A bare Chinese name (在杭州) is not recognised."""

import re

from statements.tracing.mentions import Place

_AFTER = {  # what turns the suffix into the beginning of another word: 市 into 市场
    "省": "级长委心力钱略去内外道份事", "市": "场民政监长委面容价值盈镇", "区": "别分域间划块位段隔", "县": "级长委政",
    "镇": "静定痛长委", "乡": "镇村亲下长愁", "村": "民委落口干镇庄里", "路": "上面段人口由线灯边网程过费障况径政数基牌局",
    "街": "道坊头边上区面", "巷": "子口", "弄": "清错堂坏虚", "苑": "内",
}  # fmt: skip
_LONG = "街道|大道|大街|新村|小区|社区(?!广播|服务|工作|居委|网格|民警|卫生|医院|群|公告|干部)|花园|家园|公寓|大厦|广场|园区"
_SUFFIX = re.compile(f"{_LONG}|" + "|".join(f"{mark}(?![{after}])" for mark, after in _AFTER.items()))
_NOT_A_NAME = set(
    "的该某这那此本我你您贵各全一两几每在到了和与或及是个处家所附近周边整同涉事其原现老旧有为从往进出沿由向至把被将要么多少跨过以对给让见看问找请"
    "0123456789，。；、：:（）()“”\"' \0！？"
)
_COMMON = (
    "住宅 居民 生活 商住 安置 城市 超市 都市 上市 门市 股市 楼市 夜市 集市 菜市 道路 公路 铁路 马路 线路 电路 管路 气路 油路"
    " 水路 思路 一路 出路 回路 网路 高速 主干 地区 景区 片区 校区 厂区 库区 辖区 市区 城区 郊区 社区 小区 园区 工业 开发 院区"
    " 灾区 矿区 山区 全国 外省 省市 县市 区县 乡镇 城镇 农村 乡村 管辖 责任 作业 现场 封闭 警戒 隔离 安全 危险 重点 相关 有关"
    " 部分 影响 当地 事发 所在 大型 中心 步行 商业 服务 专业 产业 科技 物流 家居 建材 购物 半路 让路 绕路 问路 认路 走路 赶路"
    " 开路 修路 断路 短路 地下 停车 公共 居住"
)
_EN = re.compile(
    r"\b((?:(?:[A-Z][\w'’-]*)\s+){1,3}(?:District|County|City|Town(?:ship)?|Village|Province|Prefecture|Borough|Road|Street|Avenue|Lane"
    r"|Boulevard|Square|Park|Compound|Estate|Gardens?|Tower|Plaza|Bridge|Station|Subdistrict|Mansions?|Court))\b"
)
_EN_IN = re.compile(r"(?<=[a-z0-9,;] )(?:in|near|outside)\s+(?:the\s+)?([A-Z][a-z'’-]+(?:\s+[A-Z][a-z'’-]+)*)")
_EN_NOT = (
    "Chinese English January February March April May June July August September October November December Monday Tuesday"
    " Wednesday Thursday Friday Saturday Sunday The Our This"
)
LONGEST = 6  # characters of a Chinese name that are looked at


def places(text: str, language: str) -> list[Place]:
    return _chinese(text) + (_english(text) if language == "en" else [])


def _chinese(text: str) -> list[Place]:
    found = []
    for match in _SUFFIX.finditer(text):
        name = _before(text, match.start())
        if len(name) >= 2 and not _common(name, match[0]):
            least = name[-2:] + match[0]
            names = (least, name[-1] + match[0]) if match[0] == "县" else (least,)
            found.append(Place(match.end() - len(least), match.end(), least, names))
    return found


def _before(text: str, at: int) -> str:
    """The name that may end before `at`: Chinese characters back to the first that is part of no name."""
    start = at
    while start > 0 and at - start < LONGEST and "一" <= text[start - 1] <= "龥" and text[start - 1] not in _NOT_A_NAME:
        start -= 1
    return text[start:at]


def _common(name: str, suffix: str) -> bool:
    whole = name + suffix
    return any(name.endswith(word) or (word != suffix and whole.endswith(word)) for word in _COMMON.split()) or name[-1] in _AFTER


def _english(text: str) -> list[Place]:
    named = [Place(*match.span(1), match[1], (match[1],)) for match in _EN.finditer(text)]
    taken = {at for one in named for at in range(one.start, one.end)}
    for match in _EN_IN.finditer(text):
        if match.start(1) not in taken and match[1].split()[0] not in _EN_NOT.split():
            named.append(Place(*match.span(1), match[1], (match[1],)))
    return named
