package api

import (
	"payung/domain/calendar"
	"payung/domain/region"
	"payung/ledger"
)

// Settings is what holds for the whole installation.
type Settings struct {
	Sample    bool   `json:"sample" doc:"everything in here is DATA CONTOH"`
	SampledAt string `json:"sampled_at,omitempty" format:"date-time" doc:"when it was marked"`
	Epoch     int64  `json:"epoch" doc:"of the engine; rises with each rebuild"`
	Calendar  string `json:"calendar" doc:"version of the working-day calendar"`
	Regions   string `json:"regions" doc:"decree that the table of regions follows"`
}

func settingsRoutes(s *server) {
	show := func(tx *ledger.Tx) (Settings, error) {
		c, err := tx.Calendar("")
		if err != nil {
			return Settings{}, err
		}
		set, err := tx.Settings()
		out := Settings{Sample: set.Sample, Epoch: set.Epoch, Calendar: c.Version(), Regions: region.Dataset().Decree}
		if set.Sample {
			out.SampledAt = moment(set.SampledAt, string(calendar.WITA))
		}
		return out, err
	}
	read(s, PolicyRead, "/settings", "get-settings", "What holds for the whole installation",
		func(tx *ledger.Tx, _ *struct{}) (Settings, error) { return show(tx) })
	change(s, PolicyAdmin, "/settings/sample", "mark-sample", "Mark an empty ledger as DATA CONTOH, for good",
		func(tx *ledger.Tx, _ *struct{}) (Settings, error) {
			if err := tx.MarkSample(); err != nil {
				return Settings{}, err
			}
			return show(tx)
		})
}
