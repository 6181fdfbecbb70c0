"""All addresses: each door has its own."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("zaiti.doors.ui.urls")),
    path("my/", include("zaiti.doors.portal.urls")),
    path("desk/", include("zaiti.doors.desk.urls")),
    path("jury/", include("zaiti.doors.jury.urls")),
    path("api/", include("zaiti.doors.api.urls")),
    path("", include("zaiti.doors.site.urls")),
]

handler400 = "zaiti.doors.ui.errors.bad_request"
handler403 = "zaiti.doors.ui.errors.forbidden"
handler404 = "zaiti.doors.ui.errors.not_found"
handler429 = "zaiti.doors.ui.errors.too_many"
handler500 = "zaiti.doors.ui.errors.server_error"
