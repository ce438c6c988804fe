"""Each platform on loopback, real HTTP and SMTP: what it is sent, by what signature, within what size, and what it refuses."""

import email.policy
from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from errors import NotAllowed
from monitoring.channels.models import Line, Mail, Message, Target
from monitoring.channels.send import send
from tests.fixtures.loop import in_a_loop
from tests.fixtures.receivers import Mailbox, Platform, dingtalk_sign, feishu_sign, receiving, receiving_mail

NOW = datetime(2026, 3, 14, 13, 17, 5, 250_000, tzinfo=UTC)
SECRET = "SEC0123456789abcdef"
GOOD = {"wecom": b'{"errcode":0,"errmsg":"ok"}', "dingtalk": b'{"errcode":0,"errmsg":"ok"}',
        "feishu": b'{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}', "slack": b"ok"}  # fmt: skip
ROBOTS = tuple(GOOD)
HOSTILE = "**青禾**[点我](http://evil.example) ![](http://evil.example/p.png) <@all> <!channel> @all `x` <http://evil.example|领奖>\r\n# 标题\u202e"


def text_of(channel: str, body: dict) -> str:
    if channel == "feishu":
        post = body["content"]["post"]["zh_cn"]
        return "\n".join([post["title"], *(row[0]["text"] for row in post["content"])])
    return body["text"] if channel == "slack" else body["markdown"]["content" if channel == "wecom" else "text"]


def said(title: str = "【立即处理】重点媒体点名 某事件", *lines: Line) -> Message:
    return Message("D7", "red", title, (*lines, Line("编号 D7")))


def sent(channel: str, message: Message, platform: Platform, secret: str | None = SECRET, **given):
    target = Target(channel, f"{platform.base}/hook?access_token=T0KEN&key=K3Y", secret, **given)
    return in_a_loop(send(target, message, now=NOW, allow_private=True))


@pytest.mark.parametrize("channel", ROBOTS)
def test_a_message_arrives_with_title_reasons_items_and_links(channel: str) -> None:
    lines = (Line("云州都市报（1 级媒体）同时出现「青禾」和「爆炸」。"), Line("青禾灶具爆炸（云州都市报，03-14 21:05）", "https://press.example/a_(1)?x=1&y=2"))
    with receiving(Platform(GOOD[channel])) as platform:
        outcome = sent(channel, said("【立即处理】某事件", *lines), platform)
    (got,) = platform.got
    text = text_of(channel, got.body)
    assert outcome.sent
    assert got.path == "/hook"
    assert got.query["key"] == "K3Y"
    assert all(part in text for part in ("【立即处理】某事件", "「青禾」和「爆炸」", "青禾灶具爆炸", "编号 D7"))
    if channel == "feishu":
        assert got.body["content"]["post"]["zh_cn"]["content"][1][0]["href"] == "https://press.example/a_%281%29?x=1&y=2"
    else:
        assert "https://press.example/a_%281%29?x=1&" in text


def test_dingtalk_signs_the_address_and_feishu_the_body() -> None:
    with receiving(Platform(GOOD["dingtalk"])) as platform:
        assert sent("dingtalk", said(), platform).sent
    query = platform.got[0].query
    assert query["timestamp"] == str(round(NOW.timestamp() * 1000))
    assert query["sign"] == dingtalk_sign(SECRET, query["timestamp"])
    assert query["access_token"] == "T0KEN"
    with receiving(Platform(GOOD["feishu"])) as platform:
        assert sent("feishu", said(), platform).sent
    body = platform.got[0].body
    assert body["timestamp"] == str(int(NOW.timestamp()))
    assert body["sign"] == feishu_sign(SECRET, body["timestamp"])


@pytest.mark.parametrize("channel", ROBOTS)
def test_without_a_secret_nothing_is_signed(channel: str) -> None:
    with receiving(Platform(GOOD[channel])) as platform:
        assert sent(channel, said(), platform, None).sent
    assert "sign" not in platform.got[0].query
    assert "sign" not in platform.got[0].body


