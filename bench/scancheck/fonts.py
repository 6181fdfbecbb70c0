"""The host's Chinese fonts; what stands in for what is said here once."""

from functools import cache

from PIL import ImageFont

NOTO = "/usr/share/fonts/opentype/noto/Noto{}CJK-{}.ttc"
WENKAI = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-{}.ttf"
# Noto's collections hold JP, KR, SC, TC, HK in this order.
SIMPLIFIED = 2
FACES = {
    "song": (NOTO.format("Serif", "Regular"), SIMPLIFIED),
    "song-bold": (NOTO.format("Serif", "Bold"), SIMPLIFIED),
    "hei": (NOTO.format("Sans", "Regular"), SIMPLIFIED),
    "hei-bold": (NOTO.format("Sans", "Bold"), SIMPLIFIED),
    "kai": (WENKAI.format("Regular"), 0),
    "kai-light": (WENKAI.format("Light"), 0),
}
BODY = ("song", "song", "hei", "kai", "kai-light")
HEADINGS = ("song-bold", "hei-bold", "hei")


@cache
def font(face: str, pixels: int) -> ImageFont.FreeTypeFont:
    """A face at a height in pixels."""
    path, index = FACES[face]
    return ImageFont.truetype(path, max(4, pixels), index=index)
