#!/bin/sh
# versions.sh fails where the root module and the product resolve a shared
# module to different versions: what is tested must be what is shipped.
set -eu
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
used() { go -C "$1" list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}' "$2" | grep -v '^payung' | sort -u; }
used . ./... >"$tmp/root"
used deploy/standalone ./... >"$tmp/product"
join "$tmp/root" "$tmp/product" | awk '$2 != $3 { print "  " $1 ": root " $2 ", product " $3; bad = 1 } END { exit bad }' || {
	echo "the modules above differ; pin them in go.mod: go get MODULE@VERSION" >&2
	exit 1
}
