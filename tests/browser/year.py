"""The year's people, each in a window of their own, and what they have in their hands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.conftest import Calendar
from tests.browser.person import Person
from zaiti.accounts.models import Authority
from zaiti_replay.cast import Cast
from zaiti_replay.scans import scan

PACK = "luohu-2024"
FOUNDED_ON = "2010-05-04"
OBJECTOR = "11010519491231002X"  # the worked example of GB 11643-1999


@dataclass(frozen=True)
class Applicant:
    """A unit that applies: its account, its name, its carrier type and its credit code's serial."""

    account: str
    name: str
    type: str
    serial: int

    @property
    def password(self) -> str:
        """A password that its account may have."""
        return f"shilun-{self.serial}-Kaiguan"


CLEAN = Applicant("zhizao", "示例智造股份有限公司", "高技能人才培训基地", 71)
FAULTY = Applicant("yanglao", "示例养老服务集团有限公司", "高技能人才培训基地", 72)
MASTER = Applicant("zhubao", "示例珠宝首饰有限公司", "技能大师工作室", 73)
UNITS = (CLEAN, FAULTY, MASTER)


@dataclass
class Year:
    """The year as it goes on: its people's windows and where their papers lie."""

    open_door: Callable[..., Person]
    calendar: Calendar
    scans: Path
    cast: Cast | None = None
    people: dict[str, Person] = field(default_factory=dict)

    def of(self, who: str, account: str = "") -> Person:
        """Somebody's window, opened when they first come, at their start page."""
        if who not in self.people:
            self.people[who] = self.open_door(who, account)
        self.people[who].start()
        return self.people[who]

    @property
    def district(self) -> int:
        """The district's key, as lists of districts have it."""
        return Authority.objects.get(code="luohu").pk

    @property
    def city_officer(self) -> Person:
        """The city's officer."""
        return self.of("city-officer", "sz.officer")

    @property
    def city_reviewer(self) -> Person:
        """The city's reviewer."""
        return self.of("city-reviewer", "sz.reviewer")

    @property
    def city_approver(self) -> Person:
        """The city's approver."""
        return self.of("city-approver", "sz.approver")

    @property
    def officer(self) -> Person:
        """The district's officer."""
        return self.of("officer", "luohu.officer")

    @property
    def approver(self) -> Person:
        """The district's approver."""
        return self.of("approver", "luohu.approver")

    def papers(self, unit: Applicant, *materials: str) -> list[Path]:
        """Sealed scans of a unit's materials, each named after its material."""
        made = [self.scans / unit.account / f"{name.replace('/', '、')}.pdf" for name in materials]
        made[0].parent.mkdir(exist_ok=True)
        for path, name in zip(made, materials, strict=True):
            path.write_bytes(scan(name, unit.name))
        return made
