"""What must hold between the fields of a pack."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from zaiti.programmes.packs.form_rules import form_findings
from zaiti.programmes.packs.reading import Place
from zaiti.programmes.packs.references import filled_pack, texts, wrong_names
from zaiti.programmes.packs.schema import Pack, Quotas, Rubric

Finding = tuple[Place, str]

RUBRIC_TOTAL = 100
MONTHS_A_YEAR = 12
TIE_KEYS = ("panel_vote", "award_fewer")


def findings(pack: Pack) -> Iterator[Finding]:
    """Everything in a well-formed pack that contradicts itself, its texts saying what the fields say."""
    read = filled_pack(pack)
    for rule in RULES:
        yield from rule(read)
    yield from _names_in_texts_are_fields(pack)


def _repeated(values: Iterable[object], list_at: Place, key: str) -> Iterator[Finding]:
    seen: Counter[object] = Counter()
    for at, value in enumerate(values):
        if seen[value]:
            yield (*list_at, at, key), f"“{value}”与前面重复，请改成不同的{_noun(key)}。"
        seen[value] += 1


def _noun(key: str) -> str:
    return {"code": "代码", "name": "名称", "number": "序号", "district": "区"}[key]


def codes_are_unique(pack: Pack) -> Iterator[Finding]:
    yield from _repeated((x.code for x in pack.types), ("types",), "code")
    yield from _repeated((x.code for x in pack.districts), ("districts",), "code")
    yield from _repeated((x.code for x in pack.steps), ("steps",), "code")
    yield from _repeated((x.code for x in pack.may_apply.kinds), ("may_apply", "kinds"), "code")
    yield from _repeated((x.code for x in pack.material_rules.rules), ("material_rules", "rules"), "code")
    yield from _repeated((x.code for x in pack.followup.grounds), ("followup", "grounds"), "code")
    yield from _repeated((x.number for x in pack.attachments), ("attachments",), "number")
    yield from _repeated((x.district for x in pack.windows), ("windows",), "district")


def names_are_unique(pack: Pack) -> Iterator[Finding]:
    yield from _repeated((x.name for x in pack.types), ("types",), "name")
    yield from _repeated((x.name for x in pack.districts), ("districts",), "name")
    for at, kind in enumerate(pack.types):
        categories: Place = ("types", at, "rubric", "categories")
        yield from _repeated((x.name for x in kind.rubric.categories), categories, "name")
        for number, category in enumerate(kind.rubric.categories):
            yield from _repeated(
                (x.name for x in category.criteria), (*categories, number, "criteria"), "name"
            )


def materials_are_unique(pack: Pack) -> Iterator[Finding]:
    for at, kind in enumerate(pack.types):
        items: Place = ("types", at, "materials", "items")
        yield from _repeated((x.code for x in kind.materials.items), items, "code")
        yield from _repeated((x.name for x in kind.materials.items), items, "name")


def district_level_has_one_district(pack: Pack) -> Iterator[Finding]:
    if pack.level == "district" and len(pack.districts) != 1:
        yield ("districts",), "区级政策包只写本区一个区，请删去其他区。"


def quotas_stay_within_the_cap(pack: Pack) -> Iterator[Finding]:
    for field, label in (("quotas", "认定名额"), ("sample_quotas", "样例名额")):
        given = [(at, getattr(place, field)) for at, place in enumerate(pack.districts)]
        total = sum(quotas.total for _, quotas in given if quotas)
        last = max((at for at, quotas in given if quotas), default=0)
        if total > pack.cap:
            message = f"各区{label}合计{total}家，超过上限{pack.cap}家，请减少名额或核对上限。"
            yield ("districts", last, field), message


def quotas_name_types_of_the_pack(pack: Pack) -> Iterator[Finding]:
    codes = {kind.code for kind in pack.types}
    for at, place in enumerate(pack.districts):
        for field in ("quotas", "sample_quotas"):
            quotas: Quotas | None = getattr(place, field)
            for code, number in quotas.by_type.items() if quotas else ():
                if number and code not in codes:
                    yield ("districts", at, field, code), f"types 里没有“{code}”类，名额应为0或补上该类。"


def sample_quotas_are_marked(pack: Pack) -> Iterator[Finding]:
    for at, place in enumerate(pack.districts):
        if place.sample_quotas and not place.sample_quotas.sample:
            yield ("districts", at, "sample_quotas"), "样例名额必须标明 sample: true（样例）。"
        if place.quotas and place.quotas.sample:
            yield ("districts", at, "quotas"), "样例不能写在 quotas 里，请改写到 sample_quotas。"


def windows_are_sound(pack: Pack) -> Iterator[Finding]:
    codes = {place.code for place in pack.districts}
    for at, window in enumerate(pack.windows):
        if window.district not in codes:
            yield ("windows", at, "district"), f"districts 里没有“{window.district}”，请核对区的代码。"
        if window.opens_at >= window.closes_at:
            yield ("windows", at, "closes_at"), "申报截止时刻必须晚于开始时刻，请核对 opens_at 与 closes_at。"
        if window.opens_at.date() < pack.notice.made_on:
            yield ("windows", at, "opens_at"), "申报开始早于通知成文日期，请核对。"
        if pack.report_deadline and window.closes_at.date() >= pack.report_deadline:
            yield ("windows", at, "closes_at"), "申报截止不早于报送市局的期限，请核对。"


def deadlines_are_in_order(pack: Pack) -> Iterator[Finding]:
    if pack.call_deadline and pack.call_deadline < pack.notice.made_on:
        yield ("call_deadline",), "发布申报通知的期限早于通知成文日期，请核对。"
    if pack.report_deadline and pack.report_deadline <= (pack.call_deadline or pack.notice.made_on):
        yield ("report_deadline",), "报送期限必须晚于发布申报通知的期限和成文日期，请核对。"


def disclosure_agrees_with_the_notice(pack: Pack) -> Iterator[Finding]:
    shown = pack.disclosure
    if shown and shown.made_on != pack.notice.made_on:
        yield ("disclosure", "made_on"), "信息公开的成文日期与 notice.made_on 不一致，请核对。"
    if shown and shown.published_on < shown.made_on:
        yield ("disclosure", "published_on"), "发布日期早于成文日期，请核对。"
    if shown and shown.title != pack.notice.title:
        yield ("disclosure", "title"), "信息公开的名称与 notice.title 不一致，请核对。"


def rubrics_add_up(pack: Pack) -> Iterator[Finding]:
    for at, kind in enumerate(pack.types):
        yield from _rubric_adds_up(kind.rubric, ("types", at, "rubric"))


def _rubric_adds_up(rubric: Rubric, place: Place) -> Iterator[Finding]:
    for number, category in enumerate(rubric.categories):
        total = sum(criterion.points for criterion in category.criteria)
        if total != category.points:
            message = f"“{category.name}”写明{category.points}分，各指标合计{total}分，请改成一致。"
            yield (*place, "categories", number, "points"), message
    total = sum(category.points for category in rubric.categories)
    if total != RUBRIC_TOTAL:
        yield (*place, "categories"), f"评审细则合计{total}分，应为{RUBRIC_TOTAL}分，请调整各类分值。"


def tie_order_names_categories(pack: Pack) -> Iterator[Finding]:
    known = {category.name for kind in pack.types for category in kind.rubric.categories} | set(TIE_KEYS)
    for at, key in enumerate(pack.tie_order):
        if key not in known:
            yield ("tie_order", at), f"“{key}”不是评审细则里的类别，也不是 {'、'.join(TIE_KEYS)}，请改正。"


def follow_up_months_are_in_order(pack: Pack) -> Iterator[Finding]:
    months = pack.followup.alert_months
    if list(months) != sorted(set(months)) or (months and months[-1] >= pack.followup.check_month):
        yield ("followup", "alert_months"), "提醒月数要从小到大，且都早于 check_month，请改正。"
    if pack.followup.check_month != pack.followup.years_without_training * MONTHS_A_YEAR:
        yield ("followup", "check_month"), "核查月数应等于 years_without_training 乘以12，请改成一致。"


def required_paper_has_an_address(pack: Pack) -> Iterator[Finding]:
    if pack.paper.required and not pack.paper.address:
        yield ("paper", "address"), "要求提交纸质材料时必须写明地址，请补上 address。"


def forms_are_sound(pack: Pack) -> Iterator[Finding]:
    for at, kind in enumerate(pack.types):
        if kind.form:
            yield from form_findings(kind.form, ("types", at, "form"))


def _names_in_texts_are_fields(pack: Pack) -> Iterator[Finding]:
    facts = pack.model_dump(mode="json")
    for place, text in texts(facts):
        for sentence in wrong_names(text, facts):
            yield place, sentence


RULES: tuple[Callable[[Pack], Iterator[Finding]], ...] = (
    codes_are_unique,
    names_are_unique,
    materials_are_unique,
    district_level_has_one_district,
    quotas_stay_within_the_cap,
    quotas_name_types_of_the_pack,
    sample_quotas_are_marked,
    windows_are_sound,
    deadlines_are_in_order,
    disclosure_agrees_with_the_notice,
    rubrics_add_up,
    tie_order_names_categories,
    follow_up_months_are_in_order,
    required_paper_has_an_address,
    forms_are_sound,
)
