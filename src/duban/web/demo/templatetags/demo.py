"""`{% demo_accounts as accounts %}`: the password that everybody knows, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from duban.web.demo import service

if TYPE_CHECKING:
    from duban.web.demo.service import Accounts

register = template.Library()


@register.simple_tag
def demo_accounts() -> Accounts:
    """The accounts of the demonstration, the office's first."""
    return service.accounts()
