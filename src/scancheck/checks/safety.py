"""Safety: scripts, actions that start programs, attachments."""

from scancheck.check import Check, Document, Whole
from scancheck.report import finding


def whole(document: Document) -> Whole:
    """What the file carries; null where nobody could look."""
    about = document.about
    files = about.get("embedded_files")
    found = [finding("safety", "fail", code) for code in ("javascript", "launch") if about.get(code)]
    if files:
        found.append(finding("safety", "warn", "embedded_files", names="、".join(files[:10])))
    fields = {each: about.get(each) for each in ("encrypted", "javascript", "launch")}
    return Whole(tuple(found), fields=fields | {"embedded_files": None if files is None else tuple(files)})


WORDS = {
    "javascript": (
        "文件含有脚本，请“打印为 PDF”后重新上传。",
        "The file contains scripts. Print it to a new PDF and upload that.",
    ),
    "launch": (
        "文件含有启动外部程序的动作，请“打印为 PDF”后重新上传。",
        "The file tries to start programs. Print it to a new PDF and upload that.",
    ),
    "embedded_files": (
        "文件夹带附件：{names}。",
        "The file carries attachments: {names}.",
    ),
    "safety_unknown": (
        "文件结构异常，未能查清是否含脚本或附件。",
        "The file is oddly built; whether it carries scripts or attachments is unknown.",
    ),
}
CHECK = Check(
    name="safety",
    about=("脚本、启动动作和附件", "scripts, launch actions and attachments"),
    words=WORDS,
    document=whole,
    by_eye=False,
)
