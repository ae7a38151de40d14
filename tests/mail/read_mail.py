#!/usr/bin/python3
"""Reads messages with Python's own parsers, as one JSON object a file on stdout: what a mail program would see."""
import email
import email.policy
import html.parser
import json
import pathlib
import sys

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


def address_of(header):
    first = header.addresses[0]
    return {"name": first.display_name, "address": first.addr_spec, "count": len(header.addresses)}


def calendar_of(part) -> dict:
    """RFC 5545 3.1: unfolded, one property a line."""
    raw = part.get_payload(decode=True)
    lines = raw.decode("utf-8").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")
    properties = {}
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        properties.setdefault(name.split(";")[0], []).append({"parameters": name.split(";")[1:], "value": value})
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
    text, page = (mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    shown = Page(page)
    return {
        "path": path,
        "headers": sorted(name.lower() for name in mail.keys()),
        "subject": str(mail["Subject"]),
        "to": address_of(mail["To"]),
        "from": address_of(mail["From"]),
        "reply_to": address_of(mail["Reply-To"]) if mail["Reply-To"] else None,
        "message_id": str(mail["Message-ID"]),
        "date": mail["Date"].datetime.isoformat(),
        "auto_submitted": mail["Auto-Submitted"],
        "language": mail["Content-Language"],
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
