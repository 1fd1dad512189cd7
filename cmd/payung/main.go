// Command payung without a built-in Temporal server: api, worker and migrate
// for a cluster, and serve with --temporal.
package main

import (
	"os"

	"payung/cli"
)

// version is set by the linker.
var version = "dev"

func main() { os.Exit(cli.Main(cli.Build{Version: version})) }
