"""Every component with invented content on one page; only in demo and debug mode."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.clock.models import SpecialDay
from zaiti.core import Refused
from zaiti.dossiers.story import Document, Event, Step
from zaiti.web.forms.fields import Form
from zaiti.web.forms.kept import FilesField
from zaiti.web.forms.saving import saved
from zaiti.web.lists.presets import Preset
from zaiti.web.ui.pages import listing, page

View = Callable[[HttpRequest], HttpResponse]


def for_looking(view: View) -> View:
    """Show a page only where looking around is meant."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        if not (settings.DEMO or settings.DEBUG):
            raise Http404
        return view(request)

    return shown


class SampleForm(Form):
    """One field of each kind."""

    name = forms.CharField(
        label="申报单位名称",
        help_text="与营业执照或法人登记证书一致。",
        initial="示例精密制造有限公司",
    )
    kind = forms.ChoiceField(
        label="载体类型",
        choices=[("", "请选择"), ("base", "高技能人才培训基地"), ("studio", "技能大师工作室")],
    )
    founded = forms.DateField(label="成立日期")
    closes = forms.DateTimeField(label="申报截止时间", required=False)
    trained = forms.IntegerField(
        label="上年度培训人数", min_value=0, help_text="按实际结业人数填写，单位：人。"
    )
    about = forms.CharField(label="培训能力简介", widget=forms.Textarea({"rows": 4}), required=False)
    trades = forms.MultipleChoiceField(
        label="培训工种",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "数控车工"), ("2", "工业机器人系统操作员"), ("3", "养老护理员")],
    )
    scans = FilesField(
        label="证明材料（PDF）", required=False, help_text="先盖章后扫描，每个文件不超过 200 MB。"
    )
    agreed = forms.BooleanField(label="本单位承诺所填内容和所附材料真实、完整")


class DayTable(tables.Table):
    """Days of the holiday table, as something to list."""

    day = tables.DateColumn(verbose_name="日期", format="Y-m-d", linkify=lambda record: f"#{record.day}")
    name = tables.Column(verbose_name="名称")
    working = tables.BooleanColumn(verbose_name="是否上班", yesno="上班,休息")

    class Meta:
        model = SpecialDay
        fields = ("day", "name", "working")


class DayFilter(django_filters.FilterSet):
    """Filters of the sample list."""

    name = django_filters.CharFilter(label="名称", lookup_expr="says")
    working = django_filters.BooleanFilter(label="是否上班")
    day = django_filters.DateFilter(label="自", lookup_expr="gte")

    class Meta:
        model = SpecialDay
        fields = ("name", "working", "day")


@for_looking
def show(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    form = SampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "已提交。受理编号 LH-2025-0007，回执已发送至单位收件箱。")
    doors = {"site", "portal", "desk", "jury"}
    door = request.GET.get("door", "portal")
    base = f"ui/base_{door if door in doors else 'portal'}.html"
    return page(request, "ui/styleguide.html", base=base, form=form, error_form=_wrong_form(), **_samples())


@for_looking
def rows(request: HttpRequest) -> HttpResponse:
    """Show a list with everything a list does."""
    presets = [Preset("调休上班", "working=true"), Preset("春节", "name=春节")]
    everything = SpecialDay.objects.all()
    context = {"base": "ui/base_desk.html", "title": "节假日安排", "presets": presets}
    return listing(request, "ui/list_page.html", DayTable, DayFilter, everything, **context)


@for_looking
def progress(request: HttpRequest) -> HttpResponse:
    """Answer the sample progress bar with a little more."""
    done = datetime.now(tz=clock.now().tzinfo).second % 21
    context: dict[str, Any] = {
        "done": done,
        "total": 20,
        "label": "扫描件预检",
        "poll": request.path,
        "left_s": 3 * (20 - done),
    }
    return page(request, "ui/progress.html", share=done * 5, **context)


@for_looking
def autosave(request: HttpRequest) -> HttpResponse:
    """Pretend to save."""
    return saved()


@for_looking
def refuse(request: HttpRequest) -> HttpResponse:
    """Refuse, to see how it looks."""
    raise Refused(_("This step is not open while it is “%s”.") % "已受理")


def _wrong_form() -> SampleForm:
    form = SampleForm({"name": "", "trained": "-3", "kind": "base", "founded": "2019-02-30"}, prefix="wrong")
    form = SampleForm({f"wrong-{k}": v for k, v in form.data.items()}, prefix="wrong")
    form.full_clean()
    return form


def _samples() -> dict[str, Any]:
    today, now = clock.today(), clock.now()
    paper = Document("补正通知书（示例）", "#paper", 182_400)
    return {
        "today": today,
        "soon": clock.add_working_days(today, 3),
        "next_month": today + timedelta(days=20),
        "late": today - timedelta(days=6),
        "now": now,
        "month_end": today + timedelta(days=13),
        "papers": [
            paper,
            Document("营业执照", "#file", 1_482_000),
            Document("申报书", "#word", 62_000, "Word"),
        ],
        "procedure": _procedure(),
        "events": [
            Event(
                now - timedelta(days=6),
                "提交申报",
                "示例精密制造有限公司　张示例",
                papers=[Document("提交回执", "#receipt", 96_000)],
            ),
            Event(
                now - timedelta(days=4),
                "退回补正",
                "示例区人力资源局　经办",
                "共 4 处，一次性告知",
                "attention",
                [paper],
            ),
            Event(now - timedelta(days=1), "重新提交", "示例精密制造有限公司　张示例", "替换 2 份材料"),
        ],
        "scores": [("专家一", 86.5), ("专家二", 84), ("专家三", 91), ("专家四", 72.5), ("专家五", 88)],
        "facts": [
            ("统一社会信用代码", "91440300EXAMPLE018"),
            ("培训地址", "示例市示例区示例路 8 号"),
            ("联系人", "张示例"),
            ("传真", ""),
        ],
    }


def _procedure() -> list[Step]:
    done = [Step("申报", "done", said="8-12"), Step("提交", "done", said="8-20")]
    coming = ["实地考察", "评审打分", "公示", "报送", "公告"]
    return [*done, Step("形式审查", "now", said="剩余 3 日"), *(Step(label) for label in coming)]
