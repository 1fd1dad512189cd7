package ledger

import (
	"time"

	"payung/models"
)

// stateOf is whether a window is open at an instant. It closes with the first
// instant of its end.
func stateOf(w models.Window, at time.Time) string {
	switch now := at.UnixMicro(); {
	case now < w.OpensAt:
		return WindowPlanned
	case now < w.ClosesAt:
		return WindowOpen
	}
	return WindowClosed
}

// WindowView is a window as it stands, with what was said in it.
type WindowView struct {
	models.Window
	State string `gorm:"-"`
	Year  int
	Group string
	Pages int64          `gorm:"-"`
	Count ObjectionCount `gorm:"-"`
}

// ObjectionCount counts objections by what became of them. FollowUps are the
// upheld ones that no list has followed yet.
type ObjectionCount struct {
	All, Open, Upheld, Rejected, FollowUps int64
}

// Windows lists an agreement's windows, newest first.
func (tx *Tx) Windows(agreementID string) ([]WindowView, error) {
	if _, err := tx.Agreement(agreementID); err != nil {
		return nil, err
	}
	return tx.windows("windows.agreement_id = ?", agreementID)
}

// Window reads one window.
func (tx *Tx) Window(id string) (WindowView, error) {
	rows, err := tx.windows("windows.id = ?", id)
	if err == nil && len(rows) == 0 {
		err = notFound("window")
	}
	if err != nil {
		return WindowView{}, err
	}
	return rows[0], nil
}

func (tx *Tx) windows(where string, arg any) ([]WindowView, error) {
	var rows []WindowView
	err := tx.from("windows").Select(`windows.*, y.year, l.group_code AS "group"`).
		Joins("JOIN periods y ON y.id = windows.period_id JOIN lines l ON l.id = windows.line_id AND l.known_to = 0").
		Where(where, arg).Order("windows.opens_at DESC, windows.id").Find(&rows).Error
	if err != nil {
		return nil, wrap("windows", err)
	}
	for i := range rows {
		w := &rows[i]
		w.State = stateOf(w.Window, tx.at)
		if err := tx.from("window_pages").Where("window_id = ?", w.ID).Count(&w.Pages).Error; err != nil {
			return nil, wrap("pages of a window", err)
		}
		err := tx.from("objections").Where("window_id = ?", w.ID).
			Select(`COUNT(*) AS "all", COALESCE(SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END), 0) AS open,
				COALESCE(SUM(CASE WHEN state = 'upheld' THEN 1 ELSE 0 END), 0) AS upheld, COALESCE(SUM(CASE WHEN state = 'rejected' THEN 1 ELSE 0 END), 0) AS rejected,
				COALESCE(SUM(CASE WHEN state = 'upheld' AND roster_id = '' THEN 1 ELSE 0 END), 0) AS follow_ups`).Scan(&w.Count).Error
		if err != nil {
			return nil, wrap("objections of a window", err)
		}
	}
	return rows, nil
}

// PageView is the public page of one unit, for whoever hands its address on.
type PageView struct {
	models.WindowPage
	UnitName   string
	Kecamatan  string
	Listed     int64
	Objections int64
	Open       int64 // not decided yet
}

// WindowPages lists the pages of a window by kecamatan and unit.
func (tx *Tx) WindowPages(windowID string) ([]PageView, error) {
	w, err := tx.Window(windowID)
	if err != nil {
		return nil, err
	}
	var rows []PageView
	err = tx.from("window_pages").Select(`window_pages.*, u.name AS unit_name, COALESCE(k.name, '') AS kecamatan, COALESCE(c.people, 0) AS listed,
			(SELECT COUNT(*) FROM objections b WHERE b.window_id = window_pages.window_id AND b.obligation_id = window_pages.obligation_id) AS objections,
			(SELECT COUNT(*) FROM objections b WHERE b.window_id = window_pages.window_id AND b.obligation_id = window_pages.obligation_id AND b.state = 'open') AS open`).
		Joins("JOIN units u ON u.id = window_pages.unit_id LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'").
		Joins("LEFT JOIN unit_counters c ON c.period_id = ? AND c.unit_id = window_pages.unit_id AND c.state = 'listed'", w.PeriodID).
		Where("window_pages.window_id = ?", w.ID).Order("COALESCE(k.name, ''), u.name, window_pages.id").Find(&rows).Error
	return rows, wrap("pages of a window", err)
}
