package api

import (
	"payung/domain/obligation"
	"payung/ledger"
)

// Fairness is how much time a Pemda gives beyond its deadlines.
type Fairness struct {
	MaxExtensions int `json:"max_extensions" minimum:"0" maximum:"20" doc:"of one duty"`
	ApproverLevel int `json:"approver_level" minimum:"1" maximum:"5" doc:"posts above the one that owes; 1 is the one directly above"`
	PauseDays     int `json:"pause_days" minimum:"1" maximum:"250" doc:"working days of a pause after which somebody is asked"`
	OutageDays    int `json:"outage_days" minimum:"0" maximum:"60" doc:"working days up to and with a deadline in which an outage counts"`
	OutageMinutes int `json:"outage_minutes" minimum:"1" maximum:"10000" doc:"of office time that an outage must have taken"`
	OfficeOpens   int `json:"office_opens" minimum:"0" maximum:"23" doc:"local hour of a working day from which an outage counts"`
	OfficeCloses  int `json:"office_closes" minimum:"1" maximum:"24"`
}

func fairnessView(f obligation.Fairness) Fairness {
	return Fairness{
		MaxExtensions: f.MaxExtensions, ApproverLevel: f.ApproverLevel, PauseDays: f.PauseDays, OutageDays: f.OutageDays, OutageMinutes: f.OutageMinutes,
		OfficeOpens: f.Office.Opens, OfficeCloses: f.Office.Closes,
	}
}

func fairnessRoutes(s *server) {
	read(s, PolicyRead, "/parties/{id}/fairness", "get-fairness", "How much time a Pemda gives beyond its deadlines",
		func(tx *ledger.Tx, in *ByID) (Fairness, error) {
			f, err := tx.Fairness(in.ID)
			return fairnessView(f), err
		})
	change(s, PolicyDecide, "/parties/{id}/fairness", "set-fairness", "Set how much time a Pemda gives; what was given before stays",
		func(tx *ledger.Tx, in *Of[Fairness]) (Fairness, error) {
			b := in.Body
			err := tx.SetFairness(in.ID, obligation.Fairness{
				MaxExtensions: b.MaxExtensions, ApproverLevel: b.ApproverLevel, PauseDays: b.PauseDays, OutageDays: b.OutageDays,
				OutageMinutes: b.OutageMinutes, Office: obligation.Office{Opens: b.OfficeOpens, Closes: b.OfficeCloses},
			})
			return b, err
		})
}
