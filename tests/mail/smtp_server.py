#!/usr/bin/python3
"""A real SMTP server that does as it is told, for the tests of the mailer.

Keeps every message it takes as a file in --folder. Commands come on stdin, one a line, each answered by a line "ok":
  next mail|rcpt|data REPLY   the next MAIL, RCPT or message gets this reply instead ("421 ..." also hangs up)
  next drop-untaken           the next message is not kept, and the connection is cut without an answer
  next drop-taken             the next message is kept, and the connection is cut without an answer
  next drop-after             the next message is kept and answered, and the connection is closed behind that
What happens is told on stdout: "listening PORT", "mail FILE", "turned down", "dropped".
"""
import argparse
import asyncio
import collections
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(line: str) -> None:
    print(line, flush=True)


class Obedient:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.count = 0
        self.orders = {stage: collections.deque() for stage in ("mail", "rcpt", "data")}

    def obey(self, line: str) -> None:
        _, what, *reply = line.split(" ", 2)
        stage = "data" if what.startswith("drop") else what
        self.orders[stage].append(reply[0] if reply else what)

    def reply_to(self, stage: str, server):
        if not self.orders[stage]:
            return None
        reply = self.orders[stage].popleft()
        if reply.startswith("421"):
            asyncio.get_running_loop().call_soon(server.transport.close)
        say("turned down")
        return reply

    def keep(self, content: bytes) -> None:
        self.count += 1
        path = self.folder / f"{self.count:04d}.eml"
        path.write_bytes(content)
        say(f"mail {path}")

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = self.reply_to("mail", server)
        if reply:
            return reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.reply_to("rcpt", server)
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        order = self.orders["data"][0] if self.orders["data"] else None
        if order in ("drop-untaken", "drop-taken"):
            self.orders["data"].popleft()
            if order == "drop-taken":
                self.keep(envelope.original_content)
            server.transport.abort()
            say("dropped")
            return "250 never heard"
        if order == "drop-after":
            self.orders["data"].popleft()
            asyncio.get_running_loop().call_soon(server.transport.close)
        else:
            reply = self.reply_to("data", server)
            if reply:
                return reply
        self.keep(envelope.original_content)
        return "250 2.0.0 OK"


class Forger(SMTP):
    """Says more than the answer to STARTTLS, as somebody on the line would who wants it to count inside TLS."""

    async def smtp_STARTTLS(self, arg):
        await self.push("220 Go ahead\r\n250-forged\r\n250 AUTH PLAIN")


def check_password(user: str, password: str):
    def check(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (user.encode(), password.encode())
        say(f"login {mechanism} {'right' if right else 'wrong'}")
        return AuthResult(success=right, handled=right)

    return check


def server_options(arguments) -> dict:
    options = {"enable_SMTPUTF8": arguments.smtputf8, "data_size_limit": 1024 * 1024}
    if arguments.starttls:
        options |= {"tls_context": tls_context(arguments), "require_starttls": True}
    if arguments.auth:
        options |= {
            "authenticator": check_password(*arguments.auth.split(":")),
            "auth_required": True,
            "auth_require_tls": not arguments.smtps,
            "auth_exclude_mechanism": ["PLAIN"] if arguments.login_only else [],
        }
    return options


def tls_context(arguments) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(arguments.certificate, arguments.key)
    return context


async def take_orders(handler: Obedient) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        handler.obey(line.decode().strip())
        say("ok")


async def serve(arguments) -> None:
    handler = Obedient(arguments.folder)
    options = server_options(arguments)
    kind = Forger if arguments.forge else SMTP
    secure = tls_context(arguments) if arguments.smtps else None
    server = await asyncio.get_running_loop().create_server(
        lambda: kind(handler, **options), "127.0.0.1", arguments.port, ssl=secure
    )
    say(f"listening {server.sockets[0].getsockname()[1]}")
    # Until the test closes our stdin.
    await take_orders(handler)
    server.close()


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--folder", type=pathlib.Path, required=True)
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--certificate")
parser.add_argument("--key")
parser.add_argument("--auth", help="USER:PASSWORD")
for flag in ("starttls", "smtps", "smtputf8", "forge", "login-only"):
    parser.add_argument(f"--{flag}", action="store_true")
asyncio.run(serve(parser.parse_args()))
