#!/usr/bin/env python3
"""Boots systemd in a container and lets tests/systemd/check.py, or another check, look at the service there (X2)."""
import argparse
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MOST_SECONDS = 240


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=pathlib.Path, help="the checkout")
    parser.add_argument("programs", type=pathlib.Path, help="where parleyd and parley-call are")
    parser.add_argument("--pages", type=pathlib.Path, help="the built pages; one that is as good as empty otherwise")
    parser.add_argument("--check", type=pathlib.Path, default=HERE / "check.py")
    return parser.parse_args()


def prepare(folder: pathlib.Path, options: argparse.Namespace) -> None:
    folder.chmod(0o755)
    shutil.copy(options.check, folder / "check.py")
    if options.pages:
        shutil.copytree(options.pages, folder / "pages")
        return
    (folder / "pages").mkdir()
    (folder / "pages/index.html").write_text("<!doctype html><title>Parley</title>")


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="parley-systemd-") as name:
        folder = pathlib.Path(name)
        prepare(folder, options)
        command = ["unshare", "--mount", "--propagation", "private", "bash", HERE / "container.sh",
                   options.source, options.programs, folder]
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
