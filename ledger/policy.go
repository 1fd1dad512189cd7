package ledger

import (
	"sync"

	"gorm.io/gorm"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/models"
)

// policy is what holds for the reminders of one Pemda. It is shared between
// transactions: whoever changes one changes a copy.
type policy struct {
	hours     obligation.Hours
	week      int               // working days
	cutiWorks bool              // collective leave is worked here, whatever an agreement says
	ladders   map[string]string // JSON by kind of obligation
	local     []models.Holiday  // its own days
	national  *calendar.Calendar
	calendar  *calendar.Calendar // all of the days above
}

// settled puts the calendar together.
func (p policy) settled() *policy {
	p.calendar = withHolidays(p.national, p.local)
	if p.week == 6 {
		p.calendar = p.calendar.SixDayWeek()
	}
	if p.cutiWorks {
		p.calendar = p.calendar.CutiIsWorkday()
	}
	return &p
}

// of is the calendar of one of the Pemda's agreements.
func (p *policy) of(a models.Agreement) *calendar.Calendar {
	if !a.CutiMoves && !p.cutiWorks {
		return p.calendar.CutiIsWorkday()
	}
	return p.calendar
}

// ladder is the JSON of the ladder an obligation goes by: its own, else its
// Pemda's for that kind, else that of the kind, else the agreement's.
func (p *policy) ladder(o models.Obligation, agreements string) string {
	switch {
	case o.Ladder != "":
		return o.Ladder
	case p.ladders[o.Kind] != "":
		return p.ladders[o.Kind]
	case o.Kind == KindRenewal:
		return renewalLadder()
	}
	return agreements
}

// renewalLadder is the built-in ladder of renewals as it would be stored.
var renewalLadder = sync.OnceValue(func() string {
	raw, err := encodeLadder(agreement.RenewalLadder())
	if err != nil {
		panic(err)
	}
	return raw
})

// policyOf is the policy of a Pemda; of no party, what is national.
func (tx *Tx) policyOf(partyID string) (*policy, error) {
	if tx.changed { // what it changed must not reach others before the commit
		return tx.readPolicy(partyID)
	}
	rules, err := tx.rulesNow()
	if err != nil {
		return nil, err
	}
	if p := tx.l.policies.find(rules, partyID); p != nil {
		return p, nil
	}
	p, err := tx.readPolicy(partyID)
	if err == nil {
		tx.l.policies.keep(rules, partyID, p)
	}
	return p, err
}

// readPolicy reads what a Pemda has settled.
func (tx *Tx) readPolicy(partyID string) (*policy, error) {
	national := policy{week: 5, national: tx.l.calendar}
	if partyID != "" {
		p, err := tx.policyOf("")
		if err != nil {
			return nil, err
		}
		national.national = p.calendar
	}
	return tx.readPolicyAt(partyID, national, "known_to = 0")
}

// readPolicyAt reads what a Pemda had settled, by a condition on recorded rows.
func (tx *Tx) readPolicyAt(partyID string, p policy, when string, args ...any) (*policy, error) {
	p.hours, p.week, p.ladders = obligation.DefaultHours(), 5, map[string]string{}
	standing := func() *gorm.DB { return tx.db.Where("party_id = ?", partyID).Where(when, args...) }
	if err := standing().Order("day").Find(&p.local).Error; err != nil {
		return nil, wrap("holidays", err)
	}
	if partyID == "" {
		return p.settled(), nil
	}
	var hours []models.Hours
	if err := standing().Find(&hours).Error; err != nil {
		return nil, wrap("hours", err)
	}
	for _, h := range hours {
		p.hours, p.week, p.cutiWorks = hoursOfRow(h), h.Week, h.CutiWorks
	}
	var ladders []models.Ladder
	if err := standing().Find(&ladders).Error; err != nil {
		return nil, wrap("ladders", err)
	}
	for _, l := range ladders {
		p.ladders[l.Kind] = l.Ladder
	}
	return p.settled(), nil
}

// calendarOf is the calendar of an agreement's Pemda: the national table, the
// decrees recorded since, its local days, its week.
func (tx *Tx) calendarOf(a models.Agreement) (*calendar.Calendar, error) {
	p, err := tx.policyOf(a.PemdaPartyID)
	if err != nil {
		return nil, err
	}
	return p.of(a), nil
}

// calendarOfParty is the calendar of a Pemda; of no party, the national one.
func (tx *Tx) calendarOfParty(partyID string) (*calendar.Calendar, error) {
	p, err := tx.policyOf(partyID)
	if err != nil {
		return nil, err
	}
	return p.calendar, nil
}

// Calendar is the calendar of a Pemda; of no party, the national one.
func (tx *Tx) Calendar(partyID string) (*calendar.Calendar, error) {
	if partyID != "" {
		if _, err := tx.Party(partyID); err != nil {
			return nil, err
		}
	}
	return tx.calendarOfParty(partyID)
}
