#!/usr/bin/env python3
"""Holds the units to what systemd itself says of them (X2): they are understood to the last key, and the sandbox's
exposure is "OK" or better. Says the exposure it has found."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MOST_EXPOSURE = 5.0  # systemd-analyze(1): above this it is MEDIUM, and above that EXPOSED and UNSAFE


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def copy_units(source: pathlib.Path, folder: pathlib.Path) -> list[str]:
    """Programs need not be installed where the tests run: one that is there everywhere stands for them."""
    names = []
    for unit in sorted(source.glob("*.service")) + sorted(source.glob("*.socket")):
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.MULTILINE)
        (folder / unit.name).write_text(text)
        names.append(str(folder / unit.name))
    return names


def verify(units) -> list[str]:
    # It ends with 0 even where it did not know a key: whatever it says is a complaint.
    status, said, complaints = run("systemd-analyze", "verify", "--man=no", *units)
    return [line for line in (said + complaints).splitlines() if line] or (["systemd-analyze verify failed"] if status else [])


def exposure(unit: str) -> float:
    _, said, complaints = run("systemd-analyze", "security", "--offline=true", "--no-pager", unit)
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said)
    if not found:
        raise SystemExit(f"systemd-analyze security gave no level: {complaints or said}")
    return float(found.group(1))


def check_entries(source: pathlib.Path) -> list[str]:
    """The user is made in an empty system, and then the folders that are theirs."""
    complaints = []
    with tempfile.TemporaryDirectory() as root:
        pathlib.Path(root, "etc").mkdir()
        for tool, folder in ((["systemd-sysusers"], "sysusers.d"), (["systemd-tmpfiles", "--create"], "tmpfiles.d")):
            shutil.copytree(source / folder, pathlib.Path(root, "usr/lib", folder))
            status, _, said = run(*tool, f"--root={root}", "parley.conf")
            if status:
                complaints.append(f"{tool[0]} refuses {folder}/parley.conf: {said.strip()}")
        mode = pathlib.Path(root, "var/lib/parley").stat().st_mode & 0o777
        if mode != 0o700:
            complaints.append(f"the state folder gets mode {mode:o}, but only parleyd may look into it")
    return complaints


def main():
    source = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        units = copy_units(source, pathlib.Path(folder))
        complaints = verify(units) + check_entries(source)
        level = exposure(str(pathlib.Path(folder, "parleyd.service")))
    print(f"exposure of parleyd.service: {level} (at most {MOST_EXPOSURE} is OK; 0 is best)")
    if level > MOST_EXPOSURE:
        complaints.append(f"the exposure level is {level}, and OK ends at {MOST_EXPOSURE}")
    print("\n".join(complaints) or "systemd has nothing to complain of")
    return 1 if complaints else 0


sys.exit(main())
