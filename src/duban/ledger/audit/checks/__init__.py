"""The checks, one a class. A new one is added to `CHECKS`, to checks.yaml (what people read) and to docs/reference/audit.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.audit.checks.direction import Direction
from duban.ledger.audit.checks.gap import Gap
from duban.ledger.audit.checks.growth_and_change import GrowthAndChange
from duban.ledger.audit.checks.level_and_growth import ImpliedPrices, LevelAndGrowth
from duban.ledger.audit.checks.lists import AnnouncedList, DistributedList
from duban.ledger.audit.checks.mean_growth import MeanGrowth, PlanPeriod
from duban.ledger.audit.checks.parts import Parts, PartsListed, TotalBetweenParts
from duban.ledger.audit.checks.ranks import RankAmongPeers, RankMove
from duban.ledger.audit.checks.record import FirstTime, Record, Streak
from duban.ledger.audit.checks.said_twice import Restated, SaidTwice
from duban.ledger.audit.checks.share import Share, Structure
from duban.ledger.audit.checks.text import CountOfYears, Numbering, Repeated
from duban.ledger.audit.checks.unit_slip import Jump, UnitSlip

if TYPE_CHECKING:
    from duban.ledger.audit.check import Check

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    LevelAndGrowth(),
    ImpliedPrices(),
    Parts(),
    PartsListed(),
    TotalBetweenParts(),
    GrowthAndChange(),
    Direction(),
    SaidTwice(),
    Restated(),
    MeanGrowth(),
    PlanPeriod(),
    DistributedList(),
    AnnouncedList(),
    UnitSlip(),
    Jump(),
    Record(),
    FirstTime(),
    Streak(),
    RankMove(),
    RankAmongPeers(),
    Share(),
    Structure(),
    Gap(),
    CountOfYears(),
    Numbering(),
    Repeated(),
)
