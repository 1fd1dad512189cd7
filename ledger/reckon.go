package ledger

import (
	"context"

	"payung/models"
)

// ruleAll changes the rules of everybody by what write records. A decree
// concerns every agreement of the country, so each is recalculated afterwards,
// in a transaction of its own; see [Hold.Reckon].
func (tx *Tx) ruleAll(r ruling, write func() error) error {
	if err := tx.changeRules(); err != nil {
		return err
	}
	if err := write(); err != nil {
		return err
	}
	return tx.queueRecalculations(r)
}

// queueRecalculations marks every agreement with a clock.
func (tx *Tx) queueRecalculations(r ruling) error {
	agreements, err := tx.agreementsOf("")
	if err != nil {
		return err
	}
	rows, change := make([]models.Recalculation, len(agreements)), newID()
	for i, a := range agreements {
		rows[i] = models.Recalculation{
			ID: newID(), Scope: a.Scope, AgreementID: a.ID, ChangeID: change, Cause: r.cause, Reason: r.reason, Actor: tx.actor.Name, CreatedAt: tx.micros(),
		}
	}
	tx.queued = len(rows) > 0
	return wrap("recalculations", insert(tx, rows))
}

// Reckon recalculates the next agreement that waits for it, after looking
// whether this release has another table of holidays than the last one. All that
// waits for an agreement is done at once: the first row says what moved.
func (h *Hold) Reckon(ctx context.Context) (more bool, err error) {
	if waits, err := h.l.toReckon(ctx); err != nil || !waits {
		return false, err
	}
	err = h.Write(ctx, func(tx *Tx) error {
		if err := tx.noticeTable(); err != nil {
			return err
		}
		var next models.Recalculation
		if err := tx.db.Where("done_at = 0").Order("id").Limit(1).Find(&next).Error; err != nil {
			return wrap("next recalculation", err)
		}
		if more = next.ID != ""; !more {
			return nil
		}
		return tx.reckon(next)
	})
	return more, err
}

// toReckon looks whether there is anything to do: reading first keeps the
// writer free of idle turns.
func (l *Ledger) toReckon(ctx context.Context) (waits bool, err error) {
	err = l.Read(ctx, System("reckon"), func(tx *Tx) error {
		var n int64
		if err := tx.db.Model(&models.Recalculation{}).Where("done_at = 0").Limit(1).Count(&n).Error; err != nil {
			return wrap("recalculations", err)
		}
		var e models.Engine
		err := tx.db.Select("calendar").Take(&e, 1).Error
		waits = n > 0 || e.Calendar != l.calendar.Version()
		return wrap("built-in table", err)
	})
	return waits, err
}

// noticeTable marks every agreement if the built-in table of holidays is
// another one than open dates were last computed by.
func (tx *Tx) noticeTable() error {
	var e models.Engine
	if err := tx.db.Select("calendar").Take(&e, 1).Error; err != nil {
		return wrap("built-in table", err)
	}
	version := tx.l.calendar.Version()
	if e.Calendar == version {
		return nil
	}
	return tx.ruleAll(ruling{cause: CauseTable, reason: version}, func() error {
		return tx.db.Exec("UPDATE engine SET calendar = ? WHERE id = 1", version).Error
	})
}

// reckon recalculates one agreement by the rules as they are now.
func (tx *Tx) reckon(next models.Recalculation) error {
	a, err := tx.fresh(next.AgreementID)
	if err != nil {
		return wrap("agreement to recalculate", err)
	}
	if a.ClosedOn == "" {
		now, err := tx.policyOf(a.PemdaPartyID)
		if err != nil {
			return err
		}
		national, err := tx.nationalBefore(next.CreatedAt)
		if err != nil {
			return err
		}
		old := *now
		old.national = national.calendar
		w, err := tx.weighed(a, "", old.settled(), now)
		if err != nil {
			return err
		}
		if e := w.effect(); e.Obligations > 0 {
			if err := tx.settleWeighing(a, w, e, &next); err != nil {
				return err
			}
		}
	}
	err = tx.db.Model(&models.Recalculation{ID: next.ID}).Select("Dates", "Appear", "Vanish", "Move", "Detail").Updates(next).Error
	if err != nil {
		return wrap("recalculation", err)
	}
	err = tx.db.Exec("UPDATE recalculations SET done_at = ? WHERE agreement_id = ? AND done_at = 0", tx.micros(), a.ID).Error
	return wrap("recalculation", err)
}

// nationalBefore is what was national just before an instant at which it
// changed.
func (tx *Tx) nationalBefore(at int64) (*policy, error) {
	return tx.readPolicyAt("", policy{week: 5, national: tx.l.calendar}, "known_from < ? AND (known_to = 0 OR known_to >= ?)", at, at)
}
