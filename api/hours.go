package api

import (
	"payung/domain/obligation"
	"payung/ledger"
)

// Hours is when a Pemda works and may be written to, in whole local hours.
type Hours struct {
	Morning   int  `json:"morning" minimum:"0" maximum:"23" doc:"the reminders of a day are taken at this hour"`
	Opens     int  `json:"opens" minimum:"0" maximum:"23" doc:"messages go out from this hour"`
	Closes    int  `json:"closes" minimum:"1" maximum:"24" doc:"and before this one"`
	Week      int  `json:"week" minimum:"5" maximum:"6" doc:"working days; Saturday is the sixth"`
	CutiWorks bool `json:"cuti_works,omitempty" doc:"collective leave is worked here and moves no date, whatever an agreement says"`
}

func (h Hours) input() ledger.HoursInput {
	return ledger.HoursInput{
		Hours: obligation.Hours{Morning: h.Morning, Opens: h.Opens, Closes: h.Closes}, Week: h.Week, CutiWorks: h.CutiWorks,
	}
}

func hoursRoutes(s *server) {
	read(s, PolicyRead, "/parties/{id}/hours", "get-hours", "When a Pemda works and may be written to",
		func(tx *ledger.Tx, in *ByID) (Hours, error) {
			h, err := tx.Hours(in.ID)
			return Hours{Morning: h.Morning, Opens: h.Opens, Closes: h.Closes, Week: h.Week, CutiWorks: h.CutiWorks}, err
		})
	weigh(s, PolicyWrite, "/parties/{id}/hours/preview", "preview-hours", "What other hours would change for open obligations",
		func(tx *ledger.Tx, in *Of[Hours]) (Effect, error) { return hoursEffect(tx, in, tx.PreviewHours) })
	change(s, PolicyWrite, "/parties/{id}/hours", "set-hours", "Settle a Pemda's hours and arm its open obligations anew",
		func(tx *ledger.Tx, in *Of[Hours]) (Effect, error) { return hoursEffect(tx, in, tx.SetHours) })
}

func hoursEffect(tx *ledger.Tx, in *Of[Hours], do func(string, ledger.HoursInput) (ledger.Effect, error)) (Effect, error) {
	e, err := do(in.ID, in.Body.input())
	return ruledView(e, clocksOf(tx).zone), err
}
