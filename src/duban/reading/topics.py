"""What a clause without a number speaks of, which the numbers behind it may be of: 城乡居民储蓄大幅度增加，增长(12%)."""

from __future__ import annotations

import re
from functools import lru_cache

from duban.reading.lexicon import lexicon
from duban.reading.phrases import became, clean, predicate, split_verb

__all__ = ["ON_GROUNDS", "topic_of"]


def topic_of(clause: str) -> str:
    """The subject of a clause that tells a change without a number: 城乡居民储蓄大幅度增加 → 城乡居民储蓄."""
    if "月" in clause:
        clause = _FROM_MONTH.sub("", clause)
    return _YEAR_FIRST.sub("", _topic(clause))


@lru_cache(maxsize=1024)
def _topic(clause: str) -> str:
    clause = _WHEN.sub("", _STREAK.sub("", _GOAL_OF.sub("", clause)))
    if told := _UNDERWENT.fullmatch(clause) or _FULFILLED.fullmatch(clause):
        return clean(told[1]) if not split_verb(clean(told[1]))[0] else ""
    if grounds := _GROUNDS.fullmatch(clause):
        return grounds[1] if not split_verb(grounds[1])[0] else ""
    if "的" in clause and (came := _CAME_UP.fullmatch(clause)):
        return clean(came[1] + came[2])
    if clause.endswith(ON_GROUNDS):
        return ""
    clause = _AT_PACE.sub("", clause)
    if clause.endswith("水平") and (beyond := _BEYOND.fullmatch(clause)):
        return clean(beyond[1])
    if len(clause) <= 36 and lexicon().endings.at_end(clause) and not split_verb(clean(clause))[0]:
        return clean(clause)
    if clause.endswith(("增长速度", "增速")) and len(clause) <= 20:
        return clean(clause)
    said = predicate(clause)
    if said.kind in ("up", "down", "to"):
        thing = clean(_CAME.sub("", said.rest))
    else:
        thing, act = became(clean(clause))
        if not act and (fared := _FARED.search(clause) or _HOLDS.search(clause) or _RECORD.search(clause)):
            thing, act = _WORK.sub("", clean(clause[: fared.start()])), "fared"
        thing = thing if act and not split_verb(thing)[0] else ""
    return thing if 2 <= len(thing) <= 16 and not _NO_TOPIC.search(thing) else ""


_YEAR_FIRST = re.compile(r"^(?:[12][0-9]{3}|[一二][九零〇○][一二三四五六七八九零〇○]{2})年(?=..)")
_FROM_MONTH = re.compile(r"[从自][0-9０-９一二三四五六七八九十]+月(?:份|底|初)?(?:起|开始|以来)")
_WHEN = re.compile(
    r"^(?:(?:[12][0-9]{3}|[一二][九零〇○][一二三四五六七八九零〇○]{2})年的|[上下]半年|全年|今年|去年|第?[一二三四]季度)(?:以来)?"
)
_STREAK = re.compile(r"(?:已经?)?连续[一二三四五六七八九十两0-9０-９]+个?[年月]")
ON_GROUNDS = ("基础上", "情况下", "条件下", "前提下")
_UNDERWENT = re.compile(r"([^，“”的]{3,20}?)进行了[^，]{0,8}(?:精简|调整|改造|整顿|清理|压缩|整治|合并|改组)")
"""国务院直属机构进行了较大幅度的精简(，精简后为18个)."""
_FULFILLED = re.compile(
    r"([^，“”的]{2,14}?)(?:已经?)?(?:于[^，]{2,8})?(?:提前|超额|全面|如期|胜利)+[^，]{0,4}完成了?[^，]{0,12}(?:计划|任务|指标)"
)
"""工农业总产值已于1984年提前完成“六五”计划(，1985年达到132.3亿元)."""
_BEYOND = re.compile(
    r"([^，的]{2,14}?)(?:已经?|都|均|大大)?(?:超过|达到|高于|突破)了?[^，0-9]{0,12}(?:最高|平均|先进|历史)[^，]{0,4}水平"
)
"""粮食人均占有量超过了建国以来的最高水平(，总产量达到…)."""
_CAME_UP = re.compile(r"([^，的]{2,8})(?:出现|产生|发生)了?(?:较大|很大|巨大|严重|大量)的([^，的]{2,6})")
"""国家财政出现较大的赤字(，两年合计近三百亿元)."""
_GROUNDS = re.compile(
    r"(?!结果|这样|因此|而且|但|目前|现在|只要|如果)([^，在]{2,14})在[^，在]{2,20}的?(?:基础|情况|条件|形势)[上下]"
)
"""油料在连续三年增产的基础上(，又增长17%); 粮食在播种面积减少的情况下(，总产量达到…)."""
_AT_PACE = re.compile(
    r"(?<=增长|上升|提高|增加|回升|下降)(?:(?:较|很|更)[快大多]|(?:明显|显著|进一步|有所|逐步)*(?:加快|放慢|放缓|趋缓|减缓|回落|提速))$"
)
_GOAL_OF = re.compile(r"的?(?:宏观调控|主要|调控|预期)*目标$")
_FARED = re.compile(
    r"(?:不断|持续|进一步|更加|全面|显著|明显|日益|逐步|深入|稳步|有序)*(?:增量提质|扩量提质|提质增效|提质扩面|扩面提质|量质齐升|完善|健全|加强|改善|稳中(?:培优|有进|有升|提质|向好|求进|向优)|提升|推进|发展|壮大|优化|增强)$"
)
_HOLDS = re.compile(
    r"(?:保持|呈现|延续)了?(?:良好|强劲|稳定|较快|平稳|健康|快速|较好)?的?(?:发展|增长|运行)?的?(?:势头|态势|局面|趋势)$"
)
_RECORD = re.compile(
    r"(?:再|连|双|均)*创.{0,6}(?:新高|纪录|最好水平|最高水平)$|(?:再|迈|跃|登|踏)*上新的?台阶$|(?:再获|喜获|再夺)丰收$"
)
_WORK = re.compile(r"(?:制度|体系|工作|事业|建设)$")
_CAME = re.compile(r"(?:出现|实现|保持|呈现|有|得到|取得)了?(?:较|大幅|持续|稳定|明显|更|进一步)*$")
_NO_TOPIC = re.compile(r"[的“”\d年是]|大大|位数")
