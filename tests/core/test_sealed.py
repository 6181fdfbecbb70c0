"""Numbers of people in texts."""

import pytest

from zaiti.core.sealed import mask_numbers


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请致电13800138000。", "请致电138****8000。"),
        ("+86 138-0013-8000", "+86**********8000"),
        ("身份证11010519491231002X有误", "身份证110***********002X有误"),
    ],
)
def test_phone_and_identity_numbers_are_masked(text, masked):
    assert mask_numbers(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "91440300MA5KQ3XX1Q",
        "114403035731270177/2025-00001",
        "0755-25666666",
        "2025-06-27",
        "a" * 64,
        "1" * 64,
    ],
)
def test_codes_dates_and_hashes_stay(text):
    assert mask_numbers(text) == text
