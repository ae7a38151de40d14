#!/usr/bin/python3
"""Runs the demo school of image/try (its last step, image/demo.py) with the programs of this build: it opens, keeps its
mails, goes on where it was, ends what it has started, and says in one sentence why it cannot."""
import fcntl
import json
import os
import pathlib
import select
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.request

SOURCE = pathlib.Path(sys.argv[1])
PROGRAMS = pathlib.Path(sys.argv[2])
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Try:
    """image/demo.py while it runs; its children become the test's when it leaves any behind."""

    def __init__(self, folder: pathlib.Path, port: int):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", SOURCE / "image/demo.py", "--state", folder / "school", "--port", str(port),
             "--programs", PROGRAMS, "--pages", folder / "pages"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = ""

    def wait_for(self, words: str) -> None:
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return
        raise AssertionError(f"it ended without saying '{words}': {self.said}")

    def end(self, number=signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.result()

    def close(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
            self.result()

    def result(self) -> int:
        said, _ = self.process.communicate(timeout=PATIENCE)
        self.said += said
        return self.process.returncode

    def children(self) -> list[int]:
        found = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in found.split()]


class TryTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="parley-try-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "pages/dist").mkdir(parents=True)
        (self.folder / "pages/dist/index.html").write_text("<!doctype html><title>Parley</title>")
        (self.folder / "pages/locales").symlink_to(SOURCE / "web-ui/locales")
        self.port = free_port()
        self.state = self.folder / "school"

    def start(self) -> Try:
        demo = Try(self.folder, self.port)
        self.addCleanup(demo.close)
        demo.wait_for("the demo school is open")
        return demo

    def ask(self, path: str) -> int:
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        with urllib.request.urlopen(f"https://127.0.0.1:{self.port}{path}", context=trusting, timeout=PATIENCE) as answer:
            return answer.status

    def personas(self):
        return json.loads((self.state / "demo.json").read_text())

    def test_opens_a_school_and_tells_where_to_look(self):
        demo = self.start()
        self.assertEqual(self.ask("/api/v1/health"), 200)
        self.assertEqual(self.ask("/"), 200)
        demo.wait_for("Ctrl-C ends the demo")
        personas = self.personas()
        self.assertEqual(personas["url"], f"https://127.0.0.1:{self.port}")
        alex = personas["personas"][0]
        self.assertEqual((alex["name"], alex["students"]), ("Alex Morgan", ["Sam Morgan", "Robin Morgan"]))
        self.assertIn(alex["link"], demo.said)
        self.assertEqual((self.state / "demo.json").stat().st_mode & 0o777, 0o600)
        self.assertEqual(demo.end(), 0)

    def test_ends_what_it_has_started(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            demo = self.start()
            children = demo.children()
            self.assertEqual(len(children), 2)
            self.assertEqual(demo.end(number), 0)
            for child in children:
                self.assertFalse(pathlib.Path(f"/proc/{child}").exists())

    def test_leaves_nothing_behind_even_when_it_is_killed(self):
        demo = self.start()
        watched = [os.pidfd_open(child) for child in demo.children()]
        demo.process.kill()
        for child in watched:
            ended, _, _ = select.select([child], [], [], PATIENCE)
            self.assertTrue(ended, "a child outlives the demo")
            os.close(child)
        demo.result()

    def test_goes_on_where_it_was_at_another_port(self):
        self.assertEqual(self.start().end(), 0)
        before = self.personas()
        self.port = free_port()
        demo = self.start()
        after = self.personas()
        self.assertEqual(demo.end(), 0)
        self.assertEqual(after["url"], f"https://127.0.0.1:{self.port}")
        for old, new in zip(before["personas"], after["personas"]):
            self.assertEqual(old["link"].split("/in#")[1], new["link"].split("/in#")[1])
            self.assertTrue(new["link"].startswith(after["url"]))

    def test_keeps_the_mails(self):
        demo = self.start()
        with sqlite3.connect(f"file:{self.state / 'box/parley.db'}?mode=ro", uri=True) as database:
            (mails,) = database.execute("SELECT count(*) FROM mail").fetchone()
        self.assertGreater(mails, 0)
        self.wait_for_files(self.state / "mail", "*.eml", mails)
        self.assertEqual(demo.end(), 0)

    def wait_for_files(self, folder: pathlib.Path, pattern: str, count: int) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGIO])
        watched = os.open(folder, os.O_RDONLY)
        fcntl.fcntl(watched, fcntl.F_NOTIFY, fcntl.DN_RENAME | fcntl.DN_MULTISHOT)
        while len(list(folder.glob(pattern))) < count:
            self.assertIsNotNone(signal.sigtimedwait([signal.SIGIO], PATIENCE), f"not {count} files come into {folder}")
        os.close(watched)

    def test_an_evening_that_is_over_is_said_to_be(self):
        self.assertEqual(self.start().end(), 0)
        with sqlite3.connect(self.state / "box/parley.db") as database:
            database.execute("UPDATE evening SET starts_at = starts_at - 86400000, ends_at = ends_at - 86400000")
        demo = Try(self.folder, self.port)
        self.assertEqual(demo.result(), 1)
        self.assertRegex(demo.said, r"image/try: the evening of this demo school ended at \d\d:\d\d .* To begin anew: rm -r ")

    def test_a_school_without_its_links_is_said_to_be(self):
        self.assertEqual(self.start().end(), 0)
        (self.state / "demo.json").unlink()
        demo = Try(self.folder, self.port)
        self.assertEqual(demo.result(), 1)
        self.assertIn("To begin anew: rm -r ", demo.said)

    def test_a_port_that_is_taken_is_named(self):
        first = self.start()
        self.state = self.folder / "second"
        self.state.mkdir()
        (self.folder / "second/pages").symlink_to(self.folder / "pages")
        second = Try(self.state, self.port)
        self.assertEqual(second.result(), 1)
        self.assertIn(f"127.0.0.1 port {self.port}", second.said)
        self.assertEqual(first.end(), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
