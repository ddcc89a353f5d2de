"""Addresses: where in a text a computer, or an archive, is spoken to: what has to stay letter by letter.

Web addresses and domains with Chinese in them, names of files, and the numbers of documents
(青软办〔2026〕3号). What is nothing but ASCII is left out, since no conversion touches it.
"""

import re
from collections.abc import Iterator

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# A run of ASCII, and Chinese that begins after one of the signs of an address or ends before one.
_WEB = re.compile(
    rf"(?:[a-z][a-z0-9+.-]*://|www\.)[!-~]*(?:(?<=[/=&?#%_.-])[{_HAN}]+[!-~]*|[{_HAN}]+[/.?=&#%_-][!-~]*)*",
    re.IGNORECASE,
)
_MAIL = re.compile(rf"@(?:[a-z0-9-]+|[{_HAN}]+)(?:\.(?:[a-z0-9-]+|中国|公司|网络|政务|公益))+", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\.(?:pdf|ofd|docx?|xlsx?|pptx?|wps|et|dps|csv|txt|zip|rar|7z|jpe?g|png|gif|webp|svg|mp[34]|html?|md|ya?ml|json)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(r"[^\w·—\-/\\（）()〔〕.]")
_NAME_BEGINS = frozenset(" \t\r\n\u3000“‘《〈『「【：:\"'")
_YEAR = re.compile(r"[〔\[［（(【](?:19|20)\d\d[〕\]］）)】]第?\d{1,5}[号號]")
_OFFICE = re.compile(f"[{_HAN}]{{1,14}}$")
# Words that lead up to the number of a document; what follows the last of them is its office.
_LEAD = re.compile(
    "根据|依据|按照|依照|遵照|参照|执行|落实|贯彻|印发|下发|转发|发布|出台|制定|废止|修订|文件|通知|规定|意见|办法|详见|附件|文号|编号"
    "|根據|依據|參照|執行|落實|貫徹|印發|下發|轉發|發布|發佈|出臺|廢止|修訂|規定|意見|辦法|詳見|文號|編號"
    "|[的与與及以见見将將由对對是为為等据據按照在了到自]"
)


def addresses(text: str) -> list[tuple[int, int]]:
    """Where they begin and end, in order and apart."""
    found: list[tuple[int, int]] = []
    if "://" in text or "www." in text:
        found += (each.span() for each in _WEB.finditer(text) if not each[0].isascii())
    if "@" in text:
        found += (each.span() for each in _MAIL.finditer(text) if not each[0].isascii())
    if "." in text:
        found += _files(text)
    if "号" in text or "號" in text:
        found += _numbers(text)
    return list(_apart(sorted(found, key=lambda each: (each[0], -each[1])))) if len(found) > 1 else found


def _apart(found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that do not begin inside one before."""
    last = 0
    for start, end in found:
        if start >= last:
            yield start, end
            last = end


def _files(text: str) -> Iterator[tuple[int, int]]:
    """Names of files: what stands before a suffix, when it begins after a blank, a quotation mark or a colon."""
    for match in _SUFFIX.finditer(text):
        window = text[max(0, match.start() - 80) : match.start()]
        ends = [each.end() for each in _NAME_ENDS.finditer(window)]
        begin = ends[-1] if ends else 0
        start = match.start() - len(window) + begin
        is_free = (
            window[begin - 1] in _NAME_BEGINS or not window[begin - 1].isprintable() if begin else start == 0
        )
        if is_free and not text[start : match.start()].isascii():
            yield start, match.end()


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of documents, each with its office as far as it can be told from the sentence."""
    for match in _YEAR.finditer(text):
        office = _OFFICE.search(text, max(0, match.start() - 14), match.start())
        start = office.start() if office else match.start()
        for lead in _LEAD.finditer(text, start, match.start()):
            start = lead.end()
        yield start, match.end()
