"""A small reading made by hand, of a report about an invented city."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from duban.documents.model import Block, BlockKind, Document, Level, Part, Section
from duban.reading.model import (
    Action,
    Distinction,
    DistinctionType,
    Figure,
    Kind,
    Qualifier,
    Statement,
    Status,
)  # fmt: skip
from duban.reading.reading import Reading

LINES = (
    "云泽市政府工作报告",
    "一、2022年工作回顾",
    "减轻企业税费负担50.8亿元，地区生产总值增长6.5%左右。",
    "全市外贸进出口总额下降17.5%，新增城镇就业1.32万人，创历史新高。",
    "二、2023年工作安排",
    "（一）稳定经济增长",
    "地区生产总值增长5%—5.5%，PM2.5平均浓度控制在35微克/立方米以内，推动<云泽>港区二期、三期工程及配套集疏运通道项目全面开工建设。",
    "=HYPERLINK全国粮食产量稳定在1.3万亿斤以上。",
)
TEXT = "\n".join(LINES)


def reading() -> Reading:
    """Six figures, one distinction and four statements."""
    return Reading(
        document=document(), figures=figures(), distinctions=distinctions(), statements=statements()
    )


def document(identifier: str = "yunze_2023") -> Document:
    starts = [TEXT.index(line) for line in LINES]
    headings = {0, 1, 4, 5}
    inside = (0, 1, 1, 1, 2, 3, 3, 3)
    return Document(
        text=TEXT, source=f"{identifier}.txt", sha256=hashlib.sha256(TEXT.encode()).hexdigest(), id=identifier,
        blocks=tuple(
            Block(
                start=start, end=start + len(line), section=inside[i],
                kind=BlockKind.HEADING if i in headings else BlockKind.PARAGRAPH,
            )
            for i, (start, line) in enumerate(zip(starts, LINES, strict=True))
        ),
        sections=(
            Section(start=0, end=len(TEXT), level=0, heading="", part=Part.OTHER, parent=None),
            Section(start=starts[1], end=starts[4], level=1, heading=LINES[1], part=Part.REVIEW_YEAR, parent=0),
            Section(start=starts[4], end=len(TEXT), level=1, heading=LINES[4], part=Part.PLAN_YEAR, parent=0),
            Section(start=starts[5], end=len(TEXT), level=2, heading=LINES[5], part=Part.PLAN_YEAR, parent=2),
        ),
        title=LINES[0], place="云泽市", level=Level.CITY, year=2023,
    )  # fmt: skip


def figure(
    text: str, value: str, unit: str, indicator: str, statement: int, after: str = "", **more: Any
) -> Figure:
    start = TEXT.index(text, TEXT.index(after))
    fields: dict[str, Any] = {
        "high": None, "qualifier": Qualifier.EXACT, "kind": Kind.LEVEL, "status": Status.ACTUAL,
        "period": "2022", "place": None, "section": 1, **more,
    }  # fmt: skip
    return Figure(
        start=start, end=start + len(text), text=text, value=Decimal(value), unit=unit, indicator=indicator,
        statement=statement, **fields,
    )  # fmt: skip


def figures() -> tuple[Figure, ...]:
    plan: dict[str, Any] = {"status": Status.TARGET, "period": "2023", "section": 3}
    return (
        figure("50.8亿元", "5.08E+9", "元", "减轻企业税费负担", 0),
        figure("6.5%左右", "6.5", "%", "地区生产总值", 1, kind=Kind.GROWTH, qualifier=Qualifier.ABOUT),
        figure("17.5%", "-17.5", "%", "外贸进出口总额", 2, kind=Kind.GROWTH),
        figure("1.32万人", "13200", "人", "新增城镇就业", 3),
        figure("5%—5.5%", "5", "%", "地区生产总值", 5, "二、", high=Decimal("5.5"), kind=Kind.GROWTH, **plan),
        figure("35微克/立方米以内", "35", "微克/立方米", "PM2.5平均浓度", 6, qualifier=Qualifier.AT_MOST, **plan),
        figure(
            "1.3万亿斤以上", "1300000000000", "斤", "=HYPERLINK全国粮食产量", 8, qualifier=Qualifier.AT_LEAST,
            **{**plan, "place": "全国", "period": None},
        ),
    )  # fmt: skip


def distinctions() -> tuple[Distinction, ...]:
    start = TEXT.index("创历史新高")
    return (
        Distinction(
            start=start, end=start + 5, text="创历史新高", type=DistinctionType.RECORD_HIGH, scope="history",
            subject="新增城镇就业", n=None, section=1, statement=4,
        ),
    )  # fmt: skip


def statement(text: str, section: int, status: Action, after: str = "", **more: Any) -> Statement:
    start = TEXT.index(text, TEXT.index(after))
    fields: dict[str, Any] = {"action": None, "object": None, "figures": (), "distinctions": (), **more}
    return Statement(
        start=start, end=start + len(text), text=text, section=section, status=status,
        **fields,
    )  # fmt: skip


def statements() -> tuple[Statement, ...]:
    done, planned = Action.DONE, Action.PLANNED
    return (
        statement("减轻企业税费负担50.8亿元", 1, done, action="减轻", object="企业税费负担", figures=(0,)),
        statement("地区生产总值增长6.5%左右", 1, done, figures=(1,)),
        statement("全市外贸进出口总额下降17.5%", 1, done, figures=(2,)),
        statement("新增城镇就业1.32万人", 1, done, action="新增", object="城镇就业", figures=(3,)),
        statement("创历史新高", 1, done, distinctions=(0,)),
        statement("地区生产总值增长5%—5.5%", 3, planned, "二、", figures=(4,)),
        statement("PM2.5平均浓度控制在35微克/立方米以内", 3, planned, action="控制", figures=(5,)),
        statement(
            LINES[6].split("，")[2].rstrip("。"), 3, planned, action="推动",
            object="<云泽>港区二期、三期工程及配套集疏运通道项目全面开工建设",
        ),
        statement(LINES[7].rstrip("。"), 3, Action.CONTEXT, figures=(6,)),
    )  # fmt: skip
