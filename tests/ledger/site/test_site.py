"""The site as a whole: its pages, links, escaping, and that it is the same each time."""

from __future__ import annotations

import hashlib
import html
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from duban.ledger.site.addresses import account_page, place_page, report_page, slug
from duban.ledger.site.build import build
from duban.ledger.site.pages import Pages
from duban.ledger.site.source import holdings
from duban.ledger.site.words import LANGUAGES
from duban.ledger.store.ledger import open_ledger
from tests.ledger.site.conftest import ledger_of
from tests.ledger.site.markup import dead_links, pages

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from duban.ledger.site.records import Holdings


def digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return found.hexdigest()


def page(site: Path, path: str, lang: str = "zh") -> str:
    return (site / lang / path).read_text(encoding="utf-8")


def test_there_is_a_page_for_everything_in_both_languages(site: Path, held: Holdings) -> None:
    expected = {"index.html", "indicators.html", "reports.html", "search.html"}
    expected |= {place_page(place) for place in held.places}
    expected |= {report_page(report.id) for report in held.reports}
    expected |= {account_page(account) for account in held.accounts}
    expected |= {f"indicators/{each.code}.html" for each in held.observations}
    for lang in LANGUAGES:
        found = {str(path.relative_to(site / lang)) for path in (site / lang).rglob("*.html")}
        assert found == expected
        assert len(Pages(held, lang)) == len(expected)


def test_no_link_is_dead(site: Path) -> None:
    assert dead_links(site) == []


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    assert [path.name for path, taken in pages(site).items() if len(taken.ids) != len(set(taken.ids))] == []


def test_every_figure_has_its_anchor_in_its_report(site: Path, held: Holdings) -> None:
    for report in held.reports:
        ids = set(pages(site)[(site / "zh" / report_page(report.id)).resolve()].ids)
        assert {f"f-{figure}" for figure in report.figures} <= ids


def test_every_number_of_an_indicator_leads_to_its_sentence(site: Path, held: Holdings) -> None:
    for each in held.observations:
        assert f'href="../reports/{each.report}.html#f-{each.figure}"' in page(
            site, f"indicators/{each.code}.html"
        )


def test_every_promise_stands_with_both_quotations(site: Path, held: Holdings) -> None:
    for account in held.accounts:
        text = page(site, account_page(account))
        made, answered = report_page(account.earlier.id), report_page(account.later.id)
        for settled in account.settlements:
            item = text.split(f'<li id="p-{settled.promise.id}">')[1].split("</li>")[0]
            assert f'href="../{made}#' in item
            assert (f'href="../{answered}#' in item) == (settled.outcome is not None)


def test_reports_lead_to_the_answer_and_back(site: Path, held: Holdings) -> None:
    (account,) = (each for each in held.accounts if each.place.name == "澜川市")
    earlier, later = report_page(account.earlier.id), report_page(account.later.id)
    assert re.search(rf'<a class="sign v-missed" href="../{later}#[ef]-[^"]+"', page(site, earlier))
    assert re.search(rf'<a class="sign back" href="../{earlier}#[ef]-[^"]+"', page(site, later))


def test_the_text_of_a_report_is_whole(site: Path, held: Holdings) -> None:
    report = held.reports[0]
    text = page(site, report_page(report.id)).split('<article class="text">')[1]
    plain = re.sub(r'<a class="sign[^>]*>[^<]*</a>|<[^>]+>', "", text.split("</article>")[0])
    assert html.unescape(plain) == report.reading.document.text


def test_nothing_of_a_report_becomes_markup(site: Path) -> None:
    taken = pages(site)
    assert {tag for each in taken.values() for tag in each.tags}.isdisjoint(
        {"img", "b onclick", "iframe", "object"}
    )
    attributes = {name for each in taken.values() for name in each.attributes}
    assert not {name for name in attributes if name.startswith("on")}
    assert "style" not in attributes
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>" not in text
        assert ">49<" not in text


def test_names_of_files_are_plain(site: Path, held: Holdings) -> None:
    names = {path.name for path in site.rglob("*")}
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in names)
    assert slug("130600") == "130600"
    assert slug("../x") != slug("..\\x")


