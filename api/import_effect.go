package api

import (
	"payung/domain/calendar"
	"payung/domain/roster"
)

// ImportEffect is what a list would mean in people and money.
type ImportEffect struct {
	Added       int64       `json:"added"`
	Removed     int64       `json:"removed"`
	Unchanged   int64       `json:"unchanged"`
	Duplicates  int64       `json:"duplicates" doc:"people who stand on another list too"`
	People      int64       `json:"people" doc:"on the list afterwards"`
	Months      int         `json:"months" doc:"that are left to be paid"`
	Cost        int64       `json:"cost" doc:"rupiah, of everybody for these months"`
	Room        *int64      `json:"room,omitempty" doc:"rupiah under the ceiling of the line; negative: over it; absent: no ceiling"`
	Short       []UnitBound `json:"short" doc:"units below their minimum"`
	Over        []UnitBound `json:"over" doc:"units above their quota"`
	Sentence    string      `json:"sentence" doc:"all of it in one line"`
	RuleVersion string      `json:"rule_version" doc:"of the contribution table"`
}

// UnitBound is a unit with how many people it has and may or should have.
type UnitBound struct {
	Unit   string `json:"unit"`
	People int64  `json:"people"`
	Bound  int64  `json:"bound"`
}

func effectView(e *roster.Effect, lang calendar.Lang) *ImportEffect {
	if e == nil {
		return nil
	}
	out := &ImportEffect{
		Added: e.Added, Removed: e.Removed, Unchanged: e.Unchanged, Duplicates: e.Duplicates, People: e.People, Months: e.Months, Cost: int64(e.Cost),
		Short:    each(e.Short, func(u roster.UnitCount) UnitBound { return UnitBound{u.Unit, u.People, u.Minimum} }),
		Over:     each(e.Over, func(u roster.UnitCount) UnitBound { return UnitBound{u.Unit, u.People, u.Quota} }),
		Sentence: e.Say(lang), RuleVersion: e.RuleVersion,
	}
	if e.HasCeiling {
		room := int64(e.Room)
		out.Room = &room
	}
	return out
}
