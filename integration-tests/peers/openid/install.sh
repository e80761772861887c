#!/bin/sh
# Installs oidc-provider from the npm registry, beside this script.
set -eu
cd "$(dirname "$0")"
npm ci --no-fund --no-audit
