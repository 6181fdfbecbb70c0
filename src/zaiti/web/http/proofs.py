"""The proof that an entry stands in the public log, as a file."""

import json

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.ledger import log
from zaiti.ledger.models import Entry
from zaiti.web.http.downloads import download


def proof_of(entry: Entry) -> HttpResponse:
    """Give an entry's receipt, whole: only to who may read all that it says."""
    receipt = log.receipt(entry)
    if receipt is None:
        raise Refused(_("The public log has not signed this yet; it does so each minute. Ask again then."))
    said = json.dumps(receipt, ensure_ascii=False, separators=(",", ":"))
    return download(said, f"zaiti-proof-{entry.pk}.json", "application/json")
