"""What machine readers are given of each thing: public fields alone."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from zaiti.notices.models import Publication


class CarrierOut(Schema):
    """A recognised carrier."""

    certificate_number: str
    name: str
    unit: str
    unit_now: str = Field(alias="organisation.name")
    type: str = Field(alias="carrier_type.code")
    type_name: str = Field(alias="carrier_type.name")
    district: str = Field(alias="authority.district")
    district_code: str = Field(alias="authority.code")
    year: int
    recognised_on: date
    revoked_on: date | None
    state: Literal["valid", "revoked"]

    @staticmethod
    def resolve_state(carrier: object) -> str:
        """Valid until revoked: a notice to correct isn't public."""
        return "revoked" if getattr(carrier, "revoked_on", None) else "valid"


class NoticeOut(Schema):
    """A published text with its disclosure metadata."""

    id: int
    kind: str
    title: str
    index_number: str
    category: str
    publisher: str = Field(alias="authority.name")
    publisher_code: str = Field(alias="authority.code")
    made_on: date
    doc_number: str
    published_at: datetime
    keywords: str
    replaces: int | None = Field(alias="replaces_id")
    adds_to: int | None = Field(alias="amends_id")


class WholeNoticeOut(NoticeOut):
    """The same with its text, in Markdown."""

    body: str
    taken_down_at: datetime | None
    taken_down_reason: str

    @staticmethod
    def resolve_body(text: Publication) -> str:
        """Nothing of a text that was taken down."""
        return "" if text.taken_down_at else text.body

    @staticmethod
    def resolve_keywords(text: Publication) -> str:
        """Nor what it was about."""
        return "" if text.taken_down_at else text.keywords

    @staticmethod
    def resolve_category(text: Publication) -> str:
        """Nor of what sort it was."""
        return "" if text.taken_down_at else text.category


class PostedOut(Schema):
    """One posted name."""

    unit: str
    type: str = Field(alias="candidate.carrier_type.code")
    type_name: str = Field(alias="candidate.carrier_type.name")
    last_day: date


class PostingOut(Schema):
    """A public posting and its names."""

    id: int
    title: str = Field(alias="publication.title")
    notice: int = Field(alias="publication_id")
    district: str = Field(alias="authority.district")
    district_code: str = Field(alias="authority.code")
    year: int = Field(alias="cycle.year")
    state: str
    posted_at: datetime
    working_days: int = Field(alias="days")
    last_day: date
    replaces: int | None = Field(alias="replaces_id")
    names: list[PostedOut]


class TypeOut(Schema):
    """One type of carrier as this year's notice defines it."""

    code: str
    name: str
    definition: str
    focus: str


class CallOut(Schema):
    """A district's published call."""

    district: str = Field(alias="authority.district")
    district_code: str = Field(alias="authority.code")
    opens_at: datetime
    closes_at: datetime
    notice: int | None = Field(alias="publication_id")


class CycleOut(Schema):
    """A year's recognition: its cap, its terms, its types and the calls published so far."""

    year: int
    name: str
    state: str
    cap: int
    call_deadline: date | None
    report_deadline: date | None
    publicity_days: int
    acceptance_days: int
    types: list[TypeOut]
    calls: list[CallOut] = Field(alias="published_calls")
