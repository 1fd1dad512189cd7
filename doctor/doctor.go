// Package doctor compares the ledger with the running agreements, and re-creates
// them from the ledger.
package doctor

import (
	"context"

	"payung/domain/fault"
	"payung/ledger"
	"payung/workflows"
)

// Mismatch is an agreement, or a batch of one, whose workflow and ledger do not
// agree.
type Mismatch struct {
	AgreementID string `json:"agreement_id"`
	EnrolmentID string `json:"enrolment_id,omitempty"` // the batch
	Problem     string `json:"problem"`                // missing, behind, ahead, stale
	Ledger      int64  `json:"ledger_version"`
	Workflow    int64  `json:"workflow_version"`
}

// The ways in which ledger and workflow can differ.
const (
	Missing = "missing" // no workflow runs
	Behind  = "behind"  // the workflow has not heard the ledger's last word
	Ahead   = "ahead"   // the workflow has heard words the ledger does not know: an old copy of the ledger
	Stale   = "stale"   // the workflow belongs to an engine before the last rebuild
)

const checkPage = 200

// Check compares every open agreement and batch with its workflow.
func Check(ctx context.Context, l *ledger.Ledger, e *workflows.Engine, progress func(done int)) ([]Mismatch, error) {
	var out []Mismatch
	after, done := "", 0
	for {
		page, err := l.Beats(ctx, after, checkPage)
		if err != nil || len(page) == 0 {
			return out, err
		}
		for _, b := range page {
			m, err := compare(ctx, e, b)
			if err != nil {
				return out, err
			}
			if m != nil {
				out = append(out, *m)
			}
			done++
			if progress != nil {
				progress(done)
			}
		}
		after = page[len(page)-1].ID()
	}
}

func targetOf(b ledger.Beat) workflows.Target {
	return workflows.Target{AgreementID: b.AgreementID, EnrolmentID: b.EnrolmentID, Epoch: b.Epoch, Title: b.Title}
}

func compare(ctx context.Context, e *workflows.Engine, b ledger.Beat) (*Mismatch, error) {
	running, err := e.Running(ctx, targetOf(b))
	if err != nil {
		return nil, err
	}
	m := &Mismatch{AgreementID: b.AgreementID, EnrolmentID: b.EnrolmentID, Ledger: b.Version}
	if !running {
		m.Problem = Missing
		return m, nil
	}
	p, err := e.Process(ctx, targetOf(b))
	if fault.Is(err, "not_found") {
		m.Problem = Missing
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	m.Workflow = p.Snapshot.Version
	switch {
	case p.Stale || p.Snapshot.Epoch < b.Epoch:
		m.Problem = Stale
	case p.Snapshot.Epoch > b.Epoch || p.Snapshot.Version > b.Version:
		m.Problem = Ahead
	case p.Snapshot.Version < b.Version || p.Snapshot.NextAt != b.NextAt:
		m.Problem = Behind
	default:
		return nil, nil
	}
	return m, nil
}

// Rebuild re-creates the engine from the ledger: a new epoch, from which on
// older activities are refused, and a poke to every open agreement and batch, which
// starts those that are missing and makes the others read again.
func Rebuild(ctx context.Context, l *ledger.Ledger, e *workflows.Engine, progress func(done int)) (int, error) {
	if _, err := l.RaiseEpoch(ctx); err != nil {
		return 0, err
	}
	after, done := "", 0
	for {
		page, err := l.Beats(ctx, after, checkPage)
		if err != nil || len(page) == 0 {
			return done, err
		}
		for _, b := range page {
			if err := e.Poke(ctx, targetOf(b)); err != nil {
				return done, err
			}
			done++
			if progress != nil {
				progress(done)
			}
		}
		after = page[len(page)-1].ID()
	}
}
