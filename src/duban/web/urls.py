"""Where the screens are. Each app names its own; here they are put under their paths."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("duban.web.base.urls")),
    path("", include("duban.web.desk.urls")),
    path("", include("duban.web.accounts.urls")),
    path("units/", include("duban.web.organisation.urls")),
    path("", include("duban.web.cases.urls")),
    path("", include("duban.web.notices.urls")),
    path("papers/", include("duban.web.papers.urls")),
    path("reports/", include("duban.web.reports.urls")),
]

handler400 = "duban.web.base.views.bad_request"
handler403 = "duban.web.base.views.forbidden"
handler404 = "duban.web.base.views.not_found"
handler500 = "duban.web.base.views.server_error"
