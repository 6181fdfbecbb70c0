"""What officers found, beside what the pre-check had said: the ground on which its checks are tuned."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from scancheck import registered
from zaiti.applications.models import MaterialVersion
from zaiti.screening.faults import FAULTS
from zaiti.screening.models import Check, Judgement
from zaiti.screening.scan_reports import Seen, scan_reports, seen

# Checks whose faults an officer can see; codes, signatures and safety are not theirs to judge.
KINDS = tuple(check.name for check in registered() if check.by_eye)


@dataclass(frozen=True)
class Agreement:
    """How often one check and the officers said the same; `alarms` and `misses` are where they did not."""

    engine: str
    kind: str
    same: int
    alarms: int
    misses: int
    unsure: int

    @property
    def share(self) -> float | None:
        """The share of the same among what the check was sure of."""
        sure = self.same + self.alarms + self.misses
        return self.same / sure if sure else None


def judge(check: Check, version: MaterialVersion) -> None:
    """Keep what a mark says of each kind of check, where the file was read before it was marked."""
    material = check.material
    rows = scan_reports([version.file], material.application.organisation.name)
    view = seen(version, material.requirement.name, rows)
    if view is None or view.waiting:
        return
    Judgement.objects.filter(version=version).delete()
    Judgement.objects.bulk_create(
        Judgement(
            version=version, engine=view.reading.engine, kind=kind, said=view.says(kind), fault=fault,
            by=check.by, at=check.at,
        )
        for kind, fault in _faults(check, view).items()
    )  # fmt: skip


def _faults(check: Check, view: Seen) -> dict[str, bool]:
    """Which kinds the officer found at fault; one fault says nothing of the other kinds."""
    if check.mark == Check.Mark.IN_ORDER:
        return dict.fromkeys(KINDS, False)
    presets = [fault.checks for fault in FAULTS.values() if fault.checks and fault.reason in check.reason]
    # Of a preset for two checks, the one that saw something is meant, else the first.
    meant = {next((kind for kind in kinds if view.says(kind) != "pass"), kinds[0]) for kinds in presets}
    taken = {found.check for found in view.findings if found.message in check.reason}
    return {kind: True for kind in KINDS if kind in meant | taken}


def agreement() -> list[Agreement]:
    """Count, for each engine and kind, how often check and officers agreed."""
    rows = Judgement.objects.values_list("engine", "kind", "said", "fault").annotate(Count("pk"))
    counted: dict[tuple[str, str], Counter[str]] = {}
    for engine, kind, said, fault, count in rows:
        counted.setdefault((engine, kind), Counter())[_outcome(said, fault)] += count
    return [
        Agreement(engine, kind, sums["same"], sums["alarms"], sums["misses"], sums["unsure"])
        for (engine, kind), sums in sorted(counted.items())
    ]


def _outcome(said: str, fault: bool) -> str:
    if said == "unsure":
        return "unsure"
    saw = said in ("fail", "warn")
    return "same" if saw == fault else "alarms" if saw else "misses"
