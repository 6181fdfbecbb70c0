"""Which units a call is for: those of its own city, of the kinds that its year names."""

from django.utils.translation import gettext as _

from zaiti.accounts.models import Organisation
from zaiti.core import Refused
from zaiti.notices.models import Call
from zaiti.programmes.queries import kind_words


def require_kind(call: Call, unit: Organisation | None) -> None:
    """Refuse a unit of another city, or of a kind that the year's notice does not name."""
    if unit and unit.district and unit.district.root_id != call.authority.root_id:
        raise Refused(_("This call is another city's; your unit has its district in %s.") % unit.district)
    kinds = (call.cycle.policy.get("may_apply") or {}).get("kinds") or []
    if unit and kinds and unit.kind not in [kind["code"] for kind in kinds]:
        said = _(
            "This call is for: %(kinds)s. Your unit is registered as “%(own)s”; if that is wrong, "
            "its owner can change it under “Our unit”."
        )
        named = _(", ").join(kind["name"] for kind in kinds)
        raise Refused(said % {"kinds": named, "own": kind_words(unit)})
