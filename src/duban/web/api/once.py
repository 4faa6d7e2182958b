"""Idempotency-Key: a request that is repeated gets its first answer, and nothing happens a second time."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Status, UploadedFile
from ninja.params.functions import Header
from ninja.responses import NinjaJSONEncoder
from ninja.utils import contribute_operation_args

from duban.errors import InputError
from duban.web.api.caller import caller
from duban.web.api.models import FirstAnswer

__all__ = ["once"]

_KEY: Any = Header(
    None,
    alias="Idempotency-Key",
    pattern=r"^[\x21-\x7e]{1,255}$",
    description="Chosen by the client for one act (a UUID): repeated, the request gets its first answer.",
)


def once(view: Callable[..., Status[Any]]) -> Callable[..., Any]:
    """The view in one transaction with the record of its answer.

    Of two with the same key at once the second waits for the first, in the database. What failed is not recorded:
    nothing has happened, so that a repetition may go.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, idempotency_key: str | None = None, **kwargs: Any) -> Any:
        if idempotency_key is None:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        with transaction.atomic():
            record = _begin(request, idempotency_key)
            if record.status:
                return _again(record, request)
            answer = view(request, *args, **kwargs)
            record.status, record.body = answer.status_code, _as_without_key(answer.value)
            record.save(update_fields=["status", "body"])
            return JsonResponse(record.body, status=record.status)

    contribute_operation_args(answered, "idempotency_key", cast("Any", str | None), _KEY)
    return answered


def _as_without_key(value: Any) -> Any:
    """What ninja would answer: times in milliseconds, too."""
    return json.loads(json.dumps(value.model_dump(), cls=NinjaJSONEncoder))


def _begin(request: HttpRequest, key: str) -> FirstAnswer:
    """A record of this request, or the one that there is already."""
    token = caller(request).token
    try:
        with transaction.atomic():
            return FirstAnswer.objects.create(token=token, key=key, request=_fingerprint(request))
    except IntegrityError:
        return FirstAnswer.objects.get(token=token, key=key)


def _again(record: FirstAnswer, request: HttpRequest) -> JsonResponse:
    """The first answer.

    Raises InputError if the key came with another request.
    """
    if record.request != _fingerprint(request):
        raise InputError(
            _("this key came with another request before"),
            where="Idempotency-Key",
            todo=_("choose a new key for each act"),
        )
    response = JsonResponse(record.body, status=record.status)
    response["Idempotent-Replayed"] = "true"
    return response


def _fingerprint(request: HttpRequest) -> str:
    """What the request asks for, whole."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(f"{name}={values}\n".encode("utf-8", "surrogatepass"))
    for name, sent in sorted(cast("list[tuple[str, list[UploadedFile]]]", request.FILES.lists())):
        for file in sent:
            digest.update(f"{name}: {file.name}\n".encode("utf-8", "surrogatepass"))
            file.seek(0)
            for piece in file.chunks():
                digest.update(hashlib.sha256(piece).digest())
            file.seek(0)
    return digest.hexdigest()
