// Command payung is the product as people install it: the whole of it, with a
// real Temporal server built in.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"payung/cli"
	"payung/deploy/standalone/embedded"
)

// version is set by the linker.
var version = "dev"

func main() { os.Exit(cli.Main(cli.Build{Version: version, Embed: embed})) }

// server fits the built-in server to what the command line asks of one.
type server struct{ *embedded.Server }

// GetHeaders carries the token of this process.
func (s server) GetHeaders(ctx context.Context) (map[string]string, error) {
	return s.Headers().GetHeaders(ctx)
}

func embed(ctx context.Context, o cli.EmbedOptions) (cli.Embedded, error) {
	opts := embedded.Options{File: o.File, Log: o.Log}
	if o.UI != "" {
		opts.UI = &embedded.UIOptions{Listen: o.UI, Codec: o.Codec}
	}
	s, err := embedded.Start(ctx, opts)
	if errors.Is(err, embedded.ErrSchema) {
		// The store of another version cannot be upgraded. It is only an alarm
		// clock: set it aside, and the ledger re-creates every workflow.
		aside := o.File + ".aside-" + time.Now().UTC().Format("20060102T150405")
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Rename(o.File+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, fmt.Errorf("set the old Temporal store aside: %w", err)
			}
		}
		o.Log.Warn("the Temporal store is of another version; it was set aside and is re-created from the ledger", "aside", aside)
		s, err = embedded.Start(ctx, opts)
	}
	if err != nil {
		return nil, err
	}
	return server{s}, nil
}
