package ledger

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"payung/domain/calendar"
	"payung/models"
	"payung/protocol"
)

// Measures that rollups count, for an agreement and worker group.
const (
	MeasureDuties   = "duties" // obligations that count
	MeasureAnswered = "answered"
	MeasureNihil    = "nihil"
)

// count notes a change of a rollup, in the transaction of the change.
func (tx *Tx) count(agreementID, group, measure string, delta int64) error {
	if delta == 0 {
		return nil
	}
	return tx.db.Create(&models.CounterDelta{ID: newID(), AgreementID: agreementID, GroupCode: group, Measure: measure, Delta: delta}).Error
}

const foldBatch = 5000

// Fold adds committed deltas to the rollups and deletes exactly those it
// added, in one statement and one transaction: a delta that commits late is
// found on the next turn whatever its ID.
func (h *Hold) Fold(ctx context.Context) (more bool, err error) {
	err = h.Write(ctx, func(tx *Tx) error {
		var n int64
		if err := tx.db.Model(&models.CounterDelta{}).Limit(1).Count(&n).Error; err != nil || n == 0 {
			return err
		}
		var deltas []models.CounterDelta
		err := tx.db.Raw(`DELETE FROM counter_deltas WHERE id IN (SELECT id FROM counter_deltas ORDER BY id LIMIT ?)
			RETURNING id, agreement_id, group_code, measure, delta`, foldBatch).Scan(&deltas).Error
		if err != nil {
			return err
		}
		more = len(deltas) == foldBatch
		type key struct{ agreement, group, measure string }
		sums, order := map[key]int64{}, []key{}
		for _, d := range deltas {
			k := key{d.AgreementID, d.GroupCode, d.Measure}
			if _, ok := sums[k]; !ok {
				order = append(order, k)
			}
			sums[k] += d.Delta
		}
		rows := make([]models.Rollup, 0, len(order))
		for _, k := range order {
			rows = append(rows, models.Rollup{AgreementID: k.agreement, GroupCode: k.group, Measure: k.measure, Value: sums[k]})
		}
		return insert(tx, rows, clause.OnConflict{
			Columns:   []clause.Column{{Name: "agreement_id"}, {Name: "group_code"}, {Name: "measure"}},
			DoUpdates: clause.Assignments(map[string]any{"value": gorm.Expr("rollups.value + excluded.value")}),
		})
	})
	return more, err
}

// recount is what the rollups should be, from the rows themselves.
const recount = `SELECT agreement_id, group_code, measure, SUM(value) AS value FROM (
	SELECT agreement_id, group_code, 'duties' AS measure, COUNT(*) AS value FROM obligations WHERE state <> 'cancelled' GROUP BY 1, 2
	UNION ALL SELECT agreement_id, group_code, 'answered', COUNT(*) FROM obligations WHERE state = 'closed' AND closed_how <> 'nihil' GROUP BY 1, 2
	UNION ALL SELECT agreement_id, group_code, 'nihil', COUNT(*) FROM obligations WHERE state = 'closed' AND closed_how = 'nihil' GROUP BY 1, 2
	UNION ALL SELECT l.agreement_id, l.group_code, c.state, SUM(c.people) FROM unit_counters c JOIN periods p ON p.id = c.period_id
		JOIN lines l ON l.id = p.line_id AND l.known_to = 0 GROUP BY 1, 2, 3
	) t GROUP BY 1, 2, 3 HAVING SUM(value) <> 0`

// Recount compares every rollup, with what is not folded yet, against the rows
// it sums. It reports how many differ and mends nothing: a difference is a bug
// to be seen.
func (l *Ledger) Recount(ctx context.Context) (wrong int, err error) {
	err = l.Read(ctx, System("recount"), func(tx *Tx) error {
		var truth, have []models.Rollup
		if err := tx.db.Raw(recount).Scan(&truth).Error; err != nil {
			return err
		}
		err := tx.db.Raw(`SELECT agreement_id, group_code, measure, SUM(value) AS value FROM (
			SELECT agreement_id, group_code, measure, value FROM rollups
			UNION ALL SELECT agreement_id, group_code, measure, delta FROM counter_deltas) t
			GROUP BY 1, 2, 3 HAVING SUM(value) <> 0`).Scan(&have).Error
		if err != nil {
			return err
		}
		off := map[models.Rollup]int64{} // by everything but the value
		note := func(r models.Rollup, sign int64) {
			value := r.Value
			r.Value = 0
			off[r] += sign * value
		}
		for _, r := range truth {
			note(r, 1)
		}
		for _, r := range have {
			note(r, -1)
		}
		for _, by := range off {
			if by != 0 {
				wrong++
			}
		}
		return nil
	})
	return wrong, err
}

// SnapshotCoverage writes each agreement's rollups as they stand on a day. A
// second snapshot of a day replaces the first.
func (l *Ledger) SnapshotCoverage(ctx context.Context, in protocol.RoundInput) (day calendar.Day, n int, err error) {
	zone, err := calendar.ParseZone(in.Zone)
	if err != nil {
		return "", 0, err
	}
	err = l.Write(ctx, System("daily-round"), func(tx *Tx) error {
		day = zone.DayOf(tx.at)
		res := tx.db.Exec(`INSERT INTO daily_figures (day, agreement_id, group_code, measure, value)
			SELECT ?, r.agreement_id, r.group_code, r.measure, r.value FROM rollups r JOIN agreements a ON a.id = r.agreement_id
			WHERE a.zone = ? AND NOT a.historical
			ON CONFLICT (day, agreement_id, group_code, measure) DO UPDATE SET value = excluded.value`, string(day), in.Zone)
		n = int(res.RowsAffected)
		return res.Error
	})
	return day, n, err
}