@pytest.mark.parametrize("channel", ROBOTS)
def test_a_hostile_headline_is_only_text(channel: str) -> None:
    with receiving(Platform(GOOD[channel])) as platform:
        sent(channel, said(HOSTILE, Line(HOSTILE, "javascript:alert(1)"), Line("x", "https://a.example/)](http://evil.example")), platform)
    text = text_of(channel, platform.got[0].body)
    assert "\u202e" not in text
    if channel == "feishu":  # elements: text is text whatever it says
        rows = platform.got[0].body["content"]["post"]["zh_cn"]["content"]
        assert [row[0]["tag"] for row in rows] == ["text", "a", "text"]
        return
    ours = text.replace('<font color="warning">', "").replace("</font>", "")
    for mark in ("](http://evil", "![", "<@", "<!", "@all", "`", "<http://evil", "://evil.example/p.png", "\n# "):
        assert mark not in ours
    assert "青禾" in text


@pytest.mark.parametrize(("channel", "limit"), [("wecom", 4096), ("dingtalk", 20_000), ("feishu", 20_480), ("slack", 12_200)])
@pytest.mark.parametrize("size", [10, 400, 5_000])
def test_no_platform_is_sent_more_than_it_takes_and_no_character_is_cut(channel: str, limit: int, size: int) -> None:
    lines = [Line(f"{n}：" + "爆炸😀" * size, f"https://press.example/{'a' * 200}") for n in range(60)]
    with receiving(Platform(GOOD[channel])) as platform:
        assert sent(channel, said("题" * size, *lines), platform).sent
    raw = platform.got[0].raw
    text = text_of(channel, platform.got[0].body)
    counted = text.encode() if channel in ("wecom", "slack") else raw
    assert len(counted) <= limit
    assert "\ufffd" not in text
    assert text.endswith("编号 D7")  # the reference is never what is cut off
    assert text.startswith(("题", "**<font", "#### <font"))


@pytest.mark.parametrize(
    ("channel", "status", "body", "key", "again"),
    [
        ("wecom", 200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', "channel.refused", False),
        ("wecom", 200, b'{"errcode":45009,"errmsg":"api freq out of limit"}', "channel.refused", True),
        ("dingtalk", 200, b'{"errcode":310000,"errmsg":"sign not match"}', "channel.refused", False),
        ("dingtalk", 200, b'{"errcode":130101,"errmsg":"send too fast"}', "channel.refused", True),
        ("feishu", 200, b'{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}', "channel.refused", False),
        ("feishu", 200, b'{"code":11232,"msg":"frequency limited"}', "channel.refused", True),
        ("feishu", 200, b'{"ok":true}', "channel.unreadable", True),
        ("wecom", 200, b"<html>please log in to the hotel network</html>", "channel.unreadable", True),
        ("slack", 200, b"<html>please log in</html>", "channel.unreadable", True),
        ("slack", 404, b"no_service", "channel.status", False),
        ("slack", 400, b"invalid_payload", "channel.status", False),
        ("slack", 429, b"", "channel.status", True),
        ("slack", 503, b"", "channel.status", True),
        ("wecom", 302, b"", "channel.status", False),
    ],
)
def test_a_refusal_is_seen_for_what_it_is(channel: str, status: int, body: bytes, key: str, again: bool) -> None:
    with receiving(Platform(script=[(status, body, {"Retry-After": "37", "Location": "http://127.0.0.1:9/"})])) as platform:
        outcome = sent(channel, said(), platform)
    assert not outcome.sent
    assert (outcome.problem.key, outcome.again) == (key, again)
    assert len(platform.got) == 1  # a redirect is not followed
    if status == 429:
        assert outcome.retry_after == 37


@pytest.mark.parametrize(("body", "sent_well"), [(b'{"ok":true}', True), (b'{"success":true}', True), (b"", True), (b'{"ok":false}', False)])
def test_what_speaks_like_slack_may_agree_in_its_own_way(body: bytes, sent_well: bool) -> None:
    with receiving(Platform(body)) as platform:
        assert sent("slack", said(), platform).sent is sent_well


def test_a_connection_that_breaks_may_have_delivered_and_one_that_never_came_about_has_not() -> None:
    with receiving(Platform(hang_up=True)) as platform:
        broken = sent("wecom", said(), platform)
    assert (broken.again, broken.unsure) == (True, True)
    refused = sent("wecom", said(), platform)  # nobody listens there any more
    assert (refused.problem.key, refused.again, refused.unsure) == ("fetch.unreachable", True, False)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "http://[::1]/x", "http://10.1.2.3/x", "http://169.254.169.254/latest", "http://2130706433/"])
