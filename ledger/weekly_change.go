package ledger

import (
	"payung/domain/calendar"
	"payung/models"
	"payung/weekly"
)

// changes compares with the page before, or with the figures of the day a week
// ago.
func (g *gathering) changes() error {
	now, err := g.tx.weeklyCounts(g.a.ID, "")
	if err != nil {
		return err
	}
	g.out.Counts = now
	var last []models.WeeklySheet
	err = g.tx.db.Where("agreement_id = ? AND week_on < ? AND week_on >= ?", g.a.ID, string(g.out.Week), string(g.out.Week.Add(-14))).
		Order("week_on DESC").Limit(1).Find(&last).Error
	if err != nil {
		return wrap("the week before", err)
	}
	if len(last) == 1 {
		before, err := viewOfSheet(last[0])
		g.compare(before.Facts.Day, before.Facts.Counts)
		return err
	}
	var days []string
	err = g.tx.db.Model(&models.DailyFigure{}).Where("agreement_id = ? AND day <= ? AND day >= ?", g.a.ID, string(g.out.Day.Add(-7)), string(g.out.Day.Add(-7-snapshotAge))).
		Order("day DESC").Limit(1).Pluck("day", &days).Error
	if err != nil {
		return wrap("figures of the week before", err)
	}
	if len(days) == 0 {
		g.lacks(weekly.NoBefore, nil)
		return nil
	}
	before, err := g.tx.weeklyCounts(g.a.ID, days[0])
	g.compare(calendar.Day(days[0]), before)
	return err
}

func (g *gathering) compare(day calendar.Day, before weekly.Counts) {
	now := g.out.Counts
	g.out.Change = &weekly.Change{Since: day, Protected: now.Protected - before.Protected, Answered: now.Answered - before.Answered}
}

// weeklyCounts reads an agreement's totals, of a day's snapshot or now ("").
func (tx *Tx) weeklyCounts(agreementID, day string) (weekly.Counts, error) {
	q := tx.db.Table("(? UNION ALL ?) AS r", tx.db.Model(&models.Rollup{}).Select("agreement_id, measure, value"),
		tx.db.Model(&models.CounterDelta{}).Select("agreement_id, measure, delta"))
	if day != "" {
		q = tx.db.Table("daily_figures").Where("day = ?", day)
	}
	var rows []struct {
		Measure string
		Value   int64
	}
	err := q.Where("agreement_id = ? AND measure IN ?", agreementID, []string{"protected", MeasureAnswered, MeasureNihil}).
		Select("measure, SUM(value) AS value").Group("measure").Scan(&rows).Error
	var out weekly.Counts
	for _, r := range rows {
		if r.Measure == "protected" {
			out.Protected += r.Value
		} else {
			out.Answered += r.Value
		}
	}
	return out, wrap("totals", err)
}
