from datetime import UTC, datetime

import pytest

from monitoring.dates import read_date

NOW = datetime(2026, 3, 14, 13, 17, tzinfo=UTC)  # 21:17 in Shanghai


def in_utc(text: str, zone: str = "Asia/Shanghai") -> str | None:
    moment, _ = read_date(text, zone, NOW)
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023年5月1日", "2023-04-30 16:00:00"),
        ("2023年5月1日 下午3:05", "2023-05-01 07:05:00"),
        ("2023年05月01日 星期一 14时33分20秒", "2023-05-01 06:33:20"),
        ("2020/1/10 14:33:00", "2020-01-10 06:33:00"),
        ("2020-1-10 9:03", "2020-01-10 01:03:00"),
        ("2006. 01. 04. 17:48:45", "2006-01-04 09:48:45"),
        ("Wed, 26 Oct 2016 22:16:59 CST", "2016-10-26 14:16:59"),
        ("Mon Jan 16 12:00:00 CST 2006", "2006-01-16 04:00:00"),
        ("Wed, 26 十月 2016 22:16:59 +0800", "2016-10-26 14:16:59"),
        ("Sat, 31 Dec 2005 06:15:55+0900", "2005-12-30 21:15:55"),
        ("Sun, 10 Dec 17 13:01:36 -0800", "2017-12-10 21:01:36"),
        ("Thu, 01 Aug 2019 16:15 EDT", "2019-08-01 20:15:00"),
        ("Mon, 01 Jan 2024 12:00:00 GMT+8", "2024-01-01 04:00:00"),
        ("Friday, January 29, 2021 04:42 PM", "2021-01-29 08:42:00"),
        ("Thu (market day), 9(th) Feb(ruary) 2006 23:59:45 +0000", "2006-02-09 23:59:45"),
        ("2026-01-29T06:03:33.392Z", "2026-01-29 06:03:33"),
        ("20021231T19:20:30.45+01:00", "2002-12-31 18:20:30"),
        ("2003-07-01T01:55:07 -05:00", "2003-07-01 06:55:07"),
        ("2024-01-01 24:00:00", "2024-01-01 16:00:00"),
        ("22.11.2022 12:16:00", "2022-11-22 04:16:00"),
        ("1700000000", "2023-11-14 22:13:20"),
        ("1700000000000", "2023-11-14 22:13:20"),
        ("3小时前", "2026-03-14 10:17:00"),
        ("昨天 12:30", "2026-03-13 04:30:00"),
        ("5月1日 14:33", "2025-05-01 06:33:00"),
    ],
)
def test_a_date_is_read_as_a_person_in_china_reads_it(text: str, moment: str) -> None:
    assert in_utc(text) == moment


def test_a_date_without_a_zone_is_read_in_its_sources_zone() -> None:
    assert in_utc("2025-07-01 12:00:00", "America/Chicago") == "2025-07-01 17:00:00"
    assert in_utc("Tue, 01 Jul 2025 12:00:00 CST", "America/Chicago") == "2025-07-01 18:00:00"
    assert in_utc("2025-07-01 12:00:00", "no/such zone") == "2025-07-01 04:00:00"


@pytest.mark.parametrize(
    "text", ["0", "Thu, 01 Jan 1970 00:00:00 +0000", "0001-01-01T00:00:00Z", "2023-02-30", "31 Apr 2024", "2099-01-01",
             "2024-01-01 25:00", "2024-13-01", "Mon, 01 Jan 2024 12:00:00 +9900"],
)  # fmt: skip
def test_an_impossible_date_is_no_date(text: str) -> None:
    assert read_date(text, "Asia/Shanghai", NOW) == (None, "impossible")


@pytest.mark.parametrize("text", ["soon", "2003", "2002-12", "07-01T01:55:07-05:00", "٣ مارس", "1" * 5_000])
def test_what_is_no_date_is_said_to_be_unreadable(text: str) -> None:
    assert read_date(text, "Asia/Shanghai", NOW) == (None, "unreadable")


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_no_date_is_missing(text: str | None) -> None:
    assert read_date(text, "Asia/Shanghai", NOW) == (None, "missing")


def test_a_date_ahead_of_now_is_held_at_now() -> None:
    assert read_date("2026-03-14 23:00:00", "Asia/Shanghai", NOW) == (NOW, "ahead")
