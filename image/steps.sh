# What image/try and tests/run have in common: said aloud, repeated cheaply, ended with a sentence. Sourced with $root
# set to the checkout; both work in it.
build=$root/build/release
export CCACHE_DIR=${CCACHE_DIR:-$root/build/ccache}

say() { printf '\n== %s\n' "$*"; }
fail() { printf '\n%s: %s\n' "$command_name" "$*" >&2; exit 1; }

# `npm ci` again only when the lock file has changed.
node_packages() {
    local stamp=$1/node_modules/.parley-lock
    if ! cmp -s "$1/package-lock.json" "$stamp"; then
        say "installing the npm packages of $1"
        (cd "$1" && npm ci --no-fund --no-audit --loglevel=error) || fail "npm could not install the packages of $1"
        cp "$1/package-lock.json" "$stamp"
    fi
}

# build_programs [TARGET...]: all of them where none is named.
build_programs() {
    say "building (first time: some minutes)"
    mkdir -p build
    cmake --preset release >build/cmake.log 2>&1 || { tail -20 build/cmake.log; fail "CMake does not configure"; }
    cmake --build --preset release ${1:+--target "$@"} || fail "the build failed"
}

# What the built pages follow from: every source with its time, and what the types of the API are made from.
fingerprint_of_pages() {
    find web-ui daemon/http/openapi.yaml \( -name node_modules -o -path web-ui/dist -o -name schema.d.ts \) -prune \
        -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum
}

# The pages again only when a source of them has changed.
build_pages() {
    node_packages web-ui
    local stamp=$build/pages.stamp now
    now=$(fingerprint_of_pages)
    if [[ ! -f web-ui/dist/index.html || $now != "$(cat "$stamp" 2>/dev/null)" ]]; then
        say "building the pages"
        (cd web-ui && npm run --silent build) || fail "the pages do not build"
        mkdir -p "$build"
        printf '%s\n' "$now" >"$stamp"
    fi
}
