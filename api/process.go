package api

import (
	"context"
	"net/http"

	"payung/ledger"
	"payung/protocol"
	"payung/workflows"
)

// Process is what an agreement's running workflow waits for.
type Process struct {
	AgreementID string   `json:"agreement_id"`
	Epoch       int64    `json:"epoch"`
	Version     int64    `json:"version" doc:"of the ledger's last word it has heard"`
	NextAt      string   `json:"next_at,omitempty" format:"date-time"`
	NextWhat    string   `json:"next_what,omitempty"`
	Milestones  []string `json:"milestones"`
	Closed      bool     `json:"closed"`
	RunStarted  string   `json:"run_started,omitempty" format:"date-time"`
	BreatheAt   string   `json:"breathe_at,omitempty" format:"date-time" doc:"when the run continues as a new one"`
	Stale       bool     `json:"stale" doc:"the engine was rebuilt; it waits to hear of its new epoch"`
}

func processView(p protocol.Process, zone string) Process {
	return Process{
		AgreementID: p.AgreementID, Epoch: p.Snapshot.Epoch, Version: p.Snapshot.Version, NextAt: instant(p.Snapshot.NextAt, zone),
		NextWhat: p.Snapshot.NextWhat, Milestones: append([]string{}, p.Snapshot.Milestones...), Closed: p.Snapshot.Closed,
		RunStarted: instant(p.RunStarted, zone), BreatheAt: instant(p.BreatheAt, zone), Stale: p.Stale,
	}
}

func processRoutes(s *server) {
	serve(s, PolicyRead, route{method: http.MethodGet, path: "/agreements/{id}/process", id: "get-process", summary: "What the agreement's running process waits for"},
		func(ctx context.Context, in *ByID) (Process, error) {
			var zone string
			err := s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
				a, err := tx.Agreement(in.ID)
				zone = a.Zone
				return err
			})
			if err != nil {
				return Process{}, err
			}
			p, err := s.Engine.Process(ctx, workflows.Target{AgreementID: in.ID})
			return processView(p, zone), err
		})
}
