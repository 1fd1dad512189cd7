package api

import (
	"context"
	"net/http"

	"payung/doctor"
	"payung/ledger"
)

// Doctor compares the ledger with the running agreements and re-creates them.
type Doctor interface {
	Check(ctx context.Context) ([]doctor.Mismatch, error)
	Rebuild(ctx context.Context) (int, error)
}

// Mismatch is an agreement, or a batch of one, whose process and ledger do not
// agree.
type Mismatch struct {
	AgreementID     string `json:"agreement_id"`
	EnrolmentID     string `json:"enrolment_id,omitempty" doc:"the batch; absent: the agreement itself"`
	Problem         string `json:"problem" enum:"missing,behind,ahead,stale"`
	LedgerVersion   int64  `json:"ledger_version"`
	WorkflowVersion int64  `json:"workflow_version"`
}

// Examination is what the doctor found; nothing is good news.
type Examination struct {
	Items []Mismatch `json:"items"`
	Clock ClockState `json:"clock"`
}

// Rebuilt is what a rebuild re-created.
type Rebuilt struct {
	Agreements int `json:"agreements" doc:"and batches of theirs that are open"`
}

// Examined words what was found for the API.
func Examined(found []doctor.Mismatch, clock ClockState) Examination {
	return Examination{Clock: clock, Items: each(found, func(m doctor.Mismatch) Mismatch {
		return Mismatch{AgreementID: m.AgreementID, EnrolmentID: m.EnrolmentID, Problem: m.Problem, LedgerVersion: m.Ledger, WorkflowVersion: m.Workflow}
	})}
}

func doctorRoutes(s *server) {
	serve(s, PolicyAdmin, route{method: http.MethodGet, path: "/engine/check", id: "check-engine", summary: "Compare every open agreement and batch with its process"},
		func(ctx context.Context, _ *struct{}) (Examination, error) {
			if s.Doctor == nil {
				return Examination{}, away()
			}
			found, err := s.Doctor.Check(ctx)
			if err != nil {
				return Examination{}, err
			}
			var clock ClockState
			err = s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
				clock, err = ClockOf(tx)
				return err
			})
			return Examined(found, clock), err
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