def test_the_search_index_is_a_script_of_one_value(site: Path, held: Holdings) -> None:
    text = (site / "assets" / "search-index.js").read_text(encoding="utf-8")
    assert text.startswith("var DUBAN = ")
    assert "\u2028" not in text
    index = json.loads(text.removeprefix("var DUBAN = ").removesuffix(";\n"))
    assert len(index["reports"]) == len(held.reports)
    promises = sum(len(account[3]) for account in index["promises"])
    assert promises == sum(len(account.settlements) for account in held.accounts)


def test_the_same_ledger_gives_the_same_bytes(site: Path, ledger: Path, tmp_path: Path) -> None:
    with open_ledger(ledger) as book:
        build(holdings(book), tmp_path / "again")
    assert digest(tmp_path / "again") == digest(site)


def test_pages_ask_for_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*"):
        if path.is_file():
            assert not re.search(rb"(?:src|href|url\()\s*=?\s*[\"']?(?:https?:)?//", path.read_bytes()), (
                path.name
            )


def test_an_empty_ledger_has_a_site_that_says_so(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "empty.duckdb", writable=True) as book:
        build(holdings(book), tmp_path / "site")
    assert "总账里还没有报告" in page(tmp_path / "site", "index.html")
    assert dead_links(tmp_path / "site") == []


PART = """云泽市政府工作报告
一、{before}年工作回顾
全市新增城镇就业3万人，主城区新建公园{parks}个。
二、{year}年工作安排
全市新增城镇就业3万人以上，主城区新建公园12个。
"""


def test_a_promise_of_part_of_a_place_is_on_the_page_of_the_place(tmp_path: Path) -> None:
    reports = []
    for year, parks in ((2025, 9), (2026, 12)):
        file = tmp_path / f"{year}.txt"
        file.write_text(PART.format(before=year - 1, year=year, parks=parks), encoding="utf-8")
        reports.append((str(file), "云泽市", year))
    with open_ledger(ledger_of(tmp_path / "part.duckdb", [], *reports)) as book:
        assert [(place, year) for place, year, _ in book.accounts()] == [("云泽市", 2025)]
        assert [(row["place"], row["promises"]) for row in book.scores()] == [("云泽市", 2)]
        held = holdings(book)
    assert [each.promise.place for each in held.accounts[0].settlements] == ["云泽市", "主城区"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_has_every_place_and_score(site: Path, held: Holdings, lang: str) -> None:
    text = page(site, "index.html", lang)
    for account in held.accounts:
        assert f'href="{account_page(account)}"' in text
    for place in held.places:
        assert f'href="{place_page(place)}"' in text


def test_every_word_has_both_languages_and_is_used() -> None:
    folder = files("duban.ledger.site")
    words = yaml.safe_load(folder.joinpath("strings.yaml").read_text(encoding="utf-8"))
    sources = [path for path in Path(str(folder)).rglob("*") if path.suffix in {".py", ".jinja"}]
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    built = {"count_places", "count_reports", "count_figures", "count_promises", "count_indicators", "better"}
    for name, entry in words.items():
        assert name == "better" or set(entry) == set(LANGUAGES)
        assert name in built or f'"{name}"' in code or f"'{name}'" in code, name


@pytest.mark.parametrize(
    ("path", "lang"),
    [("index.html", "zh"), ("index.html", "en"), ("promises", "zh"), ("indicators/ECO.GDP.html", "en")],
)
def test_pages_read_like_this(
    site: Path, held: Holdings, path: str, lang: str, snapshot: SnapshotAssertion
) -> None:
    if path == "promises":
        path = next(account_page(account) for account in held.accounts if account.place.name == "澜川市")
    main = page(site, path, lang).split("<main", 1)[1].split(">", 1)[1].split("</main>")[0]
    words = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<svg.*?</svg>", "", main, flags=re.DOTALL)))
    assert [line.strip() for line in words.splitlines() if line.strip()][:60] == snapshot
