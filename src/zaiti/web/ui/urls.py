"""Addresses of the interface itself: language, look, and in demo mode the style guide."""

from django.urls import path
from django.views.i18n import set_language

from zaiti.web.http import health, session
from zaiti.web.ui import documents, look, styleguide

app_name = "ui"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("session/", session.session, name="session"),
    path("start/", documents.start, name="start"),
    path("papers/<int:pk>/", documents.paper, name="paper"),
    path("files/<int:pk>/", documents.file, name="file"),
    path("files/<int:pk>/pages/<int:number>-<slug:size>.jpg", documents.picture, name="picture"),
    path("notices/<int:publication>/files/<int:pk>/", documents.attachment, name="attachment"),
    path("look/language/", set_language, name="language"),
    path("look/", look.choose, name="look"),
    path("_ui/", styleguide.show, name="styleguide"),
    path("_ui/list/", styleguide.rows, name="styleguide_list"),
    path("_ui/progress/", styleguide.progress, name="styleguide_progress"),
    path("_ui/autosave/", styleguide.autosave, name="styleguide_autosave"),
    path("_ui/refuse/", styleguide.refuse, name="styleguide_refuse"),
]
