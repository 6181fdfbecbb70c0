"""The kinds of value a policy pack may hold, each with its own sentence when it is wrong."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from stdnum.cn import uscc

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00")
INDEX_NUMBER = re.compile(r"([0-9A-Z]{18})/\d{4}-\d{5}")
MARKS_OF_SOURCES = ("N1", "N2", "L", "D")
SHORTEST_NAME = 4  # of a document in other letters; what is shorter was meant as a mark
CHINESE = re.compile("[\u4e00-\u9fff]")
MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")


def _day(value: object) -> object:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("日期要写成“2025-05-15”这样的年-月-日。")
    return value


def _moment(value: object) -> object:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise ValueError("时刻要写到秒并带时区，如“2024-08-25T18:00:00+08:00”（北京时间）。")
    return value


def _uscc(value: str) -> str:
    if not uscc.is_valid(value):
        raise ValueError("统一社会信用代码的位数或校验码不对，请对照证书核对18位代码。")
    return value


def _index_number(value: str) -> str:
    found = INDEX_NUMBER.fullmatch(value)
    if not found or not uscc.is_valid(found[1]):
        raise ValueError("索引号应为“发布机构统一社会信用代码/年份-5位流水号”，请核对代码与格式。")
    return value


def _office_phone(value: str) -> str:
    if MOBILE.fullmatch(re.sub(r"[\s-]", "", value)):
        raise ValueError("这里只写办公电话，不写个人手机号，请改为单位座机。")
    return value


def _source(value: str) -> str:
    if value not in MARKS_OF_SOURCES and not CHINESE.search(value) and len(value) < SHORTEST_NAME:
        raise ValueError("出处填 N1、N2、L 或 D，或者写出文件的名称。")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
Count = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, ge=1)]
Year = Annotated[int, Field(strict=True, ge=2004, le=2100)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Uscc = Annotated[str, AfterValidator(_uscc)]
IndexNumber = Annotated[str, AfterValidator(_index_number)]
Phone = Annotated[Text, AfterValidator(_office_phone)]
Source = Annotated[Text, AfterValidator(_source)]
TypeCode = Annotated[Code, StringConstraints(max_length=40)]
