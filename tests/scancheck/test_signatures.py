import datetime
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

import scancheck
from tests.scancheck import scans


def signed():
    """A file signed by an invented unit."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示例签名单位")])
    now = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=3650))
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True
        )
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    bundle = serialization.pkcs12.serialize_key_and_certificates(
        b"unit", key, certificate, None, serialization.BestAvailableEncryption(b"x")
    )
    signer = signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[], passphrase=b"x")
    writer = IncrementalPdfFileWriter(BytesIO(scans.saved(scans.empty_pdf())))
    return signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Seal"), signer=signer).getvalue()


def test_a_signature_is_listed_with_its_signer_and_what_it_covers():
    (found,) = scancheck.inspect(signed()).document.signatures
    assert (found.field, found.intact, found.covers) == ("Seal", True, "whole")
    assert "示例签名单位" in found.signer


def test_a_file_changed_after_signing_is_told():
    data = signed()
    report = scancheck.inspect(data.replace(b"/MediaBox", b"/MediaBax", 1))
    (found,) = report.document.signatures
    assert not found.intact
    assert "signature_broken" in [each.code for each in report.findings]


def test_a_file_without_signatures_has_none():
    assert scancheck.inspect(scans.saved(scans.empty_pdf())).document.signatures == ()
