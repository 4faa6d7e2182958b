"""Where the screens are. Each app names its own; here they are put under their paths."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("duban.web.base.urls")),
    path("", include("duban.web.desk.urls")),
    path("", include("duban.web.accounts.urls")),
    path("units/", include("duban.web.succession.urls")),
    path("units/", include("duban.web.organisation.urls")),
    path("", include("duban.web.board.urls")),
    path("", include("duban.web.search.urls")),
    path("", include("duban.web.cases.urls")),
    path("", include("duban.web.intake.urls")),
    path("", include("duban.web.publish.urls")),
    path("", include("duban.web.notices.urls")),
    path("papers/", include("duban.web.papers.urls")),
    path("reports/", include("duban.web.reports.urls")),
    path("", include("duban.web.tokens.urls")),
    path("webhooks/", include("duban.web.webhooks.urls")),
    path("api/v1/", include("duban.web.api.urls")),
]

handler400 = "duban.web.base.views.bad_request"
handler403 = "duban.web.base.views.forbidden"
handler404 = "duban.web.base.views.not_found"
handler500 = "duban.web.base.views.server_error"
