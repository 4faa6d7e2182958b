"""Addresses of the lists of a sort."""

from __future__ import annotations

from django import template
from django.urls import reverse

__all__ = ["register"]

register = template.Library()


@register.filter
def list_of(work_type: str) -> str:
    """Where the cases of a sort are."""
    return reverse(f"intake:list-{work_type}")


@register.filter
def new_of(work_type: str) -> str:
    """Where one of a sort is typed in."""
    return reverse(f"intake:new-{work_type}")
