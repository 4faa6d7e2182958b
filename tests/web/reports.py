"""Reports to bring in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from duban.web.reports import service

if TYPE_CHECKING:
    from duban.web.accounts.service import User
    from duban.web.reports.service import Report

__all__ = ["TEXT", "bring", "upload"]

TEXT = """云溪市2026年政府工作报告
一、2025年工作回顾
地区生产总值增长5.6%。
二、2026年重点工作
（一）着力保障改善民生。新增养老床位1500张，新增公办学位8000个。改造老旧小区90个、电梯600部。
（二）着力扩大内需。实施市级重点项目330个，完成投资480亿元。建成算力规模不低于2000P的智算中心。
（三）办好10件民生实事。建设社区食堂20个。
"""


def upload(text: str = TEXT, name: str = "report.txt") -> SimpleUploadedFile:
    """The text as a file that a browser sends."""
    return SimpleUploadedFile(name, text.encode("utf-8"), content_type="application/octet-stream")


def bring(by: User, text: str = TEXT) -> Report:
    """A report that was brought in."""
    return service.bring(upload(text), "report.txt", by=by)
