#!/bin/sh
# Installs the Node that runs the other peers from the npm registry, beside this script.
set -eu
cd "$(dirname "$0")"
npm ci --no-fund --no-audit
