#!/bin/sh
# install.sh NODE: installs the reference PLC directory and PDS from the npm registry, beside this script.
set -eu
cd "$(dirname "$0")"
NODE=$(cd "$(dirname "$1")/.." && pwd)
# better-sqlite3's prebuilt binary is not on the registry: it is built from source against the headers of that Node
export PATH="$NODE/bin:$PATH" npm_config_nodedir="$NODE" npm_config_build_from_source=true JOBS=2
npm ci --no-fund --no-audit
node -e 'import("better-sqlite3").then(m => { new m.default(":memory:").close(); console.log("better-sqlite3 runs on Node", process.version) })'
