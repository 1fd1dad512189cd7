package ledger

import "payung/models"

// What a recalculation was caused by.
const (
	CauseLadder  = "ladder"
	CauseHours   = "hours"
	CauseHoliday = "holiday"
	CauseTable   = "table" // a release with another built-in table of holidays
)

// ruling is a change of the rules that reminders are planned by.
type ruling struct {
	cause   string
	reason  string // in words, such as the decree
	partyID string // whose; "": everybody's
	kind    string // of obligation it is about; "": any
	after   func(policy) *policy
}

// effectOf weighs a ruling for all it concerns, without changing anything.
func (tx *Tx) effectOf(r ruling) (Effect, error) {
	var out Effect
	agreements, err := tx.agreementsOf(r.partyID)
	if err != nil {
		return out, err
	}
	for _, a := range agreements {
		old, err := tx.policyOf(a.PemdaPartyID)
		if err != nil {
			return out, err
		}
		w, err := tx.weighed(a, r.kind, old, r.after(*old))
		if err != nil {
			return out, err
		}
		out.join(w.effect())
	}
	out.sort()
	return out, nil
}

// agreementsOf lists a Pemda's agreements with a clock; of no party, all.
func (tx *Tx) agreementsOf(partyID string) ([]models.Agreement, error) {
	q := tx.db.Where("closed_on = '' AND NOT historical")
	if partyID != "" {
		q = q.Where("pemda_party_id = ?", partyID)
	}
	var rows []models.Agreement
	err := q.Order("id").Find(&rows).Error
	return rows, wrap("agreements with a clock", err)
}

// weighed compares two policies for an agreement. In a write its open
// obligations stay locked: one that is answered at the same moment is either
// closed before or closed afterwards.
func (tx *Tx) weighed(a models.Agreement, kind string, old, now *policy) (*weighing, error) {
	q := tx.db
	if tx.writes {
		q = tx.forChange(q)
	}
	q = q.Where("agreement_id = ? AND state IN ? AND target_at > 0", a.ID, []string{StateOpen, StateSubmitted})
	if kind != "" {
		q = q.Where("kind = ?", kind)
	}
	var open []models.Obligation
	if err := q.Order("id").Find(&open).Error; err != nil {
		return nil, wrap("open obligations", err)
	}
	return tx.weigh(a, old, now, open), nil
}

// rule changes the rules of one Pemda by what write records, and carries the
// change through for its open obligations at once.
func (tx *Tx) rule(r ruling, write func() error) (Effect, error) {
	var out Effect
	if err := tx.changeRules(); err != nil {
		return out, err
	}
	old, err := tx.policyOf(r.partyID)
	if err != nil {
		return out, err
	}
	if err := write(); err != nil {
		return out, err
	}
	agreements, err := tx.agreementsOf(r.partyID)
	if err != nil {
		return out, err
	}
	now, change := r.after(*old), newID()
	for _, a := range agreements {
		w, err := tx.weighed(a, r.kind, old, now)
		if err != nil {
			return out, err
		}
		e := w.effect()
		if e.Obligations == 0 {
			continue
		}
		rec := models.Recalculation{
			ID: newID(), Scope: a.Scope, AgreementID: a.ID, ChangeID: change, Cause: r.cause, Reason: r.reason,
			Actor: tx.actor.Name, CreatedAt: tx.micros(), DoneAt: tx.micros(),
		}
		if err := tx.settleWeighing(a, w, e, &rec); err != nil {
			return out, err
		}
		if err := insert(tx, []models.Recalculation{rec}); err != nil {
			return out, wrap("recalculation", err)
		}
		out.join(e)
	}
	out.sort()
	return out, nil
}
