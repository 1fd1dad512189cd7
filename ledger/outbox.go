package ledger

import (
	"cmp"
	"context"

	"payung/models"
)

// stir marks an agreement for the relay, in the transaction of the change.
func (tx *Tx) stir(agreementID string) error {
	tx.stirs = true
	return tx.db.Create(&models.Outbox{ID: newID(), AgreementID: agreementID, CreatedAt: tx.micros()}).Error
}

// Wish is what the relay should do about one agreement, or one batch, decided
// from committed rows only.
type Wish struct {
	AgreementID string
	EnrolmentID string // the batch; "": the agreement itself
	Epoch       int64
	Title       string
	Poke        bool
	rows        []string
}

// relayBatch bounds one turn of the relay.
const relayBatch = 200

// Wishes lists the agreements and batches marked in the outbox and whether their workflow
// has anything to learn: a due instant before the one it was armed for, a
// milestone that now holds, or a first start. Most changes of a unit teach it
// nothing and cost it no event.
func (l *Ledger) Wishes(ctx context.Context) ([]Wish, error) {
	var out []Wish
	err := l.Read(ctx, System("relay"), func(tx *Tx) error {
		epoch, err := tx.epoch()
		if err != nil {
			return err
		}
		var rows []models.Outbox
		if err := tx.db.Order("id").Limit(relayBatch).Find(&rows).Error; err != nil {
			return err
		}
		at := map[string]int{}
		for _, r := range rows {
			about := cmp.Or(r.EnrolmentID, r.AgreementID)
			i, ok := at[about]
			if !ok {
				i = len(out)
				at[about] = i
				title, poke, err := tx.hasNews(r.AgreementID)
				if err == nil && r.EnrolmentID != "" {
					poke, err = tx.batchHasNews(r.EnrolmentID)
				}
				if err != nil {
					return err
				}
				out = append(out, Wish{AgreementID: r.AgreementID, EnrolmentID: r.EnrolmentID, Epoch: epoch, Title: title, Poke: poke})
			}
			out[i].rows = append(out[i].rows, r.ID)
		}
		return nil
	})
	return out, err
}

// Granted unmarks what the relay has delivered. Rows that were added in the
// meantime stay.
func (h *Hold) Granted(ctx context.Context, w Wish) error {
	return h.Write(ctx, func(tx *Tx) error {
		return tx.db.Where("id IN ?", w.rows).Delete(&models.Outbox{}).Error
	})
}

// hasNews compares what an agreement's workflow was last told with what is
// committed.
func (tx *Tx) hasNews(agreementID string) (title string, news bool, err error) {
	var a models.Agreement
	if err := tx.db.Limit(1).Find(&a, "id = ?", agreementID).Error; err != nil {
		return "", false, err
	}
	switch {
	case a.ID == "" || a.Historical:
		return "", false, nil
	case a.Version == 0: // no workflow has read it yet
		return a.Title, true, nil
	case a.ClosedOn != "":
		return a.Title, a.ArmedUntil != 0, nil
	}
	next, _, err := tx.nextDue(agreementID)
	if err != nil {
		return "", false, err
	}
	if next != a.ArmedUntil && next != 0 && (a.ArmedUntil == 0 || next < a.ArmedUntil) {
		return a.Title, true, nil
	}
	settled, err := tx.unsettledPeriods(agreementID)
	return a.Title, len(settled) > 0, err
}

// nextDue is the earliest instant anything of an agreement falls due, and what.
// While the clock is in doubt nothing does: the sweep rings once it is back.
func (tx *Tx) nextDue(agreementID string) (at int64, what string, err error) {
	if doubt, err := tx.Doubt(); err != nil || doubt.Stands() {
		return 0, "", err
	}
	var rows []struct {
		NextAt   int64
		NextStep string
		N        int64
	}
	err = tx.db.Table("obligations").Select("next_at, next_step, COUNT(*) AS n").
		Where("agreement_id = ? AND next_at = (SELECT MIN(next_at) FROM obligations WHERE agreement_id = ? AND next_at > 0)", agreementID, agreementID).
		Group("next_at, next_step").Order("next_step").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return 0, "", err
	}
	for i, r := range rows {
		if i > 0 {
			what += ", "
		}
		what += r.NextStep + ": " + itoa(r.N) + " tugas"
	}
	return rows[0].NextAt, what, nil
}
