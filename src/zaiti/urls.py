"""All addresses: each door has its own."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("zaiti.web.ui.urls")),
    path("my/", include("zaiti.web.portal.urls")),
    path("desk/", include("zaiti.web.desk.urls")),
    path("jury/", include("zaiti.web.jury.urls")),
    path("api/", include("zaiti.web.api.urls")),
    path("", include("zaiti.web.site.urls")),
]

handler400 = "zaiti.web.http.errors.bad_request"
handler403 = "zaiti.web.http.errors.forbidden"
handler404 = "zaiti.web.http.errors.not_found"
handler429 = "zaiti.web.http.errors.too_many"
handler500 = "zaiti.web.http.errors.server_error"
