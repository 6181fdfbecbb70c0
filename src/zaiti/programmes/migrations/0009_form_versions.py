"""The application form becomes data: the ten entries that were columns are version 1 of every type's form."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zaiti.clock


def entry(code, name, kind="text", **more):
    return {"code": code, "name": name} | ({} if kind == "text" else {"kind": kind}) | more


OFFICE = ["district", "city"]
CARRIER = {
    "title": "载体情况",
    "entries": [
        entry("carrier_name", "载体名称", help="认定后将写入证书。", most_letters=120),
        entry("training_address", "培训场地地址", "address", help="实际开展培训的地点，专家将到此实地考察。"),
        entry("occupations", "培训职业（工种）", help="多个职业（工种）用“、”分隔", most_letters=300),
        entry("trained_last_year", "上年度培训人数", "whole", unit="人", least="0", help="按人数填写，同一人只计一次。"),
        entry("summary", "载体基本情况", "lines"),
        entry("plan", "建设规划", "lines"),
    ],
}
MASTER = {
    "title": "技能大师",
    "entries": [
        entry("master_name", "技能大师姓名", "person"),
        entry(
            "master_certificate",
            "技能大师证书编号",
            once=True,
            help="同一名技能大师同一年度全市只能领办一个工作室。",
        ),
    ],
}
UNIT = {
    "title": "单位与联系人",
    "entries": [
        entry("registered_address", "注册地址", "address", known_from="registered_address"),
        entry("operating_address", "经营地址", "address", known_from="operating_address"),
        entry("contact_name", "联系人姓名", "person", known_from="own_name", read_by=OFFICE),
        entry(
            "contact_phone",
            "联系人电话",
            "phone",
            known_from="own_phone",
            read_by=OFFICE,
            sealed=True,
            help="加密保存，仅向受理本申报的区局显示。",
        ),
    ],
}


def make_forms(apps, _editor):
    kinds, forms = apps.get_model("programmes", "CarrierType"), apps.get_model("programmes", "FormVersion")
    for kind in kinds.objects.all():
        sections = [CARRIER, MASTER, UNIT] if kind.code == "studio" else [CARRIER, UNIT]
        forms.objects.create(carrier_type=kind, number=1, facts={"source": "D", "sections": sections})


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programmes", "0008_searched"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("facts", models.JSONField()),
                ("made_at", models.DateTimeField(default=zaiti.clock.now, verbose_name="made at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "carrier_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forms",
                        to="programmes.carriertype",
                    ),
                ),
            ],
            options={
                "verbose_name": "application form",
                "ordering": ["carrier_type", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("carrier_type", "number"), name="one_form_version")
                ],
            },
        ),
        migrations.RunPython(make_forms, migrations.RunPython.noop),
    ]
