package api

import (
	"payung/domain/calendar"
	"payung/ledger"
)

// ClockState says whether the clock is believed. While it is not, facts are
// taken and nothing is sent.
type ClockState struct {
	State      string `json:"state" enum:"trusted,doubted"`
	Now        string `json:"now" format:"date-time" doc:"what it says"`
	Cause      string `json:"cause,omitempty" enum:"before_build,behind,ahead,long_gap"`
	Since      string `json:"since,omitempty" format:"date-time" doc:"what it said when the doubt began"`
	Expected   string `json:"expected,omitempty" format:"date-time" doc:"what it should have said then; absent: nobody knows"`
	JumpedSecs int64  `json:"jumped_seconds,omitempty" doc:"how far it is ahead, behind if negative"`
}

// ClockOf words the state of the clock for the API.
func ClockOf(tx *ledger.Tx) (ClockState, error) {
	d, err := tx.Doubt()
	z := string(calendar.WIB)
	out := ClockState{State: "trusted", Now: moment(tx.Now(), z)}
	if d.Stands() {
		out = ClockState{
			State: "doubted", Now: out.Now, Cause: string(d.Cause), Since: moment(d.Since, z), Expected: moment(d.Expected, z), JumpedSecs: int64(d.Jump().Seconds()),
		}
	}
	return out, err
}

func clockRoutes(s *server) {
	read(s, PolicyRead, "/clock", "get-clock", "Whether the clock is believed",
		func(tx *ledger.Tx, _ *struct{}) (ClockState, error) { return ClockOf(tx) })
	change(s, PolicyAdmin, "/clock/confirm", "confirm-clock", "Somebody has looked: the clock is right, and sending goes on",
		func(tx *ledger.Tx, _ *struct{}) (ClockState, error) {
			if err := tx.ConfirmClock(); err != nil {
				return ClockState{}, err
			}
			return ClockOf(tx)
		})
}
