package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"payung/api"
	"payung/doctor"
	"payung/ledger"
	"payung/worker"
)

// webFlags are the flags of processes that answer HTTP.
type webFlags struct {
	Listen string `help:"Address of the API and pages." default:"127.0.0.1:8080" env:"PAYUNG_LISTEN"`
	Open   bool   `help:"Listen on an address others can reach, although there is no sign-in yet. Only behind a proxy that has one." env:"PAYUNG_OPEN"`
}

type serveCmd struct {
	common
	store
	temporalFlags
	webFlags
	TemporalUI bool   `help:"Serve Temporal's own pages on loopback, behind a one-time login." name:"temporal-ui" env:"PAYUNG_TEMPORAL_UI"`
	UIListen   string `help:"Address of Temporal's own pages." default:"127.0.0.1:8233" name:"temporal-ui-listen" env:"PAYUNG_TEMPORAL_UI_LISTEN"`
}

// Run runs everything in this process.
func (c *serveCmd) Run(s *session) error {
	c.begin(s)
	if err := c.guard(); err != nil {
		return err
	}
	ui := ""
	if c.TemporalUI {
		ui = c.UIListen
	}
	n, err := open(s, c.store, c.temporalFlags, ui)
	if err != nil {
		return err
	}
	err = n.serve(s, c.webFlags, true, nil)
	return errors.Join(err, n.close())
}

type apiCmd struct {
	common
	store
	temporalFlags
	webFlags
}

// Run answers HTTP; workers run elsewhere.
func (c *apiCmd) Run(s *session) error {
	c.begin(s)
	if err := errors.Join(c.guard(), mustName(c.Temporal)); err != nil {
		return err
	}
	n, err := open(s, c.store, c.temporalFlags, "")
	if err != nil {
		return err
	}
	return errors.Join(n.serve(s, c.webFlags, false, nil), n.close())
}

type workerCmd struct {
	common
	store
	temporalFlags
}

// Run works until it is told to stop.
func (c *workerCmd) Run(s *session) error {
	c.begin(s)
	if err := mustName(c.Temporal); err != nil {
		return err
	}
	n, err := open(s, c.store, c.temporalFlags, "")
	if err != nil {
		return err
	}
	n.keepWorking(s.ctx)
	return n.close()
}

func mustName(temporal string) error {
	if temporal == "" {
		return errors.New("name a Temporal cluster with --temporal host:port; payung serve has one built in")
	}
	return nil
}

// guard keeps a server without sign-in from listening where others can reach
// it.
func (w webFlags) guard() error {
	if _, _, err := net.SplitHostPort(w.Listen); err != nil {
		return fmt.Errorf("--listen %q is not host:port: %w", w.Listen, err)
	}
	if w.Open || api.Loopback(w.Listen) {
		return nil
	}
	return fmt.Errorf("--listen %s can be reached from outside and there is no sign-in yet; use 127.0.0.1, or --open behind a proxy that asks who is there", w.Listen)
}

// work starts the worker. An engine that is empty while the ledger is not is
// re-created first.
func (n *node) work(ctx context.Context) (*worker.Worker, error) {
	w, err := worker.Start(worker.Options{Ledger: n.ledger, Temporal: n.client, Engine: n.engine, Log: n.log}) //nolint:contextcheck // it ends with Stop, after the web server
	if err != nil {
		return nil, err
	}
	if n.server != nil && n.server.Fresh() {
		if err := n.refill(ctx); err != nil {
			w.Stop()
			return nil, err
		}
	}
	if err := n.engine.EnsureDailyRound(ctx); err != nil {
		n.log.Warn("the daily round could not be scheduled; trying again at the next start", "error", err)
	}
	return w, nil
}

// keepWorking works until the context ends. A cluster that cannot be reached
// yet is tried again: processes may start in any order.
func (n *node) keepWorking(ctx context.Context) {
	for {
		w, err := n.work(ctx)
		if err == nil {
			n.log.Info("working")
			<-ctx.Done()
			w.Stop()
			return
		}
		n.log.Warn("Temporal does not answer yet; trying again", "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(2 * time.Second):
		}
	}
}

func (n *node) refill(ctx context.Context) error {
	open, err := n.ledger.Beats(ctx, "", 1)
	if err != nil || len(open) == 0 {
		return err
	}
	begun := time.Now()
	count, err := doctor.Rebuild(ctx, n.ledger, n.engine, nil)
	if err != nil {
		return err
	}
	n.log.Info("re-created the engine from the ledger", "agreements", count, "took", time.Since(begun).Round(time.Millisecond))
	return nil
}

// beatEvery is how often a process that answers says that it does.
const beatEvery = time.Minute

// beat keeps the log of when people could be answered, until the context ends.
// The end is written down as one that somebody wanted.
func (n *node) beat(ctx context.Context) {
	n.ledger.Run(ctx, ledger.Loop{Name: "beat", Every: beatEvery, Work: func(ctx context.Context, _ *ledger.Hold) (bool, error) {
		return false, n.ledger.Beat(ctx)
	}})
	rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := n.ledger.Rest(rest); err != nil {
		n.log.Warn("the end of this process was not written down; it will look like an outage", "error", err)
	}
}

// serve answers HTTP, with a worker beside it if asked. It calls ready, if
// given, with its own address.
func (n *node) serve(s *session, flags webFlags, withWorker bool, ready func(url string)) error {
	switch {
	case withWorker && n.server != nil:
		w, err := n.work(s.ctx)
		if err != nil {
			return err
		}
		defer w.Stop()
	case withWorker:
		// Facts are accepted while the cluster is away.
		var working sync.WaitGroup
		working.Go(func() { n.keepWorking(s.ctx) })
		defer working.Wait()
	}
	srv, err := n.http(s, flags)
	if err != nil {
		return err
	}
	alive, end := context.WithCancel(s.ctx)
	var beating sync.WaitGroup
	defer beating.Wait()
	defer end()
	err = listen(s.ctx, srv, func(addr string) {
		beating.Go(func() { n.beat(alive) })
		s.log.Info("ready", "url", "http://"+addr)
		if ready != nil {
			ready("http://" + addr)
		}
		if n.server == nil {
			return
		}
		if link := n.server.LoginURL(); link != "" {
			s.log.Info("Temporal's own pages, with a link that works once", "url", link)
		}
	})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func listener(ctx context.Context, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s (is another payung running? choose one with --listen): %w", addr, err)
	}
	return ln, nil
}
