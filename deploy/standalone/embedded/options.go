package embedded

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

const (
	defaultNamespace = "payung"
	defaultRetention = 30 * 24 * time.Hour
)

// Options says where the server keeps its data and whom it lets in.
type Options struct {
	// File is the SQLite file. It is created with mode 0600, its folder with
	// 0700, if missing; a folder that exists keeps its mode.
	File string
	// Namespace is the one namespace made for the caller; empty means "payung".
	Namespace string
	// Retention is how long a closed workflow can still be read, at least one
	// hour; zero means 30 days. It counts when the namespace is made and is not
	// changed afterwards.
	Retention time.Duration
	// Token is the secret every caller has to show; empty means a random one.
	Token string
	// Log receives the server's warnings and errors until it is stopped, and all
	// it ever has to say if the logger takes debug records. Nil means text on
	// standard error.
	Log *slog.Logger
	// UI asks for Temporal's web interface; nil means none.
	UI *UIOptions
}

// UIOptions says where Temporal's own web interface listens.
type UIOptions struct {
	// Listen is a loopback address such as "127.0.0.1:8233"; empty means a free
	// port of 127.0.0.1.
	Listen string
	// Codec decodes payloads for the interface. It is mounted at /codec, behind
	// the login like everything else, and sees the path below that: /decode.
	// Nil means payloads are shown as they are stored.
	Codec http.Handler
}

// complete checks the options and fills in what was left out.
func (o Options) complete() (Options, error) {
	if o.File == "" {
		return o, errors.New("no file given for the Temporal store")
	}
	file, err := filepath.Abs(o.File)
	if err != nil {
		return o, fmt.Errorf("file of the Temporal store: %w", err)
	}
	o.File = file
	o.Namespace = cmp.Or(o.Namespace, defaultNamespace)
	o.Retention = cmp.Or(o.Retention, defaultRetention)
	if o.Retention < time.Hour {
		return o, fmt.Errorf("a retention of %s is less than one hour", o.Retention)
	}
	o.Token = cmp.Or(o.Token, rand.Text())
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if o.UI != nil {
		ui := *o.UI
		ui.Listen = cmp.Or(ui.Listen, net.JoinHostPort(loopback, "0"))
		o.UI = &ui
		return o, requireLoopback(ui.Listen)
	}
	return o, nil
}

// requireLoopback refuses an address that other machines could reach. A name is
// refused as well: who answers to it is decided elsewhere.
func requireLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("address of the web interface: %w", err)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("the web interface listens on loopback only, not on %q", address)
	}
	return nil
}
