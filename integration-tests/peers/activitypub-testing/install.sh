#!/bin/sh
# Installs activitypub-testing from the npm registry, beside this script.
set -eu
cd "$(dirname "$0")"
npm ci --no-fund --no-audit
