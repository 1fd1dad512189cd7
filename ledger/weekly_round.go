package ledger

import (
	"context"

	"payung/domain/calendar"
	"payung/models"
)

// weeksAtOnce bounds one turn, so that it ends before its lease does.
const weeksAtOnce = 50

// KeepWeeks writes down the pages of all agreements whose week has begun, and has
// the Sekda told. One that fails keeps nobody else from theirs.
func (h *Hold) KeepWeeks(ctx context.Context) (more bool, err error) {
	var due []string
	err = h.l.Read(ctx, System(h.name), func(tx *Tx) error {
		trusted, err := tx.clockTrusted()
		if err != nil || !trusted {
			return err
		}
		due, err = tx.weeksDue()
		return err
	})
	more = len(due) > weeksAtOnce
	tell := func(tx *Tx, a models.Agreement, v WeeklyView) error { return tx.tellWeekly(a, v) }
	for _, id := range due[:min(len(due), weeksAtOnce)] {
		if _, err := h.l.keepWeek(ctx, id, func(fn func(*Tx) error) error { return h.Write(ctx, fn) }, tell); err != nil {
			if fatal(err) || ctx.Err() != nil {
				return false, err
			}
			h.l.log.ErrorContext(ctx, "week not kept, trying again", "agreement", id, "error", err)
		}
	}
	return more, err
}

// weeksDue lists the agreements whose week is not kept, or not told though it
// should be. An agreement's first week is the one that begins after it was
// recorded: before, there is little to say.
func (tx *Tx) weeksDue() ([]string, error) {
	var rows []struct {
		models.Agreement
		Weekday int
		Silent  bool
		LastOn  string // first day of the last week that is kept
		LastKey string // of the last news of one
		Sekda   bool   // there is somebody to tell
	}
	err := tx.db.Table("agreements a").Select(`a.*, COALESCE(r.weekday, 1) AS weekday, COALESCE(r.silent, FALSE) AS silent,
			COALESCE((SELECT MAX(s.week_on) FROM weekly_sheets s WHERE s.agreement_id = a.id), '') AS last_on,
			COALESCE((SELECT MAX(n.key) FROM news n WHERE n.agreement_id = a.id AND n.kind = 'weekly'), '') AS last_key,
			EXISTS (SELECT 1 FROM posts p WHERE p.party_id = a.pemda_party_id AND p.role = 'sekda' AND p.valid_to = '') AS sekda`).
		Joins("LEFT JOIN weekly_rules r ON r.agreement_id = a.id AND r.known_to = 0").
		Where("a.closed_on = '' AND NOT a.historical").Order("a.id").Find(&rows).Error
	if err != nil {
		return nil, wrap("weeks that have begun", err)
	}
	var due []string
	for _, r := range rows {
		week := tx.weekNow(r.Zone, r.Weekday)
		begun := week.In(calendar.Zone(r.Zone), 0, 0).Add(weeklyHour)
		untold := !r.Silent && r.Sekda && r.LastKey < newsOfWeek(r.ID, string(week))
		if r.CreatedAt <= begun.UnixMicro() && (r.LastOn < string(week) || untold) {
			due = append(due, r.ID)
		}
	}
	return due, nil
}
