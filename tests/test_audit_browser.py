"""The HTML report in Chromium, opened from a file: it works, asks for nothing, and axe has nothing to say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import browser
from audit_files import FAILED, HOSTILE, RUN, finding, record, written
from browser import DESKTOP, PHONE, SCHEMES, Scheme, violations
from hublint.audit.results import html

if TYPE_CHECKING:
    from playwright.sync_api import Locator, LocatorAssertions, Page

pytestmark = browser.needed

LONG = "an-organization-with-a-long-name/" + "x" * 96


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report with more of everything than fits on a page."""
    folder = tmp_path_factory.mktemp("report")
    every = []
    for number in range(160):
        levels = ("error", "warning", "info")
        found = [
            finding(
                f"SP{place:03}", severity=levels[place % 3], line=place + 1, message=f"`{number}` is wrong, {place}"
            )
            for place in range(number % 7)
        ]
        every.append(record(f"owner-{number % 9}/name-{number:03}", ("model", "dataset", "space")[number % 3], found))
    many = [finding("DK002", line=number, message=f"number {number}", fix=None) for number in range(1, 131)]
    long = [finding(message="word " * 600, path="a/" * 60 + "b.txt"), finding(message="m" * 3_000)]
    hostile = [finding(f"XX{place:03}", message=text, path=text, frame=text) for place, text in enumerate(HOSTILE)]
    every += [record("acme/many", "space", many), record(LONG, "model", long), record("acme/odd", "model", hostile)]
    return page_of(folder, *every, FAILED)


def page_of(folder: Path, *records: object) -> str:
    source = written(folder / "audit.jsonl", *records, run=RUN._replace(targets=("org/*", HOSTILE[0])))  # type: ignore[arg-type]
    html.write(str(source), str(folder / "report.html"))
    return (folder / "report.html").as_uri()


@contextmanager
def shown(address: str, size: tuple[int, int] = DESKTOP, scheme: Scheme = "light") -> Iterator[Page]:
    """The report once it is ready; at the end it must have asked for nothing and complained of nothing."""
    with browser.opened(size, scheme) as (page, seen):
        page.on("dialog", lambda dialog: seen.complaints.append(f"dialog: {dialog.message}"))
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        yield page
        others = [each for each in seen.requests if not each.startswith((address.partition("#")[0], "data:"))]
        assert (seen.complaints, others) == ([], [])


def expect(locator: Locator) -> LocatorAssertions:
    """Waits, without `eval`, which the page forbids."""
    from playwright import sync_api

    return sync_api.expect(locator)


def rows(page: Page) -> list[str]:
    return [row.inner_text() for row in page.locator("#list tr.row").all()]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_has_nothing_to_say(report: str, size: tuple[int, int], scheme: Scheme) -> None:
    with shown(report, size, scheme) as page:
        assert violations(page) == []
        for button in page.locator("#list .open").all()[:4]:
            button.click()
        page.locator("details.more > summary").first.click()
        page.wait_for_selector(".inside .frame")
        assert violations(page) == []
        for place in (
            "#/repositories",
            "#/space/acme/many",
            f"#/model/{LONG}",
            "#/model/acme/odd",
            "#/model/none/such",
        ):
            page.goto(report + place)
            page.wait_for_selector("#list table.repositories:visible, #name:visible")
            assert violations(page) == [], place
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


@pytest.mark.parametrize("number", [0, 1])
def test_with_next_to_nothing(tmp_path: Path, number: int) -> None:
    with shown(page_of(tmp_path, *[record(findings=[])] * number)) as page:
        assert violations(page) == []
        assert page.locator("#heading").inner_text() == "Repositories" and len(rows(page)) == number


def test_the_summary_is_there_without_scripts(report: str) -> None:
    with browser.opened(scripts=False) as (page, seen):
        page.goto(report)
        text = page.locator("body").inner_text()
        assert "need scripts; what is above is complete without" in text and "acme/many" in text and "DK002" in text
        assert not page.locator("#explore").is_visible() and not page.locator("#theme").is_visible()
        bars = [bar.bounding_box() for bar in page.locator("svg rect.error").all()]
        assert len(bars) > 10 and all(bar and bar["width"] > 0 and bar["height"] > 0 for bar in bars)
        assert seen.complaints == []


def test_hostile_texts_are_shown_as_text(report: str) -> None:
    with shown(f"{report}#/findings?q=XX0") as page:
        found = page.locator("#list .open").all()
        assert len(found) == len(HOSTILE)
        for button in found:
            button.click()
        expect(page.locator(".inside .frame")).to_have_count(len(HOSTILE))
        text = page.locator("#list").inner_text()
        assert text.count("</script><img src=x onerror=alert(1)>") == 3
        assert "\u202e" not in text and "\\u202eevil" in text
        page.goto(f"{report}#/model/acme/odd")
        page.wait_for_selector("#content .finding")
        assert "</script><img src=x onerror=alert(1)>" in page.locator("#content").inner_text()
        assert page.locator("#list img, #content img, #content script, #list script").count() == 0
        page.wait_for_timeout(200)


