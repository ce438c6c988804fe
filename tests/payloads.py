"""What somebody may paste into a field by mistake or on purpose. Nothing here is ever to run, load, link or look like ours."""

MARKDOWN = (
    "![看](http://example.invalid/x.png)", "[点这里](http://example.invalid/)", "[点](javascript:alert(1))", "<b>粗</b>",
    "<img src=http://example.invalid/y.png onerror=window.ran=1>", "<script>window.ran=1</script>", "# 冒充的标题",
    "> 引", "- 一\n- 二", "1. 一", "**粗** _斜_ ~~删~~ `码`", "冒充\n===", "| a | b |\n|---|---|\n| 1 | 2 |", "$x^2$ $$y$$",
    ":red[红] :material/home: :smile:", "https://example.invalid/z www.example.invalid WWW.EXAMPLE.INVALID a@example.invalid",
    "<https://example.invalid/>", "&lt;b&gt; &#60;", "\\*", "    code", "```\ncode\n```", "---", "[^1]: x", "- [ ] 待办",
)  # fmt: skip
HTML = (
    "</div></div><h1>冒充的标题</h1><h2>冒充的标题</h2><script>window.ran=1</script><img src=http://example.invalid/a.png "
    "onerror=window.ran=1><svg onload=window.ran=1><style>*{display:none}</style><iframe src=http://example.invalid/></iframe>"
    "<a href=http://example.invalid/>点</a><meta http-equiv=refresh content='0;url=http://example.invalid/'>"
)
TEMPLATE = "{{ 7 * 7 }} {% for x in range(9) %}九{% endfor %} {{ config.__class__ }} ${7*7} #{7*7}"
HIDDEN = "\u202e反着写的\u2066字\u200b隔\x07"
EMOJI = "🔥👨‍👩‍👧‍👦🇨🇳"
STRANGE = f"{HTML} {MARKDOWN[0]} {MARKDOWN[15]}\n# 冒充的标题\n{TEMPLATE} {EMOJI} {HIDDEN}"
LONG = "灶" * 20_000
UNBROKEN = "a" * 20_000
