package ledger

import (
	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/models"
)

// CountDuty makes an obligation's date one that is so many working days after a
// day, as enrolment clocks and warnings do.
func CountDuty(tx *Tx, id string, from calendar.Day, workdays int) (models.Obligation, error) {
	o, a, err := tx.own(id)
	if err != nil {
		return o, err
	}
	d, err := tx.countFrom(a, from, workdays)
	if err != nil {
		return o, err
	}
	return o, tx.redate(a, &o, d, change{kind: "moved", on: tx.today(a.Zone)})
}

// HoursOf is when a party may be written to.
func HoursOf(tx *Tx, partyID string) (obligation.Hours, error) { return tx.hoursOf(partyID) }

// PolicyInUse is what a process plans the reminders of a Pemda by: the version
// of its calendar, its morning and the kinds it chose a ladder for.
func PolicyInUse(tx *Tx, partyID string) (version string, morning int, kinds int, err error) {
	p, err := tx.policyOf(partyID)
	if err != nil {
		return "", 0, 0, err
	}
	for _, l := range p.ladders {
		if l != "" {
			kinds++
		}
	}
	return p.calendar.Version(), p.hours.Morning, kinds, nil
}
