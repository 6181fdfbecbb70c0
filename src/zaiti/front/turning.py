"""What is said to a request that never reached Django, in both languages, as page or as JSON."""

import json

from zaiti.front.answer import Send

WAIT = {429: "60", 503: "10"}  # seconds
SENTENCES = {
    408: (
        "发送太慢或中途停止，没有收全，请检查网络后重新发送。",
        "It came too slowly or stopped half-way; please check the connection and send it again.",
    ),
    413: (
        "一次发送的内容太大，没有受理。请把文件逐个上传，或按 300 dpi 扫描以缩小文件。",
        "More was sent at once than is taken. Send the files one by one, or scan at 300 dpi.",
    ),
    429: (
        "同一网络地址正在上传的内容太多，请稍后再试。",
        "Too many uploads are under way from this address; please try again a little later.",
    ),
    503: (
        "正在上传的人太多，请稍后再试。",
        "Too many uploads are under way; please try again a little later.",
    ),
    507: (
        "服务器暂时没有存放空间，没有受理，请稍后再试或联系主管部门。",
        "The server has no room for it at the moment; please try again later or tell the bureau.",
    ),
}
PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{0}</title></head>'
    '<body><main><h1>{0}</h1><p lang="en">{1}</p><p><a href="/">首页 Home</a></p></main></body></html>'
)


async def say(status: int, path: str, send: Send) -> None:
    """Answer, and close the line: the rest of the body is not wanted."""
    chinese, english = SENTENCES[status]
    machine = path.startswith("/api/v")
    text = json.dumps({"detail": english}) if machine else PAGE.format(chinese, english)
    headers = {
        "content-type": "application/json" if machine else "text/html; charset=utf-8",
        "connection": "close",
        "content-security-policy": "default-src 'none'",
        "cache-control": "no-store",
    } | ({"retry-after": WAIT[status]} if status in WAIT else {})
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": text.encode()})
