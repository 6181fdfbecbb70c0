"""The web application behind its front, served by Granian."""

from django.conf import settings

from zaiti.front.intake import Limits
from zaiti.front.serving import Front
from zaiti.wsgi import application as django

THREADS = 4
FORM = 10 * 2**20  # bytes of a form beside its file

application = Front(
    django,
    Limits(body=settings.UPLOAD_MAX_BYTES + FORM),
    settings.DATA / "incoming",
    threads=THREADS,
    proxies=settings.PROXIES,
    stamps=settings.PROXY_STAMPS,
)
