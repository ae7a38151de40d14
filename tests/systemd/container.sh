#!/usr/bin/env bash
# Boots Debian's systemd over a copy of this system that is thrown away, with parleyd installed as a package would, and
# runs FOLDER/check.py in it; ends with its status. 77: this machine does not let us. FOLDER/pages are served, and the
# checkout is at /source.
#   container.sh SOURCE PROGRAMS FOLDER     in a mount namespace of its own
set -euo pipefail
stage=${4:-group}
source=$1 programs=$2 folder=$3

not_here() { echo "systemd cannot be booted here: $*" >&2; exit 77; }

# A control group of its own: systemd takes possession of the one that it finds itself in.
own_group() {
    local groups=$folder/groups status=0
    mkdir "$groups"
    mount -t cgroup2 cgroup2 "$groups" || not_here "cgroup2 cannot be mounted"
    local mine
    mine=$groups/parley-test-$$
    mkdir "$mine" || not_here "no control group can be made"
    echo $$ >"$mine/cgroup.procs"
    unshare --pid --fork --kill-child --mount --uts --ipc --net --cgroup "$BASH" "$0" "$source" "$programs" "$folder" boot \
        || status=$?
    echo $$ >"$groups/cgroup.procs"
    find "$mine" -depth -type d -exec rmdir {} +
    return $status
}

install_parley() {
    local root=$1
    install -D -m755 "$programs/parleyd" "$root/usr/bin/parleyd"
    install -D -m755 "$programs/parley-call" "$root/usr/lib/parley/parley-call"
    mkdir -p "$root"/usr/share/parley/{web,locales} "$root/etc/parley"
    cp -r "$folder/pages/." "$root/usr/share/parley/web"
    cp "$source"/web-ui/locales/*.json "$root/usr/share/parley/locales"
    cp "$source/systemd/parley.toml" "$root/etc/parley"
    cp "$source"/systemd/*.service "$source"/systemd/*.socket "$root/usr/lib/systemd/system"
    cp "$source"/systemd/sysusers.d/* "$root/usr/lib/sysusers.d"
    cp "$source"/systemd/tmpfiles.d/* "$root/usr/lib/tmpfiles.d"
}

# Nothing of this machine starts but what the check asks for.
install_check() {
    local units=$1/etc/systemd/system
    rm -rf "$units"/*.wants
    printf '[Unit]\nRequires=basic.target\nWants=check.service\n' >"$units/check.target"
    printf '%s\n' '[Unit]' 'Wants=parleyd.service' 'After=parleyd.service' 'SuccessAction=exit' 'FailureAction=exit' \
        '[Service]' 'Type=oneshot' 'ExecStart=/usr/bin/python3 /check/check.py' \
        'StandardOutput=append:/check/said' 'StandardError=append:/check/said' >"$units/check.service"
    ln -sf check.target "$units/default.target"
    # A watchdog that the test need not wait long for.
    mkdir -p "$units/parleyd.service.d"
    printf '[Service]\nWatchdogSec=5\n' >"$units/parleyd.service.d/test.conf"
}

mount_system() {
    local root=$1 node
    mount -t proc proc "$root/proc"
    mount -t sysfs sysfs "$root/sys"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    mount -t tmpfs tmpfs "$root/run"
    mount -t tmpfs tmpfs "$root/tmp"
    mount -t tmpfs tmpfs "$root/dev"
    for node in null zero full random urandom tty; do cp -a /dev/$node "$root/dev"; done
    mkdir "$root/dev/shm" "$root/dev/pts"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    mkdir -p "$root/check" "$root/source" "$root/old"
    mount --bind "$folder" "$root/check"
    mount --bind "$source" "$root/source"
}

boot() {
    local layers=$folder/layers
    mkdir "$layers"
    mount -t tmpfs tmpfs "$layers"
    mkdir "$layers"/{upper,work,root}
    mount -t overlay overlay -o "lowerdir=/,upperdir=$layers/upper,workdir=$layers/work" "$layers/root" \
        || not_here "no overlay can be mounted"
    install_parley "$layers/root"
    install_check "$layers/root"
    mount_system "$layers/root"
    ip link set lo up
    cd "$layers/root"
    pivot_root . old
    umount -l old
    exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        /lib/systemd/systemd --system --log-target=console --show-status=no </dev/null
}

if [[ $stage == boot ]]; then boot; else own_group; fi
