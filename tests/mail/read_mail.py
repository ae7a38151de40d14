#!/usr/bin/python3
"""Reads messages with Python's own parsers, as one JSON object a file on stdout: what a mail program would see."""
import email
import email.policy
import email.utils
import html.parser
import json
import pathlib
import re
import sys
from email.header import decode_header, make_header

VOID = {"meta", "br", "img", "hr", "input", "link"}


class Page(html.parser.HTMLParser):
    """The words, links and attributes of a page, and whether its tags are balanced."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.words, self.links, self.tags, self.open, self.balanced, self.root = [], [], [], [], True, {}
        self.feed(text)
        self.close()
        self.balanced = self.balanced and not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        values = dict(attributes)
        if tag == "html":
            self.root = values
        self.links += [values[name] for name in ("href", "src", "action") if name in values]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.balanced = False

    def handle_data(self, data):
        if self.open[-1:] not in (["style"], ["title"]):
            self.words.append(data)


def address_of(header, raw: str):
    first = header.addresses[0]
    # RFC 2047 6.2: the space between two encoded words is not part of the name; the newer parser keeps it.
    name = str(make_header(decode_header(email.utils.parseaddr(raw)[0])))
    return {"name": name, "address": first.addr_spec, "count": len(header.addresses)}


# RFC 5545 3.1: a parameter's value is quoted, or free of these.
CONTENT_LINE = re.compile(r"""([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)""")
PARAMETER = re.compile(r""";([A-Za-z0-9-]+)=(?:"([^"]*)"|([^";:,]*))""")
# 3.3.11: these alone are escaped, and all of them are.
TEXT = re.compile(r"""(?:[^\\;,]|\\[\\;,nN])*""")
TEXT_PROPERTIES = {"SUMMARY", "LOCATION", "UID", "PRODID"}


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def property_of(line: str):
    """Its name, and what it says; the value is a mistake's description when it is not RFC 5545."""
    found = CONTENT_LINE.fullmatch(line)
    if not found or any(ord(c) < 0x20 and c != "\t" for c in line):
        return "MISTAKE", {"parameters": {}, "value": line}
    name, parameters, value = found[1].upper(), found[2], found[3]
    if name in TEXT_PROPERTIES:
        if not TEXT.fullmatch(value):
            return "MISTAKE", {"parameters": {}, "value": line}
        value = unescaped(value)
    given = {p[1].upper(): p[2] if p[2] is not None else p[3] for p in PARAMETER.finditer(parameters)}
    return name, {"parameters": given, "value": value}


def calendar_of(part) -> dict:
    raw = part.get_payload(decode=True)
    # Each physical line by itself: no character is torn by folding.
    physical = [line.decode("utf-8") for line in raw.split(b"\r\n")]
    lines = "\r\n".join(physical).replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")
    properties = {}
    for name, said in map(property_of, filter(None, lines)):
        properties.setdefault(name, []).append(said)
    return {
        "properties": properties,
        "method": part.get_param("method"),
        "disposition": part.get_content_disposition(),
        "filename": part.get_filename(),
        "well_ended": raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b""),
        "longest": max(len(line) for line in raw.split(b"\r\n")),
    }


def read(path: str) -> dict:
    raw = pathlib.Path(path).read_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    plain = email.message_from_bytes(raw)
    text, page = (mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    shown = Page(page)
    return {
        "path": path,
        "headers": sorted(name.lower() for name in mail.keys()),
        "subject": str(mail["Subject"]),
        "to": address_of(mail["To"], plain["To"]),
        "from": address_of(mail["From"], plain["From"]),
        "reply_to": address_of(mail["Reply-To"], plain["Reply-To"]) if mail["Reply-To"] else None,
        "message_id": str(mail["Message-ID"]),
        "date": mail["Date"].datetime.isoformat(),
        "auto_submitted": mail["Auto-Submitted"],
        "language": mail["Content-Language"],
        "charsets": sorted({part.get_content_charset() or "" for part in mail.walk() if not part.is_multipart()}),
        "types": [part.get_content_type() for part in mail.walk()],
        "calendars": [calendar_of(part) for part in mail.walk() if part.get_content_type() == "text/calendar"],
        "text": text,
        "html": page,
        "html_words": " ".join(" ".join(shown.words).split()),
        "html_links": shown.links,
        "html_tags": sorted(set(shown.tags)),
        "html_balanced": shown.balanced,
        "html_direction": shown.root.get("dir"),
        "html_language": shown.root.get("lang"),
        "defects": [str(d) for part in mail.walk() for d in part.defects]
        + [str(d) for header in mail.values() for d in header.defects],
        "ascii": raw.isascii(),
        "bare_line_ends": b"\n" in raw.replace(b"\r\n", b"") or b"\r" in raw.replace(b"\r\n", b""),
        "longest_line": max(len(line) for line in raw.split(b"\r\n")),
    }


for name in sys.argv[1:]:
    print(json.dumps(read(name)))
