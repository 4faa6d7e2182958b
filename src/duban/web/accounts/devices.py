"""The second factor: codes by time (RFC 6238) from an authenticator, and recovery codes for who has lost it."""

from __future__ import annotations

import secrets
from base64 import b32encode
from typing import TYPE_CHECKING

import segno
from django.db import transaction
from django.utils.safestring import mark_safe
from django_otp import login as second_factor
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString
    from django_otp.models import Device

    from duban.web.accounts.models import User

__all__ = ["confirm", "end", "matching", "picture", "recovery_left", "typed_key", "unconfirmed"]

RECOVERY_CODES = 10


def matching(user: User, code: str) -> Device | None:
    """The device that this code comes from. A code counts once, and wrong ones make the next wait."""
    found: Device | None = match_token(user, code.replace(" ", ""))
    return found


def unconfirmed(user: User) -> TOTPDevice:
    """The device being set up: the same one however often the page is loaded."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "TOTP"})
    return device


@transaction.atomic
def confirm(request: HttpRequest, device: TOTPDevice, code: str) -> list[str]:
    """Take the device into use if the code is its own: the recovery codes, to be shown once; else nothing."""
    if not device.verify_token(code.replace(" ", "")):
        return []
    device.confirmed = True
    device.save()
    keeper, _ = StaticDevice.objects.get_or_create(user=device.user, name="recovery")
    keeper.token_set.all().delete()
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=keeper, token=code) for code in codes])
    second_factor(request, device)
    return codes


def recovery_left(user: User) -> int:
    """How many recovery codes were not used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())


@transaction.atomic
def end(user: User) -> None:
    """Forget every device of the account."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def typed_key(device: TOTPDevice) -> str:
    """The key for who cannot take a picture of it, in groups of four."""
    key = b32encode(device.bin_key).decode("ascii").rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def picture(device: TOTPDevice) -> SafeString:
    """The key as a QR code: an SVG without a style of its own."""
    drawing = segno.make(device.config_url, error="m").svg_inline(
        scale=5, border=3, light="#fff", dark="#000"
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by us out of a key and a name, both encoded in squares
