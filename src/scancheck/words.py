"""Every sentence the engine says about a page or a file, in Chinese and English."""

SENTENCES: dict[str, tuple[str, str]] = {
    # an upload
    "opens": (
        "文件可以打开，共 {pages} 页。",
        "The file opens; it has {pages} pages.",
    ),
    "empty": (
        "文件是空的（0 字节），请重新导出或扫描后上传。",
        "The file is empty (0 bytes). Export or scan it again and upload it.",
    ),
    "not_pdf": (
        "这不是 PDF 文件，请把材料扫描或另存为 PDF 后上传。",
        "This is not a PDF. Scan the material or save it as PDF, then upload it.",
    ),
    "image": (
        "这是一张图片（仅扩展名为 PDF 或直接上传了图片），请扫描为 PDF 或用“打印为 PDF”转换后上传。",
        "This is an image, not a PDF. Scan it to PDF, or print the image to PDF, and upload that.",
    ),
    "ofd": (
        "这是 OFD 版式文件，请用 OFD 阅读软件打开后导出为 PDF 再上传。",
        "This is an OFD file. Open it in an OFD reader, export it as PDF, and upload that.",
    ),
    "word": (
        "这是 Word 文档，请打印盖章后扫描成 PDF，或另存为 PDF 后上传。",
        "This is a Word document. Print, seal and scan it to PDF, or save it as PDF, then upload it.",
    ),
    "truncated": (
        "文件不完整（缺少结尾，可能没有传完或复制时中断），请取原文件重新上传。",
        "The file is cut off (its end is missing). Upload it again from the original.",
    ),
    "broken": (
        "文件已损坏，无法打开，请重新扫描或重新导出 PDF 后上传。",
        "The file is damaged and can't be opened. Scan or export it again and upload it.",
    ),
    "encrypted": (
        "文件设有打开密码，请去掉密码后重新上传。",
        "The file needs a password to open. Remove the password and upload it again.",
    ),
    "too_large": (
        "文件有 {size} MB，超过上限 {limit} MB，请用 300 dpi 以下重新扫描，或压缩后上传。",
        "The file is {size} MB; the limit is {limit} MB. Scan at 300 dpi or less, or compress it.",
    ),
    "too_many_pages": (
        "文件有 {pages} 页，超过上限 {limit} 页，请按材料拆分后分别上传。",
        "The file has {pages} pages; the limit is {limit}. Split it by material and upload the parts.",
    ),
    "timeout": (
        "文件在限定时间内未能打开检查，请稍后重新上传；多次如此，请“打印为 PDF”后上传。",
        "The file could not be checked in the time allowed. Upload it again later, or print it to a new PDF.",
    ),
    "too_complex": (
        "文件内容展开后过大，无法打开，请重新扫描或“打印为 PDF”后上传。",
        "The file grows too large when opened. Scan it again or print it to a new PDF.",
    ),
    # a page
    "page_unreadable": (
        "第 {page} 页无法读取，请重新扫描这一页。",
        "Page {page} can't be read. Scan this page again.",
    ),
    "blank": (
        "第 {page} 页是空白页，请确认是否漏扫或多扫。",
        "Page {page} is blank. Was a page missed, or one too many scanned?",
    ),
    "turned": (
        "第 {page} 页方向不正（转了 {degrees}°），请转正后重新扫描。",
        "Page {page} is turned by {degrees}°. Scan it upright.",
    ),
    "orientation_unsure": (
        "第 {page} 页文字太少，看不出方向，请人工核对。",
        "Page {page} has too little text to tell which way is up. Please check.",
    ),
    "skewed": (
        "第 {page} 页倾斜 {degrees:.1f}°，请重新扫描。",
        "Page {page} is skewed by {degrees:.1f}°. Scan it again.",
    ),
    "skew_unsure": (
        "第 {page} 页可能倾斜（约 {degrees:.0f}°），请人工核对。",
        "Page {page} may be skewed (about {degrees:.0f}°). Please check.",
    ),
    "low_resolution": (
        "第 {page} 页分辨率只有 {dpi:.0f} dpi，请用不低于 {least:.0f} dpi 重新扫描。",
        "Page {page} is only {dpi:.0f} dpi. Scan it at {least:.0f} dpi or more.",
    ),
    "unclear": (
        "第 {page} 页不清晰，文字难以辨认，请重新扫描。",
        "Page {page} is unclear; its text is hard to read. Scan it again.",
    ),
    "clarity_unsure": (
        "第 {page} 页清晰度存疑，请人工核对。",
        "It is doubtful whether page {page} is clear enough. Please check.",
    ),
    "cropped": (
        "第 {page} 页{sides}内容可能被裁切，请完整扫描。",
        "Content may be cut off on page {page} ({sides}). Scan the whole sheet.",
    ),
    "seal_mismatch": (
        "第 {page} 页印章文字与单位名称不符：印章识别为“{text}”。",
        "The seal on page {page} doesn't match the unit's name: it reads “{text}”.",
    ),
    "seal_doubtful": (
        "第 {page} 页印章文字与单位名称不完全一致（识别为“{text}”），请人工核对。",
        "The seal on page {page} doesn't quite match the unit's name (it reads “{text}”). Please check.",
    ),
    "seal_unread": (
        "第 {page} 页的印章看不清文字，请人工核对。",
        "The text of the seal on page {page} can't be read. Please check.",
    ),
    "duplicate": (
        "第 {page} 页与第 {other} 页重复。",
        "Page {page} repeats page {other}.",
    ),
    # the file
    "seal_missing": (
        "第 {page} 页未见公章。",
        "No seal is seen on page {page}.",
    ),
    "seal_nowhere": (
        "全文未见公章，请盖章后重新扫描。",
        "No seal is seen in the file. Seal it, then scan it again.",
    ),
    "seal_nowhere_unsure": (
        "全文只有疑似公章，请人工核对。",
        "There is only what may be a seal. Please check.",
    ),
    "pages_missing": (
        "按印刷页码，缺第 {numbers} 页。",
        "By the printed numbers, page {numbers} is missing.",
    ),
    "pages_missing_between": (
        "按印刷页码，第 {first} 至 {last} 页中缺 {count} 页（其间有页码未能识别），请核对。",
        "Of the printed pages {first} to {last}, {count} missing; a number there can't be read. Check it.",
    ),
    "pages_repeated": (
        "按印刷页码，第 {numbers} 页重复。",
        "By the printed numbers, page {numbers} is repeated.",
    ),
    "pages_out_of_order": (
        "页序有误：文件第 {numbers} 页的位置不对。",
        "Pages are out of order at position {numbers}.",
    ),
    "title_differs": (
        "标题像是“{looks_like}”，与材料“{material}”不一致，请确认是否传错。",
        "This looks like “{looks_like}”, not “{material}”. Was the right file uploaded?",
    ),
    "uscc_invalid": (
        "第 {page} 页的统一社会信用代码 {given} 校验位不对（可能识别有误），请核对。",
        "The credit code {given} on page {page} fails its check digit (or was misread). Please check.",
    ),
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
    "signature_broken": (
        "数字签名“{field}”之后文件被改动。",
        "The file was changed after the digital signature “{field}”.",
    ),
    "died_timeout": (
        "第 {page} 页在限定时间内未能检查，可稍后重新检查，或请人工查看。",
        "Page {page} could not be checked in the time allowed. Check it again later, or look at it yourself.",
    ),
    "pages_unchecked": (
        "第 {first} 至 {last} 页未能检查，可稍后重新检查，或请人工查看。",
        "Pages {first} to {last} could not be checked. Check them again later, or look at them yourself.",
    ),
    "died_crash": (
        "第 {page} 页内容异常，无法处理。",
        "Page {page} is malformed and couldn't be processed.",
    ),
    "died_memory": (
        "第 {page} 页展开后过大，无法处理。",
        "Page {page} grows too large to be processed.",
    ),
}
SIDES = {
    "top": ("上边", "top"),
    "bottom": ("下边", "bottom"),
    "left": ("左边", "left"),
    "right": ("右边", "right"),
}


def say(code: str, lang: str, **facts: object) -> str:
    """Fill in one sentence."""
    english = lang.startswith("en")
    if "sides" in facts:
        facts["sides"] = _sides(str(facts["sides"]), english)
    return SENTENCES[code][english].format(**facts)


def _sides(sides: str, english: bool) -> str:
    names = [SIDES[side][english] for side in sides.split(",")]
    return ", ".join(names) if english else "、".join(names)
