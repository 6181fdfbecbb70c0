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
