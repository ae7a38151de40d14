#!/usr/bin/env python3
"""Boots systemd in a container and lets tests/systemd/check.py look at the service there (X2)."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MOST_SECONDS = 240


def main() -> int:
    source, programs = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="parley-systemd-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "index.html").write_text("<!doctype html><title>Parley</title>")
        shutil.copy(HERE / "check.py", folder)
        command = ["unshare", "--mount", "--propagation", "private", "bash", HERE / "container.sh", source, programs, folder]
        container = subprocess.Popen(command, start_new_session=True)
        try:
            status = container.wait(MOST_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(container.pid, signal.SIGKILL)
            container.wait()
            status = 1
            print(f"the container has not ended after {MOST_SECONDS} s", file=sys.stderr)
        said = folder / "said"
        if said.exists():
            print(said.read_text())
        elif status != 77:
            print("systemd did not get as far as the check", file=sys.stderr)
            status = 1
        return status


sys.exit(main())
