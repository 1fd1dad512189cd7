#!/bin/sh
# progress.sh WHAT COMMAND… runs a command and says every ten seconds that it
# still does: the first build compiles for minutes without a word.
set -eu
what=$1
shift
begun=$(date +%s)
(
	while sleep 10; do
		printf '%s … %s s\n' "$what" "$(($(date +%s) - begun))" >&2
	done
) &
ticker=$!
trap 'kill "$ticker" 2>/dev/null || true' EXIT
"$@"
