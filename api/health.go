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
}

// readyPatience bounds each question of readiness.
const readyPatience = 3 * time.Second

func healthRoutes(s *server) {
	serve(s, PolicyPublic, route{method: http.MethodGet, path: "//healthz", id: "get-health", summary: "The process answers"},
		func(context.Context, *struct{}) (Health, error) { return Health{Status: "ok", Version: s.Version}, nil })
	serve(s, PolicyPublic, route{method: http.MethodGet, path: "//readyz", id: "get-readiness", summary: "Ledger and engine can be reached"},
		func(ctx context.Context, _ *struct{}) (Readiness, error) {
			return Readiness{Status: "ready"}, s.ready(ctx)
		})
}

// ready asks the ledger and, if there is a way to ask it, the engine.
func (s *server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyPatience)
	defer cancel()
	what := "ledger"
	err := s.Ledger.Read(ctx, ledger.System("readiness"), func(tx *ledger.Tx) error {
		_, err := tx.Settings()
		return err
	})
	if err == nil && s.EngineReady != nil {
		what, err = "engine", s.EngineReady(ctx)
	}
	if err == nil {
		return nil
	}
	s.Log.WarnContext(ctx, "not ready", "what", what, "error", err)
	return errors.Join(fault.New(fault.Unavailable, "not_ready", "the %s cannot be reached", what).With("what", what), err)
}
