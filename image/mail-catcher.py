#!/usr/bin/python3
"""A mail server for the demo: takes every mail and keeps it as one .eml file, in the order of arrival by name.

Says "listening on 127.0.0.1:PORT" on stdout once it is ready (port 0 picks a free one). Ends on SIGTERM or SIGINT.
"""
import argparse
import asyncio
import os
import pathlib
import signal
import sys
import time

from aiosmtpd.smtp import SMTP

MAX_MESSAGE_BYTES = 4 * 1024 * 1024
MAX_MESSAGES = 100_000


class Folder:
    """Keeps messages; a file is there whole or not at all, and on the disk before the sender is told so."""

    def __init__(self, path: pathlib.Path):
        self.path = path
        self.count = 0
        path.mkdir(parents=True, exist_ok=True)
        for leftover in path.glob(".*.part"):
            leftover.unlink()

    def keep(self, content: bytes) -> None:
        if self.count >= MAX_MESSAGES:
            raise OSError("too many messages")
        self.count += 1
        name = f"{time.time_ns():020d}-{os.getpid()}-{self.count:06d}"
        part = self.path / f".{name}.part"
        with open(part, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self.path / f"{name}.eml")


class Catcher:
    def __init__(self, folder: Folder):
        self.folder = folder

    async def handle_DATA(self, server, session, envelope):
        try:
            self.folder.keep(envelope.original_content)
        except OSError as error:
            print(f"a mail cannot be kept: {error}", file=sys.stderr, flush=True)
            return "452 4.3.1 The mail cannot be kept now"
        return "250 2.0.0 Kept"


def address(text: str):
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not ADDRESS:PORT")
    return host.strip("[]"), int(port)


async def serve(listen, folder: Folder) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(
        lambda: SMTP(Catcher(folder), data_size_limit=MAX_MESSAGE_BYTES, enable_SMTPUTF8=True, ident="Parley mail catcher"),
        *listen,
    )
    host, port = server.sockets[0].getsockname()[:2]
    print(f"listening on {host}:{port}", flush=True)
    await ended.wait()
    server.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listen", type=address, default="127.0.0.1:0", metavar="ADDRESS:PORT")
    parser.add_argument("--folder", type=pathlib.Path, required=True, metavar="DIR")
    arguments = parser.parse_args()
    try:
        asyncio.run(serve(arguments.listen, Folder(arguments.folder)))
    except OSError as error:
        print(f"mail-catcher: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
