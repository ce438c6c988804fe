"""The words that counts are recognised by: what is counted, who is hurt, what is mere talk."""

PEOPLE = (
    "people|persons?|residents?|passengers?|students?|pupils?|workers?|customers?|children|child|staff|guests?|men|man|women|woman"
    "|employees?|visitors?|neighbours?|patients?|tenants?|shoppers?|drivers?|colleagues?|casualties|victims?|firefighters?|adults?"
    "|members?|users?|consumers?|bystanders?"
)
UNITS_ZH = {
    "person": "人|名|位", "thing": "个(?!小时|月|半|人|百|工作日)", "household": "户|家", "building": "栋|幢|座", "floor": "层|楼",
    "machine": "台|辆|架|艘|只|部|套", "piece": "件|箱|瓶|杯|盒|袋|批|份|张|支|枚|起|宗|例|处|场|次", "hour": "个?小时|钟头",
    "minute": "分钟", "second": "秒", "day": "个工作日|工作日|天|日", "week": "周(?!岁|年)|个?星期", "month": "个月",
    "age": "周?岁", "year": "年|周年", "money": "[万亿百千]?(?:元|块|美元|港元|欧元)|人民币", "percent": "%",
    "length": "公里|千米|平方米|平米|立方米|米|厘米|毫米", "weight": "公斤|千克|吨|克|斤", "volume": "升|毫升",
    "degree": "摄氏度|度|℃", "number": "号|级|路|线", "times": "倍",
}  # fmt: skip
UNITS_EN = {
    "person": PEOPLE, "household": "households?|homes?|families|family|flats?|apartments?",
    "building": "buildings?|blocks?|houses?", "floor": "floors?|storeys?|stories", "hour": "hours?|hrs?|h",
    "minute": "minutes?|mins?", "second": "seconds?|secs?", "day": "(?:working |business )?days?", "week": "weeks?",
    "month": "months?", "age": "years? old", "year": "years?", "money": "yuan|rmb|dollars?|euros?|pounds?",
    "percent": "percent|per cent", "length": "kilomet(?:re|er)s?|km|met(?:re|er)s?|m|mph|miles?|cm|mm",
    "weight": "kilograms?|kg|tonnes?|tons?|grams?|g", "degree": "degrees?",
}  # fmt: skip
TALK_ZH = r"(?:个|条|项)?(?:方面|点(?!\d)|项|条|件事|步|类|种|问题|环节|举措|措施|建议|原则|者|方|边|侧|手|头|地|旁|可|成立)"
TALK_EN = "points?|things?|ways?|steps?|questions?|reasons?|measures?|parts?|sides?|parties|of (?:us|them|these|those)"
VAGUE = (
    "(?:[数几]|上|成|近|好几|十|百|千)[十百千万](?:余|多)?(?=[人名位户家台辆件])|(?:十|百|千)(?:余|多|几)(?=[人名位户家台辆件])"
    r"|(?i:\b(?:dozens|scores|hundreds|thousands)\b)"
)
ROLES_ZH = {
    "casualties": "伤亡|死伤|伤死", "deaths": "遇难|死亡|身亡|丧生|罹难|离世|去世|死者|不治|失去生命|亡故",
    "injured": "受伤|轻伤|重伤|负伤|伤者|伤员|烧伤|烫伤|[轻重]微伤", "missing": "失联|失踪|下落不明",
}  # fmt: skip
ROLES_EN = {
    "casualties": "casualt(?:y|ies)", "deaths": r"killed|died|dead|deaths?|fatalit\w+|deceased|lost (?:their|his|her) li\w+",
    "injured": r"injur\w+|hurt|wounded|unwell|burn(?:s|ed)|ill\b", "missing": "missing|unaccounted",
}  # fmt: skip
STOP = {"zh": r"[，。；、！？,;!?\n\d\0]|其中|另有|和|及", "en": r"[,.;:!?\n\d\0]|\band\b|\bbut\b"}
NOT = {"zh": "[未没无不]|是否|能否|如", "en": r"(?i)\b(?:not|no|nobody|never|whether|if|who may)\b"}
LEADS = {
    "zh": r"(?:人数|数)?\s*(?:已|约|为|是|达到?|增至|上升至|升至|增加到|上升到|共计?|有|合计|总数|了|[：:])*\s*$",
    "en": r"(?i)\s*(?:\b(?:toll|count|number|is|are|was|were|of|at|now|stands|rose|risen|has|to|stood|numbers?|total"
    r"|around|about)\b|[: ])*$",
}
NOBODY = {
    "zh": "(?<!有)(?:没有(?!其他|收到|接到|人?知)|未造成|未有|暂无|尚无|并无|(?<![有别])无(?!论|法|关|需|其他|须))"
    "(?:任何|人员|人|造成)*(?=遇难|死|身亡|丧生|罹难|受伤|伤亡|失联|失踪|下落|离世)",
    "en": r"(?i)\b(?:(?:no one|nobody|no-one|none|no (?:people|person|residents?|staff|workers?|passengers?))(?! else)"
    r"(?:\s+\w+){0,3}?\s+(?:has |have |was |were |is |are |been )*(?=killed|died|dead|injured|hurt|missing)"
    r"|(?:no|zero) (?=deaths?\b|fatalit|injur|casualt))",
}
