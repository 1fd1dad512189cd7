package api

import "payung/ledger"

// StatusInput is how many people of a unit have reached a state, such as BPJS's
// answer to an enrolment. No state implies another.
type StatusInput struct {
	YearID   string `json:"year_id" maxLength:"64"`
	UnitID   string `json:"unit_id" maxLength:"64"`
	State    string `json:"state" enum:"listed,submitted,registered,paid,protected"`
	People   int64  `json:"people"`
	Until    string `json:"until,omitempty" format:"date" doc:"paid or protected up to that day"`
	On       Date   `json:"on"`
	SourceID string `json:"source_id,omitempty" maxLength:"64"`
}

func statusRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/statuses", "create-status", "Record how many people of a unit have reached a state",
		func(tx *ledger.Tx, in *Of[StatusInput]) (StatusInput, error) {
			b := in.Body
			return b, tx.RecordStatus(in.ID, b.YearID, b.UnitID, ledger.StatusInput{
				State: b.State, People: b.People, Until: b.Until, On: b.On.when(), SourceID: b.SourceID,
			})
		})
}
