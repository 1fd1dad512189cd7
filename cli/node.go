package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"payung/keyring"
	"payung/ledger"
	"payung/sheet"
	"payung/workflows"
)

// Embedded is a Temporal server in this process.
type Embedded interface {
	HostPort() string
	Namespace() string
	TLS() *tls.Config
	GetHeaders(context.Context) (map[string]string, error)
	Fresh() bool
	LoginURL() string
	Stop()
}

// EmbedOptions is what a built-in server needs to know.
type EmbedOptions struct {
	File  string
	Log   *slog.Logger
	UI    string       // address of Temporal's own pages; "": none
	Codec http.Handler // decodes payloads for those pages
}

// Embed starts a built-in Temporal server.
type Embed func(context.Context, EmbedOptions) (Embedded, error)

// temporalFlags say where a Temporal cluster is.
type temporalFlags struct {
	Temporal  string `help:"Temporal frontend, host:port; empty: the built-in server." placeholder:"HOST:PORT" env:"PAYUNG_TEMPORAL"`
	Namespace string `help:"Temporal namespace." default:"payung" env:"PAYUNG_TEMPORAL_NAMESPACE"`
}

// node is a process's share of the product: an open ledger and a way to the
// engine.
type node struct {
	ledger *ledger.Ledger
	client client.Client
	engine *workflows.Engine
	server Embedded
	log    *slog.Logger
}

// openLedger migrates and opens the ledger. A key is made only for a ledger
// that is new and whose key file does not exist.
func openLedger(s *session, st store) (*ledger.Ledger, error) {
	if u, err := url.Parse(st.PublicURL); st.PublicURL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		return nil, fmt.Errorf("--public-url %q is not like https://payung.example.go.id", st.PublicURL)
	}
	if st.Database == "" {
		if err := os.MkdirAll(st.Data, 0o700); err != nil {
			return nil, fmt.Errorf("data folder: %w", err)
		}
	}
	if _, err := ledger.Migrate(s.ctx, st.database()); err != nil {
		return nil, err
	}
	return ledger.Open(s.ctx, ledger.Options{Database: st.database(), Log: s.log, Built: built(), PublicURL: st.PublicURL, Keys: func(fresh bool) (*keyring.Ring, error) {
		ring, err := s.ring(st)
		if errors.Is(err, keyring.ErrMissing) && fresh {
			ring, err = keyring.Create(st.keyFile())
			if err == nil {
				s.log.Info("made a new master key; keep a copy of it somewhere else", "file", st.keyFile())
			}
		}
		if errors.Is(err, keyring.ErrMissing) {
			return nil, fmt.Errorf("%w: this ledger cannot be read without it; put the copy back or name it with --key-file", err)
		}
		return ring, err
	}})
}

// built is when the program's sources were committed: no clock that says earlier
// is right. A build from elsewhere does not know.
func built() time.Time {
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return time.Time{}
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			at, err := time.Parse(time.RFC3339, s.Value)
			if err == nil {
				return at
			}
		}
	}
	return time.Time{}
}

// open opens the ledger and dials the engine: the built-in server, or a
// cluster.
func open(s *session, st store, tf temporalFlags, ui string) (*node, error) {
	sheet.RemoveAbandoned() // of a server that was killed
	l, err := openLedger(s, st)
	if err != nil {
		return nil, err
	}
	n := &node{ledger: l, log: s.log}
	o := client.Options{HostPort: tf.Temporal, Namespace: tf.Namespace, Logger: sdklog.NewStructuredLogger(quieter(s.log))}
	o.DataConverter, o.FailureConverter = workflows.Converters(l.Keys())
	if tf.Temporal == "" {
		if s.build.Embed == nil {
			return nil, errors.Join(errors.New("this build has no Temporal server; name one with --temporal host:port"), l.Close())
		}
		n.server, err = s.build.Embed(s.ctx, EmbedOptions{
			File: filepath.Join(st.Data, "temporal.db"), Log: s.log, UI: ui, Codec: workflows.CodecHandler(l.Keys()),
		})
		if err != nil {
			return nil, errors.Join(fmt.Errorf("built-in Temporal server: %w", err), l.Close())
		}
		o.HostPort, o.Namespace, o.HeadersProvider = n.server.HostPort(), n.server.Namespace(), n.server
		o.ConnectionOptions = client.ConnectionOptions{TLS: n.server.TLS()}
	}
	n.client, err = client.NewLazyClient(o) // starts in any order
	if err != nil {
		return nil, errors.Join(err, n.close())
	}
	n.engine = &workflows.Engine{Temporal: n.client}
	return n, nil
}

// quieter keeps the SDK's chatter out of the log; its warnings stay.
func quieter(log *slog.Logger) *slog.Logger {
	return slog.New(atLeast{log.Handler(), slog.LevelWarn})
}

type atLeast struct {
	slog.Handler
	level slog.Level
}

// Enabled passes only records of the level and above.
func (h atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.level && h.Handler.Enabled(ctx, l)
}

// WithAttrs keeps the level.
func (h atLeast) WithAttrs(a []slog.Attr) slog.Handler {
	return atLeast{h.Handler.WithAttrs(a), h.level}
}

// WithGroup keeps the level.
func (h atLeast) WithGroup(name string) slog.Handler {
	return atLeast{h.Handler.WithGroup(name), h.level}
}

func (n *node) close() error {
	if n.client != nil {
		n.client.Close()
	}
	if n.server != nil {
		n.server.Stop()
	}
	return n.ledger.Close()
}

// listen serves HTTP until the context ends, then lets requests finish.
func listen(ctx context.Context, srv *http.Server, ready func(addr string)) error {
	ln, err := listener(ctx, srv.Addr)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	ready(ln.Addr().String())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	return srv.Shutdown(stop)
}
