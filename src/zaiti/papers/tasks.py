"""Render papers outside the request."""

from io import BytesIO

from django.db import transaction
from procrastinate.contrib.django import app

from zaiti.files.store import LETTERS, store
from zaiti.papers.letters import render_pdf
from zaiti.papers.models import Paper


@app.task(name="papers.render", retry=3)
def render(paper: int) -> None:
    """Make the PDF of one paper, once."""
    with transaction.atomic():
        row = (
            Paper.objects.select_for_update(no_key=True, of=("self",))
            .select_related("authority")
            .get(pk=paper)
        )
        if row.pdf_id:
            return
        content = BytesIO(render_pdf(row))
        row.pdf = store(content, name=f"{row.title}（{row.number}）.pdf", by=None, spare=LETTERS)
        row.save(update_fields=["pdf"])
