#!/bin/bash
# Cargo as the documents have people type it, where the tests type it: in the workspace, which has its own folder, by the
# tester's own Cargo, which has its files at home. What serves keeps its state here, what is written into the workspace
# is written here, and what takes long is told to be quick. WORKSPACE, REAL_CARGO and REAL_HOME are of the tester.
set -eu
here=$PWD
cd "$WORKSPACE"
export HOME=$REAL_HOME
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
for name in $(compgen -e); do
    # Of the test that is running.
    case $name in CARGO_PKG_* | CARGO_MANIFEST_*) unset "$name" ;; esac
done

chore() {
    exec "$REAL_CARGO" run --quiet --manifest-path "$WORKSPACE/Cargo.toml" --package xtask -- "$@"
}

case "$*" in
'xtask run'*)
    shift 2
    [ "${1:-}" != -- ] || shift
    # From where it is typed, as a database may be there.
    cd "$here"
    chore run -- --state "$here/.sandbox" "$@"
    ;;
'xtask contract' | 'xtask words')
    chore "$2" --into "$here/docs"
    ;;
'xtask test'*)
    # Of the logs of the run that this is part of, another run knows nothing.
    export PORTAL_TEST_LOGS=$here/target/test-logs
    shift
    chore "$@"
    ;;
'xtask fuzz'*)
    shift 2
    # One that is named, and not for as long as it is told.
    case "${1:-}" in '' | -*) chore fuzz --quick ;; *) chore fuzz "$1" --quick ;; esac
    ;;
'xtask reliability'*)
    # A revision that a page names may not be in this clone, and where there is no clone any commit will do.
    rest=${*:3}
    if ! git rev-parse --quiet --verify HEAD >/dev/null; then
        git init --quiet "$here/repository"
        git -C "$here/repository" -c user.name=Nobody -c user.email=nobody@example.org commit --quiet --allow-empty -m None
        export GIT_DIR=$here/repository/.git
    fi
    # shellcheck disable=SC2086 # its words are arguments
    chore reliability --quick ${rest/--from */--from HEAD}
    ;;
'xtask dist' | 'xtask bench'* | 'xtask simulate'* | 'xtask timing'*)
    chore "$2" --quick "${@:3}"
    ;;
'xtask component' | 'xtask host')
    chore "$2"
    ;;
'bench '*)
    # Each once, and not optimised.
    exec "$REAL_CARGO" bench --quiet --profile dev "${@:2}" -- --test
    ;;
'test '*)
    # Snapshots that are accepted are so in a copy. Told to what runs, since what is built would be built anew for it.
    mkdir -p "$here/copy"
    find plugin -name '*.snap' -exec cp --parents {} "$here/copy" \;
    if [ "${INSTA_UPDATE:-}" = always ]; then
        # One that is not so any more.
        spoiled=$(find "$here/copy" -name '*.snap' | sort | head -n 1)
        echo spoiled >>"$spoiled"
    fi
    exec "$REAL_CARGO" --config "target.'cfg(all())'.runner = ['env', 'INSTA_WORKSPACE_ROOT=$here/copy']" "$@"
    ;;
'run '*)
    exec "$REAL_CARGO" "$@"
    ;;
*)
    echo "nobody has said how to run cargo $* here" >&2
    exit 1
    ;;
esac
