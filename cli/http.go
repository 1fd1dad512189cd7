package cli

import (
	"context"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"payung/api"
	"payung/delivery"
	"payung/doctor"
	"payung/intake"
	"payung/ledger"
	"payung/web"
	"payung/worker"
)

// http is the server of API and pages. Whoever can reach it is the operator,
// until there is sign-in; requests of other sites' pages are refused.
func (n *node) http(s *session, flags webFlags) (*http.Server, error) {
	actor := func(*http.Request) (ledger.Actor, error) { return ledger.Operator(), nil }
	metrics := prometheus.NewRegistry()
	worker.Metrics(metrics, n.ledger)
	in := intake.New(n.ledger, n.engine.StartImport)
	office := delivery.New(delivery.Options{Ledger: n.ledger, Log: s.log}) // for tests and reports; workers send
	router := api.New(api.Options{
		Ledger: n.ledger, Engine: n.engine, Actor: actor, Log: s.log, Version: s.build.Version, Metrics: metrics, EngineReady: n.ready,
		Doctor: n, Intake: in, Office: office, Stop: s.ctx.Done(),
	})
	pages, err := web.New(web.Options{Ledger: n.ledger, Intake: in, Office: office, Actor: actor, Log: s.log, Version: s.build.Version, Sentence: api.Sentence})
	if err != nil {
		return nil, err
	}
	all := http.NewServeMux()
	for _, path := range []string{"/api/", "/openapi.json", "/healthz", "/readyz", "/metrics"} {
		all.Handle(path, router)
	}
	all.Handle("/", pages)
	return api.Server(flags.Listen, api.Guard(all, !flags.Open)), nil
}

// ready reports whether the engine answers.
func (n *node) ready(ctx context.Context) error {
	_, err := n.client.CheckHealth(ctx, nil)
	return err
}

// Check compares the ledger with the running agreements.
func (n *node) Check(ctx context.Context) ([]doctor.Mismatch, error) {
	return doctor.Check(ctx, n.ledger, n.engine, nil)
}

// Rebuild re-creates them from the ledger.
func (n *node) Rebuild(ctx context.Context) (int, error) {
	return doctor.Rebuild(ctx, n.ledger, n.engine, nil)
}
