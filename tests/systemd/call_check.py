#!/usr/bin/python3
"""Runs inside the container of service_test.py: a call in real browsers, carried by the service in its sandbox (X2)."""
import pathlib
import subprocess
import sys

ADDRESS = "10.9.9.1"  # the machine's own; its neighbour is not there, but makes a route
NETWORK = f"""
link add net0 type veth peer name net1
link set net1 up
address add {ADDRESS}/24 dev net0
link set net0 up
route add default via 10.9.9.2 dev net0
"""


def run(*command: str, **options) -> None:
    subprocess.run(command, check=True, **options)


def main() -> int:
    run("ip", "-batch", "-", input=NETWORK, text=True)
    run("systemctl", "stop", "parleyd.service", "parleyd.socket")
    demo = pathlib.Path("/var/lib/parley/demo.json")
    run("runuser", "-u", "parley", "--", "/usr/bin/parleyd", "--config", "/etc/parley/parley.toml", "--seed-demo", str(demo))
    run("systemctl", "start", "parleyd.service")
    run("node", "/source/tests/systemd/two_people.mjs", str(demo), f"https://{ADDRESS}", env={"HOME": "/tmp", "PATH": "/usr/local/bin:/usr/bin:/bin"})
    return 0


if __name__ == "__main__":
    sys.exit(main())
