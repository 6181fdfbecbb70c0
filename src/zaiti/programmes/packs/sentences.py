"""What pydantic found, as sentences for the person who wrote the pack."""

import re
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from zaiti.programmes.packs.reading import Place
from zaiti.programmes.packs.schema import Pack

SENTENCES = {
    "missing": "缺少“{field}”，请补上。",
    "int_type": "“{field}”应是整数，请写成不带引号和小数点的数字。",
    "bool_type": "“{field}”只能写 true（是）或 false（否）。",
    "string_type": "“{field}”应是文字；若全是数字，请加上引号。",
    "string_too_short": "“{field}”不能为空，请填写内容。",
    "string_pattern_mismatch": "“{field}”只能用小写字母开头的字母、数字、“-”和“_”。",
    "literal_error": "“{field}”只能是 {expected} 之一，请改正。",
    "decimal_parsing": "“{field}”应是数字，请改正。",
    "decimal_type": "“{field}”应是数字，请改正。",
    "greater_than_equal": "“{field}”不能小于 {ge}，请改正。",
    "less_than_equal": "“{field}”不能大于 {le}，请改正。",
    "too_short": "“{field}”至少要有 {min_length} 项，请补上。",
    "tuple_type": "“{field}”应是列表，每项另起一行，以“- ”开头。",
    "model_type": "“{field}”应是一段“字段: 值”，请缩进分行填写。",
    "date_from_datetime_parsing": "“{field}”不是日历上有的日期，请核对年月日。",
    "date_parsing": "“{field}”不是日历上有的日期，请核对年月日。",
    "datetime_from_date_parsing": "“{field}”不是存在的时刻，请核对日期和时间。",
    "datetime_parsing": "“{field}”不是存在的时刻，请核对日期和时间。",
}
UNKNOWN = "没有“{field}”这个字段，{advice}"
OTHERWISE = "“{field}”填写有误，请核对（{msg}）。"


def sentence(error: ErrorDetails) -> str:
    """Say in one sentence what is wrong and what to do."""
    field, context = str(error["loc"][-1]) if error["loc"] else "pack", error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    if error["type"] == "extra_forbidden":
        return UNKNOWN.format(field=field, advice=_advice(field, error["loc"][:-1]))
    if error["type"] == "literal_error":
        context = {"expected": re.sub(r", | or ", "、", context["expected"].replace("'", ""))}
    template = SENTENCES.get(error["type"], OTHERWISE)
    return template.format(field=field, msg=error["msg"], **context)


def _advice(field: str, block: Place) -> str:
    near = get_close_matches(field, _fields_at(block), n=1)
    return f"是不是“{near[0]}”？请改正。" if near else "请删去。"


def _fields_at(place: Place) -> list[str]:
    model: type[BaseModel] = Pack
    for key in place:
        if isinstance(key, str):
            model = _model_in(model.model_fields[key].annotation)
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = [part for part in get_args(annotation) if part not in (type(None), Ellipsis)]
    return _model_in(inside[0])
