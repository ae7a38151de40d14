#!/usr/bin/env python3
"""Holds the tree to its include rule: a folder includes only itself and what stands left of it."""
import pathlib
import re
import sys

RULES = {
    "daemon/base": {"base"},
    "daemon/domain": {"base", "domain"},
    "daemon/lists": {"base", "domain", "lists"},
    "daemon/store": {"base", "domain", "store"},
    "daemon/http": {"base", "domain", "store", "http"},
    "daemon/mail": {"base", "domain", "store", "mail"},
    "daemon/calls": {"base", "domain", "store", "calls", "media"},
    "daemon/app": {"base", "domain", "store", "http", "mail", "calls", "lists", "app", "media"},
    "media/include/media": {"media"},
    "media/protocol": {"media", "protocol"},
    "media/rtp": {"rtp"},
    "media/transport": {"rtp", "transport"},
    "media/peer": {"rtp", "transport", "peer"},
    "media/call": {"rtp", "transport", "peer", "call", "media"},
}
# A library is known to one folder only.
OWNERS = {
    "sqlite3.h": {"daemon/store"},
    "microhttpd.h": {"daemon/http"},
    "gnutls/": {"daemon/http"},
    "Poco/": {"daemon/mail"},
    "gmime/": {"daemon/mail"},
    "libical/": {"daemon/mail"},
    "csv.h": {"daemon/lists"},
    "zip.h": {"daemon/lists"},
    "iconv.h": {"daemon/lists"},
    "systemd/": {"daemon/app"},
    "toml++/": {"daemon/app"},
    "gst/": {"media/peer", "media/call"},
    "nice/": {"media/peer"},
    "srtp2/": {"media/transport"},
    "openssl/": {"media/transport", "daemon/mail"},
    "sodium.h": {"daemon/base"},
}


def complaints(root: pathlib.Path):
    for folder, allowed in RULES.items():
        files = [f for f in (root / folder).glob("*") if f.suffix in (".h", ".cpp")]
        for file in files:
            for number, line in enumerate(file.read_text().splitlines(), 1):
                own = re.match(r'\s*#\s*include\s+"([^/"]+)/', line)
                if own and own.group(1) not in allowed:
                    yield f"{file.relative_to(root)}:{number}: {folder} may not include from {own.group(1)}/"
                system = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
                for prefix, owners in OWNERS.items():
                    if system and system.group(1).startswith(prefix) and folder not in owners:
                        yield f"{file.relative_to(root)}:{number}: only {', '.join(sorted(owners))} may include <{prefix}>"
    known = {root / folder for folder in RULES}
    for top in ("daemon", "media"):
        for file in (root / top).rglob("*"):
            if file.suffix in (".h", ".cpp") and file.parent not in known and file.name != "main.cpp":
                yield f"{file.relative_to(root)}: its folder is not in the include rule"


def main():
    found = list(complaints(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "every include keeps to the rule")
    return 1 if found else 0


sys.exit(main())
