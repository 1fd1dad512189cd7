package ledger

import (
	"time"

	"payung/domain/fault"
	"payung/models"
)

// Settings is what holds for the whole installation.
type Settings struct {
	Sample    bool      // everything in here is DATA CONTOH
	SampledAt time.Time // since when
	Epoch     int64     // of the engine; rises with each rebuild
}

// Settings reads them.
func (tx *Tx) Settings() (Settings, error) {
	var e models.Engine
	err := tx.db.Take(&e, 1).Error
	s := Settings{Sample: e.SampledAt != 0, Epoch: e.Epoch}
	if s.Sample {
		s.SampledAt = time.UnixMicro(e.SampledAt)
	}
	return s, wrap("settings", err)
}

// MarkSample marks the whole ledger as sample data, for good. It refuses once
// there are agreements that were recorded without the mark: nobody can tell
// them apart afterwards. Marking again changes nothing.
func (tx *Tx) MarkSample() error {
	if tx.actor.Reach != Everything {
		return tx.actor.may(models.Scope{})
	}
	s, err := tx.Settings()
	if err != nil || s.Sample {
		return err
	}
	var n int64
	if err := tx.db.Model(&models.Agreement{}).Limit(1).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Conflict, "ledger_has_real_data", "this ledger holds agreements already; sample data needs an empty one")
	}
	if err := tx.db.Exec("UPDATE engine SET sampled_at = ? WHERE id = 1", tx.micros()).Error; err != nil {
		return err
	}
	return tx.audit("engine.sample", "engine", "1", models.Scope{}, nil)
}
