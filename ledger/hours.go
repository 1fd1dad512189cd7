package ledger

import (
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/models"
)

// HoursInput is when a Pemda works and may be written to.
type HoursInput struct {
	obligation.Hours
	Week      int  // working days, 5 or 6; Saturday is the sixth
	CutiWorks bool // collective leave is worked here and moves no date, whatever an agreement says
}

func hoursOfRow(h models.Hours) obligation.Hours {
	return obligation.Hours{Morning: h.Morning, Opens: h.Opens, Closes: h.Closes}
}

// hoursOf is when a party may be written to; the usual hours where it has
// settled none.
func (tx *Tx) hoursOf(partyID string) (obligation.Hours, error) {
	p, err := tx.policyOf(partyID)
	if err != nil {
		return obligation.Hours{}, err
	}
	return p.hours, nil
}

// Hours reads what a Pemda has settled, or the usual hours.
func (tx *Tx) Hours(partyID string) (HoursInput, error) {
	if _, err := tx.pemda(partyID); err != nil {
		return HoursInput{}, err
	}
	p, err := tx.policyOf(partyID)
	if err != nil {
		return HoursInput{}, err
	}
	return HoursInput{Hours: p.hours, Week: p.week, CutiWorks: p.cutiWorks}, nil
}

// PreviewHours says what other hours would change for open obligations, without
// changing anything.
func (tx *Tx) PreviewHours(partyID string, in HoursInput) (Effect, error) {
	_, r, err := tx.hoursRuling(partyID, in)
	if err != nil {
		return Effect{}, err
	}
	return tx.effectOf(r)
}

// SetHours settles a Pemda's hours and arms its open obligations anew. Dates
// that count working days move with the week.
func (tx *Tx) SetHours(partyID string, in HoursInput) (Effect, error) {
	party, r, err := tx.hoursRuling(partyID, in)
	if err != nil {
		return Effect{}, err
	}
	return tx.rule(r, func() error {
		if err := tx.db.Exec("UPDATE hours SET known_to = ? WHERE party_id = ? AND known_to = 0", tx.micros(), party.ID).Error; err != nil {
			return wrap("hours before", err)
		}
		row := models.Hours{
			ID: newID(), Scope: party.Scope, PartyID: party.ID, Morning: in.Morning, Opens: in.Opens, Closes: in.Closes, Week: in.Week,
			CutiWorks: in.CutiWorks, Actor: tx.actor.Name, Recorded: tx.recorded(),
		}
		if err := create(tx, party.Scope, row); err != nil {
			return wrap("hours", err)
		}
		return tx.audit("hours.set", "party", party.ID, party.Scope, map[string]any{
			"morning": in.Morning, "opens": in.Opens, "closes": in.Closes, "week": in.Week, "cuti_works": in.CutiWorks,
		})
	})
}

// hoursRuling checks hours.
func (tx *Tx) hoursRuling(partyID string, in HoursInput) (models.Party, ruling, error) {
	r := ruling{cause: CauseHours, partyID: partyID}
	party, err := tx.ownPemda(partyID)
	switch {
	case err != nil:
		return party, r, err
	case in.Week != 5 && in.Week != 6:
		return party, r, fault.New(fault.Invalid, "bad_week", "a week has 5 or 6 working days").On("week")
	}
	if err := in.Check(); err != nil {
		return party, r, fault.New(fault.Invalid, "bad_hours", "%s", err).On("morning")
	}
	r.after = func(p policy) *policy {
		p.hours, p.week, p.cutiWorks = in.Hours, in.Week, in.CutiWorks
		return p.settled()
	}
	return party, r, nil
}
