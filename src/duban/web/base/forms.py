"""How a form is drawn: label, help, errors and field, tied together for who cannot see them."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates

__all__ = ["Renderer"]


class Renderer(DjangoTemplates):
    form_template_name = "base/forms/form.html"
    field_template_name = "base/forms/field.html"
