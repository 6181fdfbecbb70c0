"""Papers and files with dull defaults."""

from io import BytesIO

from tests.makers.people import district
from zaiti.files.models import StoredFile
from zaiti.files.store import store
from zaiti.papers.actions import issue
from zaiti.papers.models import Paper
from zaiti.screening.papers import ACCEPTANCE


def stored_file(content: bytes = b"%PDF-1.4 example", name: str = "示例.pdf", **fields: object) -> StoredFile:
    """A small stored file."""
    return store(BytesIO(content), name=name, by=None, **fields)


def paper(**fields: object) -> Paper:
    """A paper of the given kind, an acceptance notice unless said otherwise."""
    given = {"by": None, "authority": district(), "title": "示例通知书", "facts": {}} | fields
    return issue(given.pop("kind", ACCEPTANCE), **given)
