#!/usr/bin/python3
"""Runs inside the container of service_test.py, beside the installed service: does it hold what X2 promises?"""
import os
import pathlib
import signal
import ssl
import stat
import subprocess
import unittest
import urllib.request

PATIENCE = 60


def systemctl(*words: str) -> str:
    return subprocess.run(["systemctl", *words], capture_output=True, text=True, check=True).stdout.strip()


def show(key: str) -> str:
    return systemctl("show", "-P", key, "parleyd.service")


def main_pid() -> int:
    return int(show("MainPID"))


def ask(path: str = "/api/v1/health") -> int:
    """Waits as a browser would: the socket takes the connection even while nobody serves it."""
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    with urllib.request.urlopen(f"https://127.0.0.1{path}", context=trusting, timeout=PATIENCE) as answer:
        return answer.status


def process_status(pid: int) -> dict[str, str]:
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return {key: value.strip() for key, value in (line.split(":", 1) for line in lines)}


def processes() -> list[int]:
    found = subprocess.run(["pgrep", "-f", "^/usr/(bin/parleyd|lib/parley/parley-call)"], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


class ServiceTest(unittest.TestCase):
    def setUp(self):
        systemctl("start", "parleyd.service")
        self.assertEqual(ask(), 200)

    def test_serves_with_warm_call_processes(self):
        self.assertEqual(show("ActiveState"), "active")
        self.assertEqual(ask("/"), 200)
        self.assertRegex(show("StatusText"), "room for 40 more calls")
        self.assertEqual(len(processes()), 3)

    def test_no_process_has_a_privilege(self):
        for pid in processes():
            facts = process_status(pid)
            self.assertNotEqual(facts["Uid"].split()[0], "0")
            for capabilities in ("CapPrm", "CapEff", "CapBnd", "CapAmb"):
                self.assertEqual(int(facts[capabilities], 16), 0, capabilities)
            self.assertEqual((facts["NoNewPrivs"], facts["Seccomp"]), ("1", "2"))

    def test_the_state_is_for_the_service_alone(self):
        state = pathlib.Path("/var/lib/parley")
        for file in [state, *state.iterdir()]:
            facts = file.stat()
            self.assertEqual(file.owner(), "parley")
            self.assertEqual(stat.S_IMODE(facts.st_mode) & 0o077, 0, file)

    def test_reload_ends_no_process(self):
        before = main_pid()
        systemctl("reload", "parleyd.service")
        self.assertEqual((main_pid(), ask()), (before, 200))

    def test_who_asks_during_a_crash_waits_and_is_served(self):
        before = main_pid()
        os.kill(before, signal.SIGKILL)
        self.assertEqual(ask(), 200)
        self.assertNotEqual(main_pid(), before)

    def test_who_asks_during_a_restart_waits_and_is_served(self):
        systemctl("--no-block", "restart", "parleyd.service")
        self.assertEqual(ask(), 200)

    def test_the_watchdog_ends_what_hangs(self):
        before = main_pid()
        os.kill(before, signal.SIGSTOP)
        self.assertEqual(ask(), 200)
        self.assertNotEqual(main_pid(), before)

    def test_stop_leaves_no_process(self):
        systemctl("stop", "parleyd.service")
        self.assertEqual(processes(), [])
        self.assertEqual(show("Result"), "success")


if __name__ == "__main__":
    unittest.main(verbosity=2)