def test_filters_and_search(report: str) -> None:
    with shown(report) as page:
        status = page.locator("#count")
        everything = status.inner_text()
        page.locator("#levels .warning").click()
        assert {row.split()[0] for row in rows(page)} == {"warning"}
        page.locator("#kind").select_option("space")
        page.locator("#rule").select_option("SP001")
        page.locator("#search").fill("Owner-2 wrong")
        expect(page.locator("#count")).to_contain_text("13 findings in 13")
        found = rows(page)
        assert found and all("owner-2/" in row and "SP001" in row for row in found)
        assert status.inner_text().startswith(f"{len(found)} finding")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert rows(page) == found and page.locator("#search").input_value() == "Owner-2 wrong"
        page.locator("#search").fill("nothing has this")
        page.wait_for_selector(".nothing")
        page.locator("#clear").click()
        assert status.inner_text() == everything
        page.locator("#fix").select_option("none")
        assert all("DK002" in row for row in rows(page))
        page.locator("body").press("/")
        assert page.evaluate("document.activeElement.id") == "search"


def test_sorting_and_pages(report: str) -> None:
    with shown(f"{report}#/findings?rule=DK002") as page:
        page.locator("#list thead button", has_text="Where").click()
        assert page.locator("#list th[aria-sort]").get_attribute("aria-sort") == "ascending"
        lines = [row.split("README.md:")[1].split()[0] for row in rows(page)]
        assert lines == [str(number) for number in range(1, 51)]
        page.get_by_label("Last page").click()
        assert [row.split("README.md:")[1].split()[0] for row in rows(page)] == [str(each) for each in range(101, 131)]
        assert page.locator("#count").inner_text() == "101 to 130 of 130 findings in 1 repository"
        assert page.get_by_label("Next page").is_disabled()
        page.locator("#list thead button", has_text="Where").click()
        assert page.locator("#list th[aria-sort]").get_attribute("aria-sort") == "descending"
        assert rows(page)[0].split("README.md:")[1].split()[0] == "130"
        page.goto(f"{report}#/repositories")
        page.wait_for_selector("#list table.repositories")
        page.locator("#list thead button", has_text="All").click()
        numbers = [int(row.split()[-1]) for row in rows(page)]
        assert numbers == sorted(numbers, reverse=True) and numbers[0] == 130


def test_the_page_of_a_repository(report: str) -> None:
    with shown(report) as page:
        page.locator("#summary a", has_text="acme/many").click()
        page.wait_for_selector("#content h1")
        assert page.locator("h1:visible").inner_text() == "acme/many"
        assert page.locator("#content .finding").count() == 50
        page.locator("#content").get_by_label("Next page").click()
        expect(page.locator("#content")).to_contain_text("number 51")
        first = page.locator("#content .finding").first.inner_text()
        for words in ("number 51", "line 51, column 10", "colorTo: Gray", "^^^^", "The Hub says:", "colorTo"):
            assert words in first, words
        link = page.locator("#content a", has_text="Open on the Hub").get_attribute("href")
        assert link == "https://huggingface.co/spaces/acme/many"
        file = page.locator("#content a", has_text="The file on the Hub").first.get_attribute("href")
        assert file == f"{link}/blob/{'0123abc' * 5}/README.md#L51"
        page.go_back()
        page.go_back()
        page.wait_for_selector("#summary:not([hidden])")
        page.goto(f"{report}#/dataset/owner-1/name-001")
        page.wait_for_selector("#content .fix")
        page.goto(f"{report}#/repository/acme/secret")
        expect(page.locator("#content h1")).to_have_text("acme/secret")
        said = page.locator("#content .banner").inner_text()
        assert said == "It was not checked as a whole: the Hub says: access is restricted"


def test_a_bar_leads_to_its_findings(report: str) -> None:
    with shown(report) as page:
        page.locator("#summary table.bars a", has_text="DK002").click()
        expect(page.locator("#count")).to_contain_text("of 130 findings")
        assert page.evaluate("scrollY") > 300


def test_light_and_dark(report: str) -> None:
    colors = set()
    for scheme in SCHEMES:
        with shown(report, scheme=scheme) as page:
            before = page.evaluate("getComputedStyle(document.body).backgroundColor")
            page.locator("#theme").click()
            colors.add((before, page.evaluate("getComputedStyle(document.body).backgroundColor")))
    (light, dark), (dark_again, light_again) = sorted(colors, reverse=True)
    assert (light, dark) == (light_again, dark_again) and light != dark


def test_a_large_report_is_unpacked(tmp_path: Path) -> None:
    found = [finding(message=f"`{number}` is wrong", line=number) for number in range(1, 5_001)]
    records = [record(f"a/{start}", "model", found[start : start + 50]) for start in range(0, 5_000, 50)]
    with shown(page_of(tmp_path, *records)) as page:
        assert page.locator("script[type='application/gzip']").count() >= 3
        page.locator("#search").fill("`4321`")
        expect(page.locator("#count")).to_have_text("1 finding in 1 repository")
        page.locator("#list .open").click()
        page.wait_for_selector(".inside .fix")
        assert "a/4300" in rows(page)[0]


def test_a_browser_that_cannot_unpack_says_so(tmp_path: Path) -> None:
    address = page_of(tmp_path, record(findings=[finding(message=str(number)) for number in range(5_000)]))
    with browser.opened() as (page, seen):
        page.add_init_script("delete globalThis.DecompressionStream")
        page.goto(address)
        page.wait_for_selector("#trouble:not([hidden])")
        assert "too old to unpack" in page.locator("#trouble").inner_text()
        assert "Audit of org/*" in page.locator("h1").inner_text() and seen.complaints == []
