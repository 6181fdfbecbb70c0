"""Digital signatures, listed by pyHanko: who, when, whether the file still matches, what is covered."""

import logging
from typing import Any, Literal

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from scancheck.report import Signature

Covers = Literal["whole", "earlier_revision", "part"]
COVERS: dict[SignatureCoverageLevel, Covers] = {
    SignatureCoverageLevel.ENTIRE_FILE: "whole",
    SignatureCoverageLevel.ENTIRE_REVISION: "earlier_revision",
    SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START: "part",
}
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def listed(stream: Any) -> tuple[Signature, ...]:
    """Every signature in a PDF. Whether the signer is to be trusted isn't judged."""
    reader = PdfFileReader(stream, strict=False)
    return tuple(_described(embedded) for embedded in reader.embedded_regular_signatures)


def _described(embedded: Any) -> Signature:
    embedded.compute_integrity_info()
    coverage = COVERS.get(embedded.evaluate_signature_coverage(), "part")
    signed_at = embedded.self_reported_timestamp
    return Signature(
        field=str(embedded.field_name),
        signer=_signer(embedded),
        signed_at=signed_at.isoformat() if signed_at else None,
        intact=_intact(embedded),
        covers=coverage,
    )


def _signer(embedded: Any) -> str | None:
    certificate = embedded.signer_cert
    return str(certificate.subject.human_friendly)[:300] if certificate else None


def _intact(embedded: Any) -> bool:
    """Whether the signed bytes and the signature itself still hold; no certificate is fetched."""
    try:
        status = validate_pdf_signature(embedded, skip_diff=True)
    except Exception:  # a malformed signature is one that doesn't hold
        return False
    return bool(status.intact and status.valid)
