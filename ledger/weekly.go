package ledger

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm/clause"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
	"payung/weekly"
)

// WeeklyView is the one page of a week with what it says. Without an ID it is
// what the page would say now, and is kept nowhere.
type WeeklyView struct {
	models.WeeklySheet
	Facts weekly.Facts
}

// Kept reports whether the page stands as it is.
func (v WeeklyView) Kept() bool { return v.ID != "" }

// Weekly reads the one page of an agreement: that of a week by its first day, or
// this week's (""), which is kept when it is asked for first. An agreement that
// has ended has its last one. What it says does not depend on who asks; offices
// that only see themselves do not see it.
func (l *Ledger) Weekly(ctx context.Context, actor Actor, agreementID string, week calendar.Day) (WeeklyView, error) {
	var v WeeklyView
	keep := false
	err := l.Read(ctx, actor, func(tx *Tx) error {
		a, err := tx.whole(agreementID)
		if err != nil {
			return err
		}
		if week != "" {
			v, err = tx.sheetOf(a.ID, week)
			return err
		}
		v, keep, err = tx.sheetNow(a)
		return err
	})
	if err != nil || !keep {
		return v, err
	}
	return l.keepWeek(ctx, agreementID, func(fn func(*Tx) error) error { return l.Write(ctx, System("weekly"), fn) }, nil)
}

// WeeklyNow is what the page of an agreement would say now.
func (l *Ledger) WeeklyNow(ctx context.Context, actor Actor, agreementID string) (WeeklyView, error) {
	err := l.Read(ctx, actor, func(tx *Tx) error {
		_, err := tx.whole(agreementID)
		return err
	})
	if err != nil {
		return WeeklyView{}, err
	}
	return l.weeklyDraft(ctx, agreementID)
}

func (l *Ledger) weeklyDraft(ctx context.Context, agreementID string) (v WeeklyView, err error) {
	err = l.Read(ctx, System("weekly"), func(tx *Tx) error {
		a, err := tx.fresh(agreementID)
		if err != nil {
			return err
		}
		rule, err := tx.weeklyRule(a)
		if err != nil {
			return err
		}
		v.Facts, err = tx.weeklyFacts(a, tx.weekNow(a.Zone, rule.Weekday))
		v.AgreementID, v.WeekOn, v.Renderer = a.ID, string(v.Facts.Week), v.Facts.Version
		return err
	})
	return v, err
}

// whole reads an agreement for somebody who may see all of its offices.
func (tx *Tx) whole(agreementID string) (models.Agreement, error) {
	a, err := tx.Agreement(agreementID)
	if err == nil && tx.actor.Reach == Units {
		err = fault.New(fault.Forbidden, "outside_scope", "this is about all offices, not one")
	}
	return a, err
}

// weekOf is the first day of the week a day lies in, where weeks begin on that
// weekday (1: Monday … 7: Sunday).
func weekOf(day calendar.Day, weekday int) calendar.Day {
	gone := (int(day.Weekday()) - weekday + 7) % 7
	return day.Add(-gone)
}

// weeklyHour is when a week begins on its day, on the clock of the agreement:
// before offices open, after the night's figures.
const weeklyHour = 4 * time.Hour

// weekNow is the first day of the week it is.
func (tx *Tx) weekNow(zone string, weekday int) calendar.Day {
	return weekOf(calendar.Zone(zone).DayOf(tx.at.Add(-weeklyHour)), weekday)
}

func (tx *Tx) sheetOf(agreementID string, week calendar.Day) (WeeklyView, error) {
	var rows []models.WeeklySheet
	err := tx.from("weekly_sheets").Where("agreement_id = ? AND week_on = ?", agreementID, string(week)).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		if err == nil {
			err = notFound("weekly sheet")
		}
		return WeeklyView{}, err
	}
	return viewOfSheet(rows[0])
}

func viewOfSheet(s models.WeeklySheet) (WeeklyView, error) {
	v := WeeklyView{WeeklySheet: s}
	return v, wrap("facts of a week", json.Unmarshal([]byte(s.Facts), &v.Facts))
}

// sheetNow is this week's page, if it is kept; else whether it should be now. Of
// an agreement that keeps no clock it is the last one.
func (tx *Tx) sheetNow(a models.Agreement) (v WeeklyView, keep bool, err error) {
	rule, err := tx.weeklyRule(a)
	if err != nil {
		return v, false, err
	}
	var last []models.WeeklySheet
	if err := tx.from("weekly_sheets").Where("agreement_id = ?", a.ID).Order("week_on DESC").Limit(1).Find(&last).Error; err != nil {
		return v, false, wrap("this week", err)
	}
	still := a.Historical || a.ClosedOn != ""
	if len(last) == 1 && (still || last[0].WeekOn >= string(tx.weekNow(a.Zone, rule.Weekday))) {
		v, err = viewOfSheet(last[0])
		return v, false, err
	}
	return v, true, nil
}

// keepWeek writes down this week's page of an agreement, unless it is there, and
// does then what has to be done with it. While the clock is in doubt, and of an
// agreement that keeps no clock, nothing is written: nobody knows which week it
// is, or nobody waits.
func (l *Ledger) keepWeek(ctx context.Context, agreementID string, write func(func(*Tx) error) error, then func(*Tx, models.Agreement, WeeklyView) error) (WeeklyView, error) {
	v, err := l.weeklyDraft(ctx, agreementID)
	if err != nil {
		return v, err
	}
	err = write(func(tx *Tx) error {
		a, err := tx.fresh(agreementID)
		if err != nil || a.Historical || a.ClosedOn != "" {
			return err
		}
		if trusted, err := tx.clockTrusted(); err != nil || !trusted {
			return err
		}
		if v, err = tx.keepSheet(a, v); err != nil || then == nil {
			return err
		}
		return then(tx, a, v)
	})
	return v, err
}

// keepSheet writes a page down. Where its week has one already, that one stands.
func (tx *Tx) keepSheet(a models.Agreement, v WeeklyView) (WeeklyView, error) {
	raw, err := json.Marshal(v.Facts)
	if err != nil {
		return v, wrap("facts of a week", err)
	}
	s := models.WeeklySheet{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, WeekOn: string(v.Facts.Week), Renderer: v.Facts.Version, Facts: string(raw), CreatedAt: tx.micros(),
	}
	res := tx.db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "agreement_id"}, {Name: "week_on"}}, DoNothing: true}).Create(&s)
	switch {
	case res.Error != nil:
		return v, wrap("week", res.Error)
	case res.RowsAffected == 0:
		return tx.sheetOf(a.ID, v.Facts.Week)
	}
	v.WeeklySheet = s
	return v, tx.audit("weekly.kept", "agreement", a.ID, a.Scope, map[string]any{"week": s.WeekOn})
}

// WeeklySheets lists the pages that are kept of an agreement, the newest first;
// a page of the list begins before the week it names.
func (tx *Tx) WeeklySheets(agreementID string, p Page) ([]WeeklyView, error) {
	if _, err := tx.whole(agreementID); err != nil {
		return nil, err
	}
	q := tx.from("weekly_sheets").Where("agreement_id = ?", agreementID)
	if p.After != "" {
		q = q.Where("week_on < ?", p.After)
	}
	var rows []models.WeeklySheet
	if err := q.Order("week_on DESC").Limit(p.Size).Find(&rows).Error; err != nil {
		return nil, wrap("weeks", err)
	}
	out := make([]WeeklyView, len(rows))
	for i, s := range rows {
		var err error
		if out[i], err = viewOfSheet(s); err != nil {
			return nil, err
		}
	}
	return out, nil
}
