"""What is often wrong with a material; the reasons go into the notice as they stand."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from zaiti.screening.models import Check


@dataclass(frozen=True)
class Fault:
    """One preset: its short name on a button, and the sentence of the notice."""

    code: str
    label: Any
    mark: str
    reason: str
    # The engine's checks that look for the same fault.
    checks: tuple[str, ...] = ()


NOT_IN_FORM = Check.Mark.NOT_IN_FORM
NOT_HANDED_IN = "未提交该材料。"
# 扫描件清晰明辨、不缺页、不歪斜，加盖公章，按材料名称命名 [N1 四（二）; N2 四（二）]; the last two [D].
FAULTS = {
    fault.code: fault
    for fault in (
        Fault("missing", _("Missing"), Check.Mark.MISSING, NOT_HANDED_IN),
        Fault("seal", _("No seal"), NOT_IN_FORM, "未加盖公章，请先加盖公章再扫描。", ("seal",)),
        Fault(
            "blurred", _("Not legible"), NOT_IN_FORM, "扫描件不清晰，内容无法辨认，请重新扫描。", ("clarity",)
        ),
        Fault(
            "pages",
            _("Pages missing"),
            NOT_IN_FORM,
            "扫描件缺页，请补齐全部页面后重新扫描。",
            ("pagination",),
        ),
        Fault("skewed", _("Skewed"), NOT_IN_FORM, "扫描件歪斜，请摆正后重新扫描。", ("skew", "orientation")),
        Fault(
            "other",
            _("Other document"),
            NOT_IN_FORM,
            "文件内容与材料名称不符，请提交对应的材料。",
            ("title",),
        ),
        Fault("unsigned", _("Not signed"), NOT_IN_FORM, "未按要求签字，请签字后重新扫描。"),
        Fault("expired", _("Out of date"), NOT_IN_FORM, "证照已超过有效期，请提交在有效期内的证照。"),
    )
}
