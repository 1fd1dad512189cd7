package api

import (
	"time"

	"payung/domain/calendar"
	"payung/ledger"
)

// ByID names one thing in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64"`
}

// Of is a body about the thing in the path.
type Of[B any] struct {
	ByID
	Body B
}

// Spoken asks for sentences in the caller's language.
type Spoken struct {
	Language string `header:"Accept-Language" doc:"id or en; by default id"`
}

func (s Spoken) english() bool { return prefersEnglish(s.Language) }

func (s Spoken) lang() calendar.Lang {
	if s.english() {
		return calendar.EN
	}
	return calendar.ID
}

// SpokenID names one thing in the path that is shown with sentences.
type SpokenID struct {
	ByID
	Spoken
}

// SpokenOf is a body about the thing in the path, answered with sentences.
type SpokenOf[B any] struct {
	ByID
	Spoken
	Body B
}

// Sent is a body about nothing that exists yet.
type Sent[B any] struct {
	Body B
}

// Page asks for a stretch of a list that hangs on the thing in the path.
type Page struct {
	ByID
	PageQuery
}

// Date is a day with how sure it is: a newspaper's "early March" never becomes
// a false first of March.
type Date struct {
	On        string `json:"on" format:"date"`
	Precision string `json:"precision,omitempty" enum:"day,month,year,early,before,since" default:"day"`
}

func (d Date) when() calendar.When {
	if d.Precision == "" {
		d.Precision = string(calendar.Exact)
	}
	return calendar.When{On: calendar.Day(d.On), Precision: calendar.Precision(d.Precision)}
}

func dateOf(day, precision string) Date { return Date{On: day, Precision: precision} }

// knownDate is a date that may not be known.
func knownDate(w calendar.When) *Date {
	if w.Zero() {
		return nil
	}
	return &Date{On: string(w.On), Precision: string(w.Precision)}
}

// instant is an instant on the clock of a zone; "" for none.
func instant(micros int64, zone string) string {
	if micros == 0 {
		return ""
	}
	return moment(time.UnixMicro(micros), zone)
}

func moment(t time.Time, zone string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone(zone).Location()).Format(time.RFC3339)
}

// clocks knows the zones of agreements in one transaction.
type clocks struct {
	tx    *ledger.Tx
	known map[string]string
}

func clocksOf(tx *ledger.Tx) clocks { return clocks{tx, map[string]string{}} }

// zone is the zone of an agreement. Rows of agreements that the actor cannot
// see are not listed, so the default never shows.
func (c clocks) zone(agreementID string) string {
	z, ok := c.known[agreementID]
	if !ok {
		z = string(calendar.WIB)
		if a, err := c.tx.Agreement(agreementID); err == nil {
			z = a.Zone
		}
		c.known[agreementID] = z
	}
	return z
}

// ofAgreement reads rows of an agreement that the actor may see.
func ofAgreement[R, V any](tx *ledger.Tx, id string, rows func(string) ([]R, error), view func(R) V) (List[V], error) {
	if _, err := tx.Agreement(id); err != nil {
		return List[V]{}, err
	}
	found, err := rows(id)
	return listed(found, err, view)
}
