from zaiti.core.tones import DONE
from zaiti.ledger.deeds import WITH_APPLICANT, Deed, declare, name_facts

declare(
    "guest.greeting",
    Deed("greet", "greeted the unit", tone=DONE, told=WITH_APPLICANT, reason_told=True),
    Deed("frown", "frowned at the unit"),
)
name_facts(flowers="flowers brought")
