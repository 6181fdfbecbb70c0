"""Whatever the demo's two years wrote to anybody leads them to a page that opens."""

import pytest

from tests.town import NOW
from tests.walk.test_every_door import client_of
from zaiti import clock
from zaiti.accounts.models import User
from zaiti.outbox.models import Message
from zaiti.web.ui.subjects import page_of

pytestmark = [pytest.mark.usefixtures("town_database"), pytest.mark.slow]
# These lead nowhere beyond the inbox.
ALONE = {"mandates/mail/passed.txt", "mandates/mail/closed.txt"}


def test_every_message_leads_its_reader_to_a_page():
    kinds = Message.objects.exclude(template__in=ALONE).values("to", "about", "about_id").distinct()
    rows = [Message(to=User.objects.get(pk=row.pop("to")), **row) for row in kinds.order_by("to")]
    assert len({row.about for row in rows}) > 12
    with clock.at(NOW):
        lost = {(str(row.to), row.about, row.about_id) for row in rows if not _opens(row)}
    assert lost == set()


def _opens(row: Message) -> bool:
    page = page_of(row)
    return bool(page) and client_of(row.to).get(page).status_code == 200
