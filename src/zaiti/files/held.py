"""Files of a form that was refused for something else: kept until it is sent again, tied to nobody."""

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import IO

from django.db import transaction

from zaiti import clock
from zaiti.files.models import Held
from zaiti.files.store import UPLOADS, let_go, store

TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
KEPT = timedelta(days=1)
SHOWN = "待交文件"  # wherever files are listed: its own name may say whose it is


@transaction.atomic
def hold(content: IO[bytes], *, name: str, content_type: str, spare: int = UPLOADS) -> Held:
    """Keep a file behind a token that nobody can guess."""
    given, kind = name[-255:], content_type[:100]
    file = store(content, name=SHOWN, by=None, original_name=given, content_type=kind, spare=spare)
    return Held.objects.create(token=secrets.token_urlsafe(32), file=file, at=clock.now())


def held(tokens: Sequence[str]) -> list[Held]:
    """Find what is still kept, in the order of the tokens."""
    tokens = [token for token in tokens if TOKEN.fullmatch(token)]
    live = Held.objects.filter(token__in=tokens, at__gt=clock.now() - KEPT).select_related("file")
    found = {row.token: row for row in live}
    return [found[token] for token in dict.fromkeys(tokens) if token in found]


def forget_old() -> int:
    """Let go of what nobody sent again."""
    old = list(Held.objects.filter(at__lte=clock.now() - KEPT).select_related("file"))
    for row in old:
        path = str(row.file.content)
        row.file.delete()  # and the row that holds it
        let_go(path)
    return len(old)
