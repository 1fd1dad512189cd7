package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/models"
	"payung/protocol"
)

// The states of a decision. A pending one is invisible to every query and
// outside every uniqueness, because its content is not rows yet.
const (
	pending   = "pending"
	confirmed = "confirmed"
	refused   = "refused"
	expired   = "expired"
)

// Proposal is a decision people have typed. Hash tells whether a repeated
// request ID carries the same content.
type Proposal struct {
	RequestID   string
	AgreementID string
	Kind        agreement.Decision
	Payload     any
	Hash        []byte
}

// Propose stores a decision as pending. Asking again with the same request ID
// is asking once; with other content it is refused.
func (tx *Tx) Propose(p Proposal) error {
	a, err := tx.Agreement(p.AgreementID)
	if err != nil {
		return err
	}
	if err := tx.actor.may(a.Scope); err != nil {
		return err
	}
	var known models.Decision
	if err := tx.db.Limit(1).Find(&known, "request_id = ?", p.RequestID).Error; err != nil {
		return err
	}
	if known.RequestID != "" {
		if known.AgreementID != p.AgreementID || known.Kind != string(p.Kind) || !bytes.Equal(known.Hash, p.Hash) {
			return errReused()
		}
		return nil
	}
	if a.Historical {
		return fault.New(fault.Refused, "historical", "this agreement is known from sources only; record facts, not decisions")
	}
	raw, err := json.Marshal(p.Payload)
	if err != nil {
		return wrap("proposal", err)
	}
	return tx.db.Create(&models.Decision{
		RequestID: p.RequestID, Scope: a.Scope, AgreementID: a.ID, Kind: string(p.Kind), Payload: string(raw), Hash: p.Hash,
		State: pending, Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}).Error
}

func errReused() error {
	return fault.New(fault.Mismatch, "idempotency_key_reused", "this key was used with another request; use a new one")
}

// Decide is the activity behind every decision: it turns a pending proposal
// into facts or refuses it with everything that is missing. Called again for
// the same request it returns the stored answer with the current snapshot.
func (l *Ledger) Decide(ctx context.Context, in protocol.DecideInput) (protocol.DecisionResult, error) {
	var out protocol.DecisionResult
	var refusal error
	err := l.Write(ctx, System("decide"), func(tx *Tx) error {
		a, err := tx.turn(in.AgreementID, in.Epoch)
		if err != nil {
			return err
		}
		d, err := tx.proposal(in)
		if err != nil {
			return err
		}
		out, refusal = protocol.DecisionResult{}, nil
		switch d.State {
		case confirmed:
			err = wrap("stored answer", json.Unmarshal([]byte(d.Answer), &out.Made))
		case refused:
			f := new(fault.Fault)
			refusal = f
			err = wrap("stored refusal", json.Unmarshal([]byte(d.Answer), f))
		case expired:
			refusal = fault.New(fault.Refused, "request_expired", "this request waited too long and has been dropped; send it again with a new key")
		default:
			out.Made, refusal, err = tx.carryOut(a, d)
		}
		if err != nil {
			return err
		}
		if a, err = tx.fresh(a.ID); err != nil {
			return err
		}
		out.Snapshot, err = tx.settle(a, in.Epoch)
		return err
	})
	if err != nil {
		return out, err
	}
	return out, refusal
}

func (tx *Tx) fresh(id string) (models.Agreement, error) {
	var a models.Agreement
	err := tx.db.Take(&a, "id = ?", id).Error
	return a, err
}

// proposal reads the decision row; the agreement's lock keeps it still.
func (tx *Tx) proposal(in protocol.DecideInput) (models.Decision, error) {
	var d models.Decision
	err := tx.db.Take(&d, "request_id = ? AND agreement_id = ?", in.RequestID, in.AgreementID).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return d, notFound("request")
	}
	return d, err
}

// carryOut runs a decision inside a savepoint. A fault undoes what it did and
// is remembered as the answer; anything else undoes the transaction and is
// tried again.
func (tx *Tx) carryOut(a models.Agreement, d models.Decision) (made map[string]string, refusal, err error) {
	if err := tx.db.SavePoint("decision").Error; err != nil {
		return nil, nil, err
	}
	if a.ClosedOn != "" {
		refusal = agreement.Closed()
	} else {
		// The actor who typed it is the one who did it, with the agreement's own
		// reach: what they name must be theirs or national.
		system := tx.actor
		tx.actor = within(a.Scope, d.Actor)
		made, refusal = tx.decide(a, d)
		tx.actor = system
	}
	f, known := fault.Of(refusal)
	if refusal != nil && !known {
		return nil, nil, refusal
	}
	state, answer := confirmed, any(made)
	if refusal != nil {
		if err := tx.db.RollbackTo("decision").Error; err != nil {
			return nil, nil, err
		}
		state, answer, made = refused, f, nil
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		return nil, nil, wrap("answer", err)
	}
	res := tx.db.Model(&models.Decision{}).Where("request_id = ? AND state = ?", d.RequestID, pending).
		Updates(map[string]any{"state": state, "answer": string(raw), "decided_at": tx.micros()})
	if res.Error != nil {
		return nil, nil, res.Error
	}
	if res.RowsAffected == 0 {
		return nil, nil, errors.New("ledger: the request was decided meanwhile")
	}
	return made, refusal, nil
}

func (tx *Tx) decide(a models.Agreement, d models.Decision) (map[string]string, error) {
	switch agreement.Decision(d.Kind) {
	case agreement.RecordMeeting:
		return decideAs(tx, a, d, (*Tx).recordMeeting)
	case agreement.BringBasisIntoForce:
		return decideAs(tx, a, d, (*Tx).bringBasisIntoForce)
	case agreement.ReplaceBasis:
		return decideAs(tx, a, d, (*Tx).replaceBasis)
	case agreement.Sign:
		return decideAs(tx, a, d, (*Tx).sign)
	case agreement.OpenYear:
		return decideAs(tx, a, d, (*Tx).openYear)
	case agreement.MoveDeadline:
		return decideAs(tx, a, d, (*Tx).moveDeadline)
	case agreement.DecideRenewal:
		return decideAs(tx, a, d, (*Tx).decideRenewal)
	case agreement.Terminate:
		return decideAs(tx, a, d, (*Tx).terminate)
	}
	return nil, fault.New(fault.Invalid, "unknown_decision", "there is no decision %q", d.Kind)
}

// decideAs reads a decision's content and carries it out.
func decideAs[T any](tx *Tx, a models.Agreement, d models.Decision, do func(*Tx, models.Agreement, T) (map[string]string, error)) (map[string]string, error) {
	var in T
	if err := json.Unmarshal([]byte(d.Payload), &in); err != nil {
		return nil, wrap("decision payload", err)
	}
	return do(tx, a, in)
}
