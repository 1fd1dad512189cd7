package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"payung/domain/fault"
	"payung/ledger"
)

// Health says that the process answers.
type Health struct {
	Status  string `json:"status" enum:"ok"`
	Version string `json:"version"`
}

// Readiness says whether work can be done.
type Readiness struct {
	Status string `json:"status" enum:"ready"`
	Clock  string `json:"clock" enum:"trusted,doubted" doc:"doubted: facts are taken, nothing is sent; see /api/v1/clock"`
}

// readyPatience bounds each question of readiness.
const readyPatience = 3 * time.Second

func healthRoutes(s *server) {
	serve(s, PolicyPublic, route{method: http.MethodGet, path: "//healthz", id: "get-health", summary: "The process answers"},
		func(context.Context, *struct{}) (Health, error) { return Health{Status: "ok", Version: s.Version}, nil })
	serve(s, PolicyPublic, route{method: http.MethodGet, path: "//readyz", id: "get-readiness", summary: "Ledger and engine can be reached"},
		func(ctx context.Context, _ *struct{}) (Readiness, error) {
			clock, err := s.ready(ctx)
			return Readiness{Status: "ready", Clock: clock}, err
		})
}

// ready asks the ledger and, if there is a way to ask it, the engine. A clock in
// doubt keeps nobody from working; it is said beside it.
func (s *server) ready(ctx context.Context) (clock string, err error) {
	ctx, cancel := context.WithTimeout(ctx, readyPatience)
	defer cancel()
	what := "ledger"
	err = s.Ledger.Read(ctx, ledger.System("readiness"), func(tx *ledger.Tx) error {
		state, err := ClockOf(tx)
		clock = state.State
		return err
	})
	if err == nil && s.EngineReady != nil {
		what, err = "engine", s.EngineReady(ctx)
	}
	if err == nil {
		return clock, nil
	}
	s.Log.WarnContext(ctx, "not ready", "what", what, "error", err)
	return clock, errors.Join(fault.New(fault.Unavailable, "not_ready", "the %s cannot be reached", what).With("what", what), err)
}
