"""Every threshold the engine uses, in one place, each with its reason."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Profile:
    """What counts as good enough; the defaults suit A4 office scans of official papers."""

    # Intake: what an upload may weigh. 200 MiB and 1,000 pages are the bounds the programme's
    # own bad-input list names; a usual dossier has under 200 pages and 60 MiB.
    max_bytes: int = 200 * MEBIBYTE
    max_pages: int = 1000

    # Sandbox: a page of a 300 dpi scan takes about 0.1 s, so 4 s of processor time is a page
    # that does not mean well; 1 GiB holds an A3 page at 600 dpi in colour several times over.
    open_seconds: float = 4.0
    page_seconds: float = 4.0
    lost_seconds: float = 4.0
    memory_bytes: int = 1024 * MEBIBYTE
    # Objects looked at when searching for scripts and attachments; a scan has about 4 a page.
    max_objects: int = 20_000


STANDARD = Profile()
