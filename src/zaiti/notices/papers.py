"""The kinds of papers of notices; `text.py` and `amending.py` say what they tell."""

from django.utils.translation import gettext_lazy as _

from zaiti.papers import kinds

CALL = kinds.add("notices", "call", _("call notice"), word="通", made_by=[("notices.call", "publish")])
EXTENSION = kinds.add(
    "notices",
    "extension",
    _("extension announcement"),
    word="延",
    title="{bureau}关于延长{year}年度{programme}申报时间的公告",
)
ERRATUM = kinds.add(
    "notices", "erratum", _("correction announcement"), word="更", title="{bureau}关于《{text}》的更正公告"
)
NOTICE = kinds.add(
    "notices",
    "notice",
    _("notice to the districts"),
    word=kinds.LETTER,
    made_by=[("notices.citynotice", "publish")],
)
