package ledger

import (
	"crypto/rand"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mask"
	"payung/models"
)

// States of a window, which the time alone decides.
const (
	WindowPlanned = "planned"
	WindowOpen    = "open"
	WindowClosed  = "closed"
)

// WindowStates lists them.
func WindowStates() []string { return []string{WindowPlanned, WindowOpen, WindowClosed} }

// Bounds of a window.
const (
	longestWindow  = 60 * 24 * time.Hour
	usualPerHour   = 5 // objections from one address
	highestPerHour = 100
)

// WindowInput opens a public correction window for a year.
type WindowInput struct {
	PeriodID string
	Opens    time.Time
	Closes   time.Time // nobody may object from then on
	Names    mask.Style
	NoYears  bool // leave out the year of birth
	PerHour  int  // objections from one address; 0: the usual number
}

// OpenWindow prepares the public pages of every unit that owes a list of a year.
// It may begin once the deadline for all of them has passed; a unit that was
// given more time does not hold it up.
func (tx *Tx) OpenWindow(agreementID string, in WindowInput) (models.Window, error) {
	a, err := tx.ownAgreement(agreementID)
	if err != nil {
		return models.Window{}, err
	}
	p, err := tx.period(a.ID, in.PeriodID)
	if err != nil {
		return models.Window{}, err
	}
	w := models.Window{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, LineID: p.LineID, PeriodID: p.ID, Zone: a.Zone, OpensAt: in.Opens.UnixMicro(), ClosesAt: in.Closes.UnixMicro(),
		Names: string(in.Names), BirthYear: !in.NoYears, PerHour: in.PerHour, Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	if w.Names == "" {
		w.Names = string(mask.Middle)
	}
	if w.PerHour == 0 {
		w.PerHour = usualPerHour
	}
	switch {
	case in.Opens.IsZero():
		return w, missing("opens_at")
	case !mask.Style(w.Names).Known():
		return w, fault.New(fault.Invalid, "unknown_style", "names are shown by middle, initials or full").On("names")
	case w.PerHour < 1 || w.PerHour > highestPerHour:
		return w, fault.New(fault.Invalid, "bad_limit", "one address may object 1 to %d times an hour", highestPerHour).On("per_hour").With("max", itoa(highestPerHour))
	}
	if err := tx.mustClose(in.Opens, in.Closes); err != nil {
		return w, err
	}
	if err := tx.mayOpenWindow(w); err != nil {
		return w, err
	}
	if err := insert(tx, []models.Window{w}); err != nil {
		return w, err
	}
	pages, err := tx.addPages(w)
	if err != nil {
		return w, err
	}
	return w, tx.audit("window.opened", "agreement", a.ID, a.Scope,
		map[string]any{"window": w.ID, "period": p.ID, "pages": pages, "opens_at": w.OpensAt, "closes_at": w.ClosesAt})
}

// mustClose refuses a window without an end that is still to come, or one that
// never seems to end.
func (tx *Tx) mustClose(opens, closes time.Time) error {
	switch {
	case closes.IsZero():
		return missing("closes_at")
	case !closes.After(opens):
		return fault.New(fault.Invalid, "closes_before_opening", "the window must close after it opens").On("closes_at")
	case !closes.After(tx.at):
		return fault.New(fault.Invalid, "closes_in_the_past", "the window must close in time to come").On("closes_at")
	case closes.Sub(opens) > longestWindow:
		days := itoa(int64(longestWindow / (24 * time.Hour)))
		return fault.New(fault.Invalid, "window_too_long", "a window may be open for %s days at most", days).On("closes_at").With("days", days)
	}
	return nil
}

// mayOpenWindow refuses a window before the deadline of the lists, and a second
// one at the same time.
func (tx *Tx) mayOpenWindow(w models.Window) error {
	var target string
	err := tx.owingLists(w.PeriodID).Where("obligations.extensions = 0").Select("COALESCE(MAX(obligations.target_on), '')").Scan(&target).Error
	if err != nil {
		return err
	}
	if target != "" && w.OpensAt <= calendar.Day(target).End(calendar.Zone(w.Zone)).UnixMicro() {
		return fault.New(fault.Refused, "deadline_not_passed", "lists are due until %s; the window opens after that", target).On("opens_at").With("date", target)
	}
	var other models.Window
	err = tx.db.Where("period_id = ? AND opens_at < ? AND closes_at > ?", w.PeriodID, w.ClosesAt, w.OpensAt).Limit(1).Find(&other).Error
	if err == nil && other.ID != "" {
		err = fault.New(fault.Conflict, "window_overlaps", "another window of this year is open in that time").On("opens_at")
	}
	return err
}

// addPages makes the public page of each unit that owes a list of the year.
func (tx *Tx) addPages(w models.Window) (int, error) {
	var duties []models.Obligation
	if err := tx.owingLists(w.PeriodID).Order("obligations.id").Find(&duties).Error; err != nil {
		return 0, err
	}
	if len(duties) == 0 {
		return 0, fault.New(fault.Refused, "nothing_to_show", "no unit owes a list of that year")
	}
	pages := make([]models.WindowPage, len(duties))
	for i, o := range duties {
		pages[i] = models.WindowPage{ID: newID(), Scope: o.Scope, WindowID: w.ID, ObligationID: o.ID, Token: strings.ToLower(rand.Text())}
	}
	return len(pages), insert(tx, pages)
}

// MoveWindow gives a window that has not closed another end, such as for the
// time nobody could reach it.
func (tx *Tx) MoveWindow(id string, closes time.Time, reason string) (WindowView, error) {
	w, err := tx.Window(id)
	if err != nil {
		return w, err
	}
	if err := tx.actor.may(w.Scope); err != nil {
		return w, err
	}
	switch {
	case w.State == WindowClosed:
		return w, windowClosed()
	case strings.TrimSpace(reason) == "":
		return w, missing("reason")
	}
	if err := tx.mustClose(time.UnixMicro(w.OpensAt), closes); err != nil {
		return w, err
	}
	was := w.ClosesAt
	w.ClosesAt = closes.UnixMicro()
	if err := tx.db.Model(&models.Window{}).Where("id = ?", w.ID).Update("closes_at", w.ClosesAt).Error; err != nil {
		return w, err
	}
	return w, tx.audit("window.moved", "agreement", w.AgreementID, w.Scope,
		map[string]any{"window": w.ID, "from": was, "to": w.ClosesAt, "reason": inWords(reason)})
}

func windowClosed() error {
	return fault.New(fault.Refused, "window_closed", "the time to object is over")
}
