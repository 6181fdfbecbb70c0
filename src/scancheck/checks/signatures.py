"""Digital signatures: whether the file still is as it was signed."""

from pydantic import TypeAdapter

from scancheck.check import Check, Document, Whole
from scancheck.report import Signature, finding

_SIGNATURES = TypeAdapter(tuple[Signature, ...])


def whole(document: Document) -> Whole:
    """The signatures; null where nobody could look."""
    listed = document.about.get("signatures")
    if listed is None:
        return Whole()
    signatures = _SIGNATURES.validate_python(listed)
    broken = (each.field for each in signatures if not each.intact)
    return Whole(
        tuple(finding("signature", "warn", "signature_broken", field=field) for field in broken),
        fields={"signatures": signatures},
    )


WORDS = {
    "signature_broken": (
        "数字签名“{field}”之后文件被改动。",
        "The file was changed after the digital signature “{field}”.",
    ),
}
CHECK = Check(
    name="signature",
    about=("数字签名", "digital signatures"),
    words=WORDS,
    document=whole,
    by_eye=False,
)
