"""What a confirmed thing may contain that may still not be published: fault, a person's particulars, money.

Coarse on purpose: the checker that the caller hands to `draft` judges every finished sentence once more.
"""

import re

from statements.models import Check, Verdict

_MONEY = (
    r"(?:[¥￥$£€]\s*\d[\d,.]*|\d[\d,.]*\s*(?:万|千|百|亿)?(?:余|多)?(?:元|块钱|美元|欧元|港元|港币|人民币)|[一二两三四五六七八九十百千万]+元"
    r"|\d[\d,.]*\s*(?:k|m|million|thousand)?\s*(?:dollars|pounds|euros|yuan|rmb|usd|gbp|eur|cny)\b)"
)
_MULTIPLE = r"|[退假缺]一[赔罚][一二三五十百\d]|(?:赔偿?|退还?)[一二两三五十\d]+倍|(?:全额|双倍|十倍|三倍)(?:赔偿|赔付|补偿)"
_PAYING = (
    r"(?:赔|补偿|慰问金|抚恤|垫付|支付|承担|和解|退一|私了|"
    r"compensat|pay\b|paid|paying|settle|damages|reimburs|goodwill|award)"
)
_AMOUNT = re.compile(rf"(?:{_PAYING}).{{0,24}}{_MONEY}|{_MONEY}.{{0,24}}(?:{_PAYING}){_MULTIPLE}", re.I | re.S)
_SOURCE = re.compile(
    r"通报|认定|公布|出具|据.{1,12}(?:称|介绍)|according to|confirmed by|recorded by|reported by"
    r"|\([^)]*(?:service|police|hospital|authority|office|council|inspector)[^)]*\)",
    re.I,
)
_CAUSED = r"(?:导致|造成|引发|引起|所致)"
_ADMISSION = re.compile(
    r"(?:我司|我们|本公司|公司|员工|店员|司机|工人|操作员|厨师|当班)[^，。；]{0,14}"
    r"(?:过失|疏忽|疏漏|失误|违规|违章|失职|大意|未按|没有按|忘记|漏检|负(?:主要|全部)?责任|有责任)"
    r"|负?全责|(?:承担|负)(?:全部|一切|主要)?责任|负责到底|赔礼道歉|谢罪"
    r"|(?:质量|设计|工艺)(?:问题|缺陷)|存在缺陷|有缺陷|不合格产品"
    rf"|(?:由于|因为|系因|系)[^，。；]{{1,24}}{_CAUSED}|[^，。；]{{2,16}}(?:操作不当|老化|失灵|偷工减料){_CAUSED}"
    r"|(?:早就|早已|此前已|之前就|事前已)[^，。；]{0,8}(?:知道|知情|发现|接到|收到)|明知"
    r"|\bour (?:own )?(?:fault|negligence|mistake|error|failure|responsibility)\b|\bnegligen|\bcaused by our\b"
    r"|\bwe (?:are|were) (?:at fault|to blame|negligent|liable|responsible)|\bfully (?:liable|responsible)"
    r"|\baccept(?:s|ed)? (?:full |all |the )?(?:blame|liability|responsib)"
    r"|\badmit(?:s|ted)?\b[^.;]{0,30}(?:fault|liab|blame|error|responsib)"
    r"|\b(?:was|were|is|are) defective\b|\b(?:known|manufacturing|design) (?:defect|fault)"
    r"|\bwe (?:already )?(?:knew|had known)\b|\bforgot to\b|\bskipped (?:the )?(?:check|inspection|maintenance)",
    re.I,
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_PERSON = r"(?:姓名|名叫|名为|叫做|死者|伤者|受害者|当事人|员工|患者|乘客)"
_BODY_PART = "mouth|lip|arm|leg|hand|face|head|finger|eye|wrist|ankle|back|neck|tooth|teeth|foot|skull|jaw"
_PRIVACY = re.compile(
    r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])|(?<!\d)1[3-9]\d{9}(?!\d)|身份证|住址|家住|病历号|住院号|床号"
    rf"|[{_SURNAMES}](?:某某?|[\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐|老人|同学|阿姨|师傅))"
    rf"|{_PERSON}[:：为是叫]?[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[，,（(、。；;]|$)"
    rf"|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}[（(，,][男女]?[，,]?\d{{1,3}}岁|[（(][男女][，,]\s*\d{{1,3}}岁"
    rf"|\d{{1,3}}\s*岁的?(?:[{_SURNAMES}]|女童|男童|男孩|女孩)|确诊|诊断为|烧伤科|精神科|艾滋|癌|病史|怀孕|孕妇"
    r"|(?:幢|栋|号楼|单元)[^，。；]{0,6}\d{2,4}\s*[室号户]"
    r"|\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z][a-z]+|\b[A-Z][a-z]+ [A-Z][a-z]+, (?:aged? )?\d{1,2}\b(?!\s*(?:people|staff|%))"
    r"|\baged? \d{1,2}\b|\b\d{1,2}[- ]year[- ]old\b|\b(?:named|called|name is|identified as)\s+[A-Z][a-z]+"
    r"|\b(?:Flat|Apartment|Apt\.?|Unit)\s*#?\d+\w?\b|\bpassport (?:no|number)|\bdate of birth\b|\bdiagnos|\bpregnan|\bHIV\b"
    rf"|\b(?:cut|broke|burned|burnt|fractured|lost) (?:her|his|their) (?:own )?(?:{_BODY_PART})",
    re.M,
)
_RULES = (("amount_in_facts", _AMOUNT), ("privacy_in_facts", _PRIVACY))
_FLAG_OF_LABEL = {"privacy": "privacy_in_facts", "compensation_commitment": "amount_in_facts"}


def objections(text: str) -> tuple[str, ...]:
    """The flags a piece of text earns by itself. A finding that names its source is not an admission (codebook G3)."""
    found = [flag for flag, pattern in _RULES if pattern.search(text)]
    if _ADMISSION.search(text) and not _SOURCE.search(text):
        found.append("admission_in_facts")
    return tuple(found)


def screen(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the sentences that may not be published, and why they were left out."""
    if not objections(text):
        return text, ()
    parts = re.split(r"(?<=[。！？；;!?])|(?<=\.)\s+(?=[A-Z])", text)
    kept = "".join(part if part[:1].isascii() is False else part + " " for part in parts if not objections(part)).strip(
        " 。；;"
    )
    flags = [flag for part in parts for flag in objections(part)] or list(objections(text))
    return ("" if objections(kept) else kept), tuple(dict.fromkeys(flags))


def blocked(text: str, lang: str, check: Check) -> tuple[str, ...]:
    """The flags for a sentence the checker would block; empty where it may stand."""
    verdict: Verdict = check(text, lang)
    if verdict.severity != "block":
        return ()
    labels = [f.label for f in verdict.findings if f.severity == "block"]
    return tuple(dict.fromkeys(_FLAG_OF_LABEL.get(label, "admission_in_facts") for label in labels)) or (
        "admission_in_facts",
    )
