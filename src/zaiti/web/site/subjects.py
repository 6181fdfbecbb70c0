"""What anybody may be written to about, as everybody may read it."""

from zaiti.accounts.models import User
from zaiti.notices.models import Publication
from zaiti.publicity.models import Posting
from zaiti.web.ui.subjects import Shown, add

add(Posting, Shown("site:posting", lambda user: Posting.objects.all()))
add(Publication, Shown("site:notice", lambda user: Publication.objects.all()))
add(User, Shown("mfa_index"))
