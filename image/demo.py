#!/usr/bin/python3
"""Runs the demo school: a mail server that keeps every mail, and parleyd with a school whose evening is on right now.
image/try builds both and calls this. Ends on SIGINT or SIGTERM, and ends both with it."""
import argparse
import datetime
import ipaddress
import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
START_SECONDS = 60
STOP_SECONDS = 20


ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """Whoever started this has had enough."""


def end_in_order(*_) -> None:
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)  # a second Ctrl-C must not leave a child behind
    raise Ended  # and say nothing here: this may stand in the middle of a print


class Trouble(Exception):
    """A sentence for whoever started this."""


def say(sentence: str) -> None:
    print(f"\n== {sentence}", flush=True)


def own_address() -> str | None:
    """The address by which others reach this machine: nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: nobody's
            return probe.getsockname()[0]
        except OSError:
            return None


def public_url(address: str, port: int) -> str:
    ip = ipaddress.ip_address(address)
    if ip.is_unspecified:
        ip = ipaddress.ip_address(own_address() or "127.0.0.1")
    return f"https://{f'[{ip}]' if ip.version == 6 else ip}:{port}"


class Child:
    """A program that does not outlive this one, whatever happens to it."""

    def __init__(self, name: str, command, **options):
        self.name = name
        self.process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", "--", *map(str, command)],
                                        stdin=subprocess.DEVNULL, start_new_session=True, **options)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Demo:
    def __init__(self, options):
        self.state = options.state
        self.programs = options.programs.resolve()
        self.pages = options.pages.resolve()
        self.address, self.port = options.address, options.port
        self.url = public_url(options.address, options.port)
        self.config = self.state / "parley.toml"
        self.personas = self.state / "demo.json"
        self.database = self.state / "box" / "parley.db"
        self.children: list[Child] = []

    def run(self) -> None:
        try:
            self.state.mkdir(parents=True, exist_ok=True, mode=0o700)
            mail_port = self.start_mail()
            self.configure(mail_port)
            self.open_school()
            self.start_daemon()
            self.tell()
            self.watch()
        finally:
            if self.children:
                say("closing the demo school")
            for child in reversed(self.children):
                child.end()

    def start_mail(self) -> int:
        command = [sys.executable, HERE / "mail-catcher.py", "--listen", "127.0.0.1:0", "--folder", self.state / "mail"]
        mail = Child("the mail server", command, stdout=subprocess.PIPE, text=True)
        self.children.append(mail)
        line = mail.process.stdout.readline()
        if not line.startswith("listening on "):
            raise Trouble("the demo's mail server does not start")
        return int(line.rsplit(":", 1)[1])

    def configure(self, mail_port: int) -> None:
        # A machine without a network still has its calls: among its own browsers.
        listen = "" if own_address() else 'listen_addresses = ["127.0.0.1"]\n'
        text = json.dumps  # TOML's basic strings are written as JSON's are
        self.config.write_text(f"""# image/try writes this anew each time.
[state]
directory = "box"
[http]
address = {text(self.address)}
port = {self.port}
public_url = {text(self.url)}
web_root = {text(str(self.pages / "dist"))}
[mail]
host = "127.0.0.1"
port = {mail_port}
security = "none"
from = "parley@demo.example"
from_name = "Parley demo school"
locales = {text(str(self.pages / "locales"))}
[calls]
program = {text(str(self.programs / "parley-call"))}
{listen}""")

    def open_school(self) -> None:
        if not self.database.exists():
            say("inventing a school")
            self.seed()
        if not self.personas.exists():
            raise Trouble(f"{self.state} holds a school, but nobody's links: they are in demo.json, which is gone. {self.anew()}")
        ends = self.evening_end()
        if ends <= datetime.datetime.now(datetime.timezone.utc):
            raise Trouble(f"the evening of this demo school ended at {ends.astimezone():%H:%M on %d %B}. {self.anew()}")
        self.address_links()

    def anew(self) -> str:
        return f"To begin anew: rm -r {self.state}, then the same command; or another folder with --state."

    def seed(self) -> None:
        done = subprocess.run([self.programs / "parleyd", "--config", self.config, "--seed-demo", self.personas], check=False)
        if done.returncode:
            raise Trouble("the demo school could not be made; the reason stands above")

    def evening_end(self) -> datetime.datetime:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            (milliseconds,) = database.execute("SELECT max(ends_at) FROM evening").fetchone()
        return datetime.datetime.fromtimestamp((milliseconds or 0) / 1000, datetime.timezone.utc)

    def address_links(self) -> None:
        """The links lead to where the box is now, which may be another address than the last time."""
        demo = json.loads(self.personas.read_text())
        for persona in demo["personas"]:
            persona["link"] = persona["link"].replace(demo["url"], self.url, 1)
        demo["url"] = self.url
        fresh = self.personas.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(demo, indent=1, ensure_ascii=False) + "\n")
        fresh.rename(self.personas)

    def start_daemon(self) -> None:
        """Until it says that it serves (sd_notify(3))."""
        where = self.state / "notify"
        where.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(str(where))
            notify.settimeout(0.2)
            daemon = Child("parleyd", [self.programs / "parleyd", "--config", self.config],
                           env={**os.environ, "NOTIFY_SOCKET": str(where)})
            self.children.append(daemon)
            for _ in range(START_SECONDS * 5):
                if daemon.process.poll() is not None:
                    raise Trouble("parleyd does not start; the reason stands above")
                try:
                    if b"READY=1" in notify.recv(4096).split(b"\n"):
                        return
                except TimeoutError:
                    continue
            raise Trouble(f"parleyd does not serve after {START_SECONDS} seconds")

    def tell(self) -> None:
        demo = json.loads(self.personas.read_text())
        alex = next(persona for persona in demo["personas"] if persona["name"] == "Alex Morgan")
        say(f"the demo school is open at {self.url}, until {self.evening_end().astimezone():%H:%M}")
        print(f"""
   Alex Morgan, parent of Sam and Robin:
     {alex["link"]}
   Everybody else's links:  {self.personas}
   Mails that were sent:    {self.state / "mail"}/*.eml

   The certificate is self-signed: the browser warns once. Ctrl-C ends the demo; the next run goes on with it.
""", flush=True)

    def watch(self) -> None:
        pid, status = os.wait()
        for child in self.children:
            if child.process.pid == pid:
                child.process.returncode = os.waitstatus_to_exitcode(status)
                raise Trouble(f"{child.name} has ended by itself")


def number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: 1 to 65535 are")
    return int(text)


def ip_address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no address in digits") from None


def main() -> int:
    parser = argparse.ArgumentParser(prog="image/try", description=__doc__)
    parser.add_argument("--state", type=lambda text: pathlib.Path(text).absolute(), required=True, metavar="DIR")
    parser.add_argument("--address", type=ip_address, default="127.0.0.1", metavar="ADDR")
    parser.add_argument("--port", type=number, default=8443, metavar="N")
    parser.add_argument("--programs", type=pathlib.Path, required=True, metavar="DIR", help="where parleyd and parley-call are")
    parser.add_argument("--pages", type=pathlib.Path, required=True, metavar="DIR", help="with dist/ and locales/")
    for ending in ENDINGS:
        signal.signal(ending, end_in_order)
    try:
        Demo(parser.parse_args()).run()
    except Ended:
        say("the demo school is closed")
    except (Trouble, OSError, sqlite3.Error) as trouble:
        print(f"\nimage/try: {trouble}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
