// Package embedded runs a real Temporal server inside this process, with its
// data in one SQLite file. It listens on loopback only and lets in only who has
// the token; its services speak to each other under a certificate that exists
// nowhere but in this process.
package embedded

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/common/rpc/encryption"
	"go.temporal.io/server/temporal"
)

const (
	// attempts is how often other ports are tried when one was taken.
	attempts = 3
	// stopWithin bounds Stop. What is cut short then is repeated at the next
	// start, as after a crash.
	stopWithin = 10 * time.Second
)

// Server is a running Temporal server.
type Server struct {
	namespace string
	hostPort  string
	headers   Headers
	frontend  identity
	fresh     bool
	log       *slog.Logger
	store     *store
	temporal  temporal.Server
	ui        *webUI
	stop      sync.Once
	stopping  atomic.Bool
}

// Start runs a server and returns when its frontend answers; ctx bounds the
// start only. It returns ErrInUse if another server has the file and ErrSchema
// if another version of the server made it.
func Start(ctx context.Context, o Options) (_ *Server, err error) {
	o, err = o.complete()
	if err != nil {
		return nil, err
	}
	s := &Server{namespace: o.Namespace, headers: newHeaders(o.Token), log: o.Log}
	s.store, s.fresh, err = openStore(ctx, o)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			s.Stop()
		}
	}()
	if err := s.start(ctx); err != nil {
		return nil, fmt.Errorf("start Temporal: %w", err)
	}
	if o.UI != nil {
		if s.ui, err = startUI(ctx, *o.UI, s); err != nil {
			return nil, fmt.Errorf("start the web interface of Temporal: %w", err)
		}
	}
	return s, nil
}

// start makes the identities and builds the server, on other ports if somebody
// took one of them in between.
func (s *Server) start(ctx context.Context) error {
	frontend, err := newIdentity("frontend.temporal.internal")
	if err != nil {
		return err
	}
	internode, err := newIdentity("internode.temporal.internal")
	if err != nil {
		return err
	}
	s.frontend = frontend
	for attempt := 1; ; attempt++ {
		p, err := freePorts()
		if err != nil {
			return err
		}
		server, err := s.build(p, tlsProvider(frontend, internode))
		if _, taken := errors.AsType[fatal](err); taken && attempt < attempts {
			continue
		}
		if err != nil {
			return err
		}
		if err := server.Start(); err != nil {
			return err
		}
		s.temporal = server
		return s.awaitAnswer(ctx)
	}
}

// build wires the services. The server reports a port it cannot have as a fatal
// record of its log, which comes back as the error.
func (s *Server) build(p ports, certificates encryption.TLSConfigProvider) (_ temporal.Server, err error) {
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case fatal:
			err = cause
		default:
			panic(cause)
		}
	}()
	sql, err := s.store.config()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(services))
	for i, service := range services {
		names[i] = string(service)
	}
	s.hostPort = p.address(primitives.FrontendService)
	return temporal.NewServer(
		temporal.WithConfig(configuration(sql, p)),
		temporal.ForServices(names),
		temporal.WithStaticHosts(p.hosts()),
		temporal.WithDynamicConfigClient(limits),
		temporal.WithTLSConfigFactory(certificates),
		temporal.WithAuthorizer(authorization.NewDefaultAuthorizer()),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper { return newDoorkeeper(s.headers) }),
		temporal.WithLogger(logger{to: s.log, stopping: &s.stopping}),
	)
}

// HostPort is the address of the frontend.
func (s *Server) HostPort() string { return s.hostPort }

// Namespace is the namespace made for the caller.
func (s *Server) Namespace() string { return s.namespace }

// Headers carries the token, for client.Options.HeadersProvider.
func (s *Server) Headers() Headers { return s.headers }

// TLS is what a client needs to speak to the frontend and to no one who took its
// place, for client.ConnectionOptions.TLS.
func (s *Server) TLS() *tls.Config { return s.frontend.client() }

// Fresh reports that the store held no workflow of the namespace at start: the
// file is new, or the last start ended before anything was kept.
func (s *Server) Fresh() bool { return s.fresh }

// LoginURL returns an address that opens the web interface once, in one browser.
// Each call makes a new one and voids the one before. It is empty without UI.
func (s *Server) LoginURL() string {
	if s.ui == nil {
		return ""
	}
	return s.ui.gate.URL()
}

// Stop ends the server, at most ten seconds later, and lets another one have the
// file. Long polls of clients are cut off. Stopping twice is stopping once.
func (s *Server) Stop() { s.stop.Do(s.shutDown) }

func (s *Server) shutDown() {
	s.stopping.Store(true)
	if s.ui != nil {
		s.ui.stop()
	}
	if s.temporal != nil && !s.stopTemporal() {
		return // it may still write; the file stays locked until the process ends
	}
	s.store.close()
}

// stopTemporal reports whether the server stopped in time.
func (s *Server) stopTemporal() bool {
	stopped := make(chan error, 1)
	go func() { stopped <- s.temporal.Stop() }()
	select {
	case err := <-stopped:
		if err != nil {
			s.log.Error("stop Temporal", "error", err)
		}
		return true
	case <-time.After(stopWithin):
		s.log.Error("Temporal did not stop in time", "limit", stopWithin)
		return false
	}
}
