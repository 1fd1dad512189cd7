package api

import (
	"context"
	"net/http"

	"payung/doctor"
)

// Doctor compares the ledger with the running agreements and re-creates them.
type Doctor interface {
	Check(ctx context.Context) ([]doctor.Mismatch, error)
	Rebuild(ctx context.Context) (int, error)
}

// Mismatch is an agreement whose process and ledger do not agree.
type Mismatch struct {
	AgreementID     string `json:"agreement_id"`
	Problem         string `json:"problem" enum:"missing,behind,ahead,stale"`
	LedgerVersion   int64  `json:"ledger_version"`
	WorkflowVersion int64  `json:"workflow_version"`
}

// Examination is what the doctor found; nothing is good news.
type Examination struct {
	Items []Mismatch `json:"items"`
}

// Rebuilt is what a rebuild re-created.
type Rebuilt struct {
	Agreements int `json:"agreements"`
}

// Examined words what was found for the API.
func Examined(found []doctor.Mismatch) Examination {
	return Examination{Items: each(found, func(m doctor.Mismatch) Mismatch {
		return Mismatch{AgreementID: m.AgreementID, Problem: m.Problem, LedgerVersion: m.Ledger, WorkflowVersion: m.Workflow}
	})}
}

func doctorRoutes(s *server) {
	serve(s, PolicyAdmin, route{method: http.MethodGet, path: "/engine/check", id: "check-engine", summary: "Compare every open agreement with its process"},
		func(ctx context.Context, _ *struct{}) (Examination, error) {
			if s.Doctor == nil {
				return Examination{}, away()
			}
			found, err := s.Doctor.Check(ctx)
			return Examined(found), err
		})
	serve(s, PolicyAdmin, route{method: http.MethodPost, path: "/engine/rebuild", id: "rebuild-engine", summary: "Re-create every process from the ledger"},
		func(ctx context.Context, _ *struct{}) (Rebuilt, error) {
			if s.Doctor == nil {
				return Rebuilt{}, away()
			}
			n, err := s.Doctor.Rebuild(ctx)
			return Rebuilt{Agreements: n}, err
		})
}
