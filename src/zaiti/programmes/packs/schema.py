"""The shape of a policy pack: what one year's notice says, as data."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool

from zaiti.programmes.packs.form import Form
from zaiti.programmes.packs.parts import Block, Part
from zaiti.programmes.packs.values import (
    Code,
    Count,
    Day,
    IndexNumber,
    Moment,
    Phone,
    Positive,
    Source,
    Text,
    TypeCode,
    Uscc,
    Year,
)


class Notice(Block):
    """The notice this pack was taken from."""

    title: Text
    doc_number: Text | None
    authority: Text
    addressees: Text
    made_on: Day
    text_source: Source


class Basis(Block):
    """A document the notice rests on."""

    name: Text
    number: Text
    issuer: Text | None = None


class Programme(Block):
    """What is recognised year by year: its name, its public title, how certificates are numbered."""

    code: Code
    name: Text
    title: Text
    certificate: Text  # with {city}, {year}, {type} and {number}


class Headings(Block):
    """The notice's own headings."""

    types: Text
    may_apply: Text
    quotas: Text
    steps: Text
    work_requirements: Text


class City(Block):
    """The city bureau, which recognises."""

    code: Code
    name: Text
    place: Text | None = None  # 示例市; else read off the bureau's name
    uscc: Uscc | None = None
    doc_prefix: Text


class Quotas(Block):
    """At most so many carriers of each type, under the type's code."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Count]

    @property
    def by_type(self) -> dict[str, int]:
        return dict(self.__pydantic_extra__ or {})

    @property
    def total(self) -> int:
        return sum(self.by_type.values())


class District(Block):
    """A district bureau, which calls, reviews and reports."""

    code: Code
    name: Text
    authority: Text
    uscc: Uscc | None = None
    doc_prefix: Text
    called: Text = "我区"  # as its own texts speak of it
    quotas: Quotas | None = None
    sample_quotas: Quotas | None = None


class Criterion(Part):
    """What experts give points for."""

    name: Text
    points: Positive
    note: str = ""


class Category(Part):
    """A group of criteria."""

    name: Text
    points: Positive
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Rubric(Block):
    """How one type is scored, out of 100."""

    pass_line: Annotated[int, Field(strict=True, ge=0, le=100)]
    per_category_min_ratio: Annotated[Decimal, Field(ge=0, le=1)]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]


class Material(Part):
    """One file an applicant hands in."""

    code: Code
    name: Text
    required: StrictBool
    note: str = ""
    file: Literal["pdf"]


class Materials(Block):
    """The files asked of one type, in order."""

    items: Annotated[tuple[Material, ...], Field(min_length=1)]


class CarrierType(Block):
    """A carrier type: its definition and the year's focus."""

    code: TypeCode
    name: Text
    letters: Text | None = None  # in certificate numbers
    definition: Text
    focus: Text
    rubric: Rubric
    materials: Materials
    form: Form | None = None  # the plain one where the pack has none


class Kind(Part):
    """A kind of organisation that may apply."""

    code: Code
    name: Text


class MayApply(Block):
    """Who may apply."""

    text: Text
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]


class Window(Block):
    """When one district takes applications; at `closes_at` it is closed."""

    district: Code
    text: Text
    opens_at: Moment
    closes_at: Moment
    opening_hour_stated: StrictBool = True


class Portal(Block):
    """Where applicants sign in."""

    name: Text
    item: Text
    button: Text


class Step(Part):
    """One step of the procedure, in the notice's words."""

    code: Literal["call", "window", "apply", "accept", "review", "publicity", "result"]
    title: Text
    text: Text


class Rule(Part):
    """One demand on a scan."""

    code: Literal["format", "sealed", "clear", "complete", "straight", "named"]
    text: Text


class MaterialRules(Block):
    """What a scan must be like, and how large it may be."""

    text: Text
    format: Literal["PDF"]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    max_megabytes: Positive
    max_pages: Positive
    made_into_pdf: tuple[Literal["photo", "word", "ofd"], ...] = ("photo", "word", "ofd")


class Electronic(Block):
    """The electronic copy that goes with the paper."""

    text: Text
    formats: Annotated[tuple[Literal["Word", "PDF"], ...], Field(min_length=1)]
    single_file: StrictBool
    named_after_applicant: StrictBool
    same_order: StrictBool


class Paper(Block):
    """Paper copies; where not required, what holds if a district asks for them."""

    required: StrictBool
    text: Text | None = None
    size: Literal["A4"]
    copies: Positive
    bound: StrictBool
    contents: StrictBool
    page_numbers: StrictBool
    address: Text | None = None
    phone: Phone | None = None
    electronic: Electronic | None = None


class Scoring(Block):
    """How experts' scores become one."""

    rule: Literal["mean", "trimmed"]
    trim_from: Annotated[int, Field(strict=True, ge=3)]
    decimals: Annotated[int, Field(strict=True, ge=0, le=4)]
    minimum_panel: Positive


class Ground(Part):
    """A reason to revoke."""

    code: Code
    text: Text


class FollowUp(Block):
    """What happens to carriers after recognition."""

    text: Text
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]
    years_without_training: Positive
    alert_months: tuple[Positive, ...]
    check_month: Positive
    rectification_days: Positive
    defence_days: Positive


class Requirement(Part):
    """A paragraph of the notice's other requirements."""

    title: Text | None = None
    text: Text


class Attachment(Part):
    """A file that came with the notice."""

    number: Positive
    title: Text
    file: Text | None = None


class Disclosure(Block):
    """Information-disclosure metadata, as published."""

    index_number: IndexNumber
    category: Text | None
    publisher: Text
    made_on: Day
    title: Text
    doc_number: Text | None
    published_on: Day
    keywords: tuple[Text, ...]
    view_count: Count
    attachments: tuple[Attachment, ...]


class Contact(Block):
    """The office that answers questions."""

    office: Text
    phone: Phone


class Pack(Block):
    """One year's notice, whole."""

    id: Code
    title: Text
    year: Year
    level: Literal["city", "district"]
    notice: Notice
    programme: Programme | None = None
    basis: Basis
    further_basis: tuple[Basis, ...] = ()
    purpose: Text
    headings: Headings
    city: City
    districts: Annotated[tuple[District, ...], Field(min_length=1)]
    types: Annotated[tuple[CarrierType, ...], Field(min_length=1)]
    may_apply: MayApply
    cap: Positive
    cap_text: Text
    windows: tuple[Window, ...]
    call_deadline: Day | None
    report_deadline: Day | None
    rubric_adaptable: StrictBool
    portal: Portal
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    material_rules: MaterialRules
    paper: Paper
    publicity_days: Positive
    acceptance_days: Positive
    correction_days: Positive
    returns_allowed: Count
    objection_days: Positive
    scoring: Scoring
    tie_order: Annotated[tuple[Text, ...], Field(min_length=1)]
    followup: FollowUp
    work_requirements: tuple[Requirement, ...]
    attachments: tuple[Attachment, ...]
    disclosure: Disclosure | None
    contact: Contact
    closing: Text

    def type(self, code: str) -> CarrierType:
        """The carrier type of this code."""
        return next(kind for kind in self.types if kind.code == code)

    def called(self, code: str) -> str:
        """How the bureau of this code speaks of its place: 我区, 新区, 合作区."""
        return next((place.called for place in self.districts if place.code == code), "我区")

    def district(self, code: str) -> District:
        """The district of this code."""
        return next(place for place in self.districts if place.code == code)
