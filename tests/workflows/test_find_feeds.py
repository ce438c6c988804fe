"""From a site's address to its feeds where they commonly lie; inner networks never. What a page names: test_opml.py."""

from datetime import UTC, datetime

from monitoring.zones import likely_zone
from tests.fixtures.hostile_feeds import FEED, Feeds, serving
from tests.fixtures.loop import in_a_loop
from workflows.add_feed import Trial
from workflows.find_feeds import find_feeds
from workflows.parse_guarded import ParseGuard

NOW = datetime(2026, 3, 14, 13, 17, tzinfo=UTC)
PAGE = "<html><head><title>晚报</title></head><body>首页</body></html>"


def found(bodies: dict[str, str], path: str, guard: ParseGuard, allow_private: bool = True) -> tuple[Trial, ...]:
    async def look() -> tuple[Trial, ...]:
        feeds = Feeds()
        feeds.bodies = {name: body.encode() for name, body in bodies.items()}
        async with serving(feeds) as server:
            address = server.base + path
            return await find_feeds(address, zone="Asia/Shanghai", now=NOW, guard=guard, allow_private=allow_private)

    return in_a_loop(look())


def test_a_sites_address_leads_to_its_feeds() -> None:
    feed = FEED.decode()
    with ParseGuard() as guard:
        [usual] = found({"/": PAGE, "/rss.xml": feed, "/feed": feed}, "/", guard)
        [direct] = found({"/good": feed}, "/good", guard)
        [nothing] = found({"/": PAGE}, "/", guard)
        [inner] = found({"/": PAGE, "/good": feed}, "/", guard, allow_private=False)
    for trial in (usual, direct):
        assert (trial.title, trial.count, trial.items[0].title) == ("北岭晚报", 1, "雅燃灶具爆炸，三人受伤")
    assert nothing.problem is not None
    assert nothing.problem.key == "feed.none_found"
    assert inner.problem is not None
    assert inner.problem.key == "fetch.inner_network"


def test_the_zone_is_guessed_by_address_then_by_language() -> None:
    assert likely_zone("https://news.example.uk/rss", "en", "Asia/Shanghai") == "Europe/London"
    assert likely_zone("https://news.example.com/rss", "zh-CN", "Europe/Paris") == "Asia/Shanghai"
    assert likely_zone("https://news.example.com/rss", "en", "Europe/Paris") == "Europe/Paris"
    assert likely_zone("not an address [", None, "Asia/Tokyo") == "Asia/Tokyo"