def test_no_inner_address_is_asked_unless_it_is_allowed(address: str) -> None:
    outcome = in_a_loop(send(Target("slack", address), said(), now=NOW))
    assert (outcome.sent, outcome.again) == (False, False)
    assert outcome.problem.key in ("fetch.inner_network", "fetch.bad_address")


@pytest.mark.parametrize("channel", [*ROBOTS, "email"])
@pytest.mark.parametrize("kind", ["example", "drill", "anything"])
def test_for_an_example_or_a_drill_the_door_stays_shut(channel: str, kind: str) -> None:
    with receiving(Platform()) as platform, pytest.raises(NotAllowed):
        sent(channel, said(), platform, kind=kind)
    assert platform.got == []


def test_nothing_that_may_be_printed_holds_address_or_secret() -> None:
    target = Target("dingtalk", "https://oapi.example/robot?access_token=T0KEN", SECRET)
    mail = Mail("mail.example", 25, "desk@example.org", "none", "desk", "geheim")
    assert not any(secret in f"{target!r}{mail!r}" for secret in ("T0KEN", SECRET, "geheim"))


# --- mail --------------------------------------------------------------------------------------------------------

def mailed(mailbox: Mailbox, message: Message):
    mail = Mail("127.0.0.1", mailbox.port, "Desk <desk@example.org>", "none")
    return in_a_loop(send(Target("email", "gu.man@example.org"), message, now=NOW, mail=mail))


def test_a_letter_arrives_and_nothing_in_it_adds_a_header() -> None:
    with receiving_mail(Mailbox()) as mailbox:
        outcome = mailed(mailbox, said("青禾\r\nBcc: evil@example.org", Line("一行\r\n.\r\n又一行", "https://press.example/1")))
    assert outcome.sent
    letter = message_from_bytes(mailbox.letters[0], policy=email.policy.default)
    assert letter["To"] == "gu.man@example.org"
    assert letter["Bcc"] is None
    assert letter["Subject"] == "青禾 Bcc: evil@example.org"
    assert letter["Message-ID"] == "<D7@example.org>"
    assert "https://press.example/1" in letter.get_content()


@pytest.mark.parametrize(("answer", "again"), [("550 5.1.1 no such user", False), ("451 greylisted", True)])
def test_a_mailbox_that_is_refused_is_seen(answer: str, again: bool) -> None:
    with receiving_mail(Mailbox(refuse=answer)) as mailbox:
        outcome = mailed(mailbox, said())
    assert (outcome.problem.key, outcome.again, outcome.status) == ("channel.mail_refused", again, int(answer[:3]))


def test_no_mail_server_is_a_sentence_and_one_that_is_gone_is_tried_again() -> None:
    assert in_a_loop(send(Target("email", "a@example.org"), said(), now=NOW)).problem.key == "channel.no_mail"
    with receiving_mail(Mailbox()) as mailbox:
        port = mailbox.port
    outcome = mailed(Mailbox(port=port), said())
    assert (outcome.problem.key, outcome.again) == ("channel.mail_unreachable", True)
