package ledger

import (
	"cmp"
	"slices"
)

// Effect is what a change of ladder, hours or calendar does to open obligations.
// A reminder is one step of one obligation, to whomever it goes.
type Effect struct {
	Obligations int64 // that are touched at all
	Moved       int64 // of these, those that get another date
	Appear      int64 // reminders that would not have been sent
	Vanish      int64 // reminders that will not be sent any more
	Move        int64 // reminders that come at another time, in another tone or to another level
	Dates       []DateMove
	Reminders   []ReminderMove
}

// DateMove is a target date that is another now, for so many obligations.
type DateMove struct {
	AgreementID string `json:"agreement"`
	Kind        string `json:"kind"`
	GroupCode   string `json:"group,omitempty"`
	From        string `json:"from"`
	To          string `json:"to"`
	Obligations int64  `json:"n"`
}

// ReminderMove is a step that comes otherwise than before, for so many
// obligations of one date.
type ReminderMove struct {
	AgreementID string  `json:"agreement"`
	Kind        string  `json:"kind"`
	GroupCode   string  `json:"group,omitempty"`
	TargetOn    string  `json:"target"` // as it is now
	Step        string  `json:"step"`
	Was         Sending `json:"was,omitzero"`     // zero: it appears
	Becomes     Sending `json:"becomes,omitzero"` // zero: it vanishes
	Obligations int64   `json:"n"`
}

// Sending is when and how a step is sent.
type Sending struct {
	At    int64  `json:"at"`
	Tone  string `json:"tone"`
	Level int    `json:"level"`
}

// add counts moves of n more obligations, those of a kind together.
func (e *Effect) add(date *DateMove, reminders []ReminderMove, n int64) {
	e.Obligations += n
	if date != nil {
		e.Moved += n
		d := *date
		d.Obligations = 0
		i := slices.IndexFunc(e.Dates, func(x DateMove) bool { x.Obligations = 0; return x == d })
		if i < 0 {
			i, e.Dates = len(e.Dates), append(e.Dates, d)
		}
		e.Dates[i].Obligations += n
	}
	for _, r := range reminders {
		switch {
		case r.Was == Sending{}:
			e.Appear += n
		case r.Becomes == Sending{}:
			e.Vanish += n
		default:
			e.Move += n
		}
		r.Obligations = 0
		i := slices.IndexFunc(e.Reminders, func(x ReminderMove) bool { x.Obligations = 0; return x == r })
		if i < 0 {
			i, e.Reminders = len(e.Reminders), append(e.Reminders, r)
		}
		e.Reminders[i].Obligations += n
	}
}

// join adds the effect on another agreement.
func (e *Effect) join(o Effect) {
	e.Obligations, e.Moved = e.Obligations+o.Obligations, e.Moved+o.Moved
	e.Appear, e.Vanish, e.Move = e.Appear+o.Appear, e.Vanish+o.Vanish, e.Move+o.Move
	e.Dates, e.Reminders = append(e.Dates, o.Dates...), append(e.Reminders, o.Reminders...)
}

// sort puts the lists in order of time.
func (e *Effect) sort() {
	slices.SortFunc(e.Dates, func(a, b DateMove) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From), cmp.Compare(a.AgreementID, b.AgreementID),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.GroupCode, b.GroupCode))
	})
	slices.SortFunc(e.Reminders, func(a, b ReminderMove) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Becomes.At, a.Was.At), cmp.Or(b.Becomes.At, b.Was.At)), cmp.Compare(a.Was.At, b.Was.At),
			cmp.Compare(a.AgreementID, b.AgreementID), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.GroupCode, b.GroupCode),
			cmp.Compare(a.TargetOn, b.TargetOn), cmp.Compare(a.Step, b.Step))
	})
}
