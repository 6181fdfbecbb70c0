"""The form that is used where a pack has none: what every recognition needs to know [D]."""

from zaiti.programmes.packs.form import Form

CARRIER = "carrier_name"  # what the certificate, the register and the lists call the carrier
SITE = "training_address"  # where experts go
CALLED_BY = {CARRIER: 120, SITE: 200}  # entries that other rooms read, and the most letters they keep

PLAIN = Form.model_validate(
    {
        "source": "D",
        "sections": [
            {
                "title": "载体情况",
                "entries": [
                    {"code": CARRIER, "name": "载体名称", "help": "认定后将写入证书。", "most_letters": 120},
                    {
                        "code": SITE,
                        "name": "培训场地地址",
                        "kind": "address",
                        "help": "实际开展培训的地点，专家将到此实地考察。",
                    },
                    {
                        "code": "occupations",
                        "name": "培训职业（工种）",
                        "help": "多个职业（工种）用“、”分隔",
                        "most_letters": 300,
                    },
                    {
                        "code": "trained_last_year",
                        "name": "上年度培训人数",
                        "kind": "whole",
                        "unit": "人",
                        "least": 0,
                        "help": "按人数填写，同一人只计一次。",
                    },
                    {"code": "summary", "name": "载体基本情况", "kind": "lines"},
                    {"code": "plan", "name": "建设规划", "kind": "lines"},
                ],
            },
            {
                "title": "单位与联系人",
                "entries": [
                    {
                        "code": "registered_address",
                        "name": "注册地址",
                        "kind": "address",
                        "known_from": "registered_address",
                    },
                    {
                        "code": "operating_address",
                        "name": "经营地址",
                        "kind": "address",
                        "known_from": "operating_address",
                    },
                    {
                        "code": "contact_name",
                        "name": "联系人姓名",
                        "kind": "person",
                        "known_from": "own_name",
                        "read_by": ["district", "city"],
                    },
                    {
                        "code": "contact_phone",
                        "name": "联系人电话",
                        "kind": "phone",
                        "known_from": "own_phone",
                        "sealed": True,
                        "read_by": ["district", "city"],
                        "help": "加密保存，仅向受理本申报的区局显示。",
                    },
                ],
            },
        ],
    }
)
