"""Opening: what the engine itself says where a file or a page can't be read; nothing runs here."""

from scancheck.check import Check

WORDS = {
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
    "not_image": (
        "图片已损坏或格式不支持，请重新拍照或扫描。",
        "The picture is damaged or of an unknown kind. Take or scan it again.",
    ),
    "too_many_frames": (
        "这个图片文件的页数超过上限，请按材料拆分后分别上传。",
        "This picture file has more pages than are taken. Split it by material and upload the parts.",
    ),
    "no_heic": (
        "这是 HEIC 照片，请另存为 JPEG，或安装 scancheck[heic] 后再检查。",
        "This is a HEIC photo. Save it as JPEG, or install scancheck[heic] and try again.",
    ),
    "word_unprinted": (
        "Word 文档未能转换为 PDF，请另存为 PDF 后再检查。",
        "The Word document could not be made a PDF. Save it as PDF and try again.",
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
    "xfa": (
        "这是动态表单（XFA），多数阅读器只显示“请稍候”，请用 Adobe Reader 打开后“打印为 PDF”再上传。",
        "This is a dynamic XFA form; most readers show only “please wait”. Print it to PDF in Adobe Reader.",
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
    "page_unreadable": (
        "第 {page} 页无法读取，请重新扫描这一页。",
        "Page {page} can't be read. Scan this page again.",
    ),
    "died_timeout": (
        "第 {page} 页在限定时间内未能检查，可稍后重新检查，或请人工查看。",
        "Page {page} could not be checked in the time allowed. Check it again later, or look at it yourself.",
    ),
    "pages_uncompared": (
        "各页是否重复未能检查，可稍后重新检查，或请人工查看。",
        "Whether pages repeat could not be checked. Check again later, or look yourself.",
    ),
    "died_crash": (
        "第 {page} 页内容异常，无法处理。",
        "Page {page} is malformed and couldn't be processed.",
    ),
    "died_memory": (
        "第 {page} 页展开后过大，无法处理。",
        "Page {page} grows too large to be processed.",
    ),
    "pages_unchecked": (
        "第 {first} 至 {last} 页未能检查，可稍后重新检查，或请人工查看。",
        "Pages {first} to {last} could not be checked. Check them again later, or look at them yourself.",
    ),
}
CHECK = Check(
    name="open",
    about=("文件和页面能否读取", "whether the file and its pages can be read"),
    words=WORDS,
    by_eye=False,
)
