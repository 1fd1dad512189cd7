package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// policies adds the pages about what a Pemda has settled: reminders, hours and
// days off, and what each change of them moved.
func (s *site) policies(mux *http.ServeMux) {
	mux.HandleFunc("GET /settings/ladders", s.page(s.ladders))
	mux.HandleFunc("GET /settings/ladders.csv", s.page(s.laddersFile))
	mux.HandleFunc("GET /settings/ladders/{kind}", s.page(s.ladder))
	mux.HandleFunc("POST /settings/ladders/{kind}", s.page(s.setLadder))
	mux.HandleFunc("GET /settings/hours", s.page(s.hours))
	mux.HandleFunc("POST /settings/hours", s.page(s.setHours))
	mux.HandleFunc("GET /settings/holidays", s.page(s.holidays))
	mux.HandleFunc("GET /settings/holidays.csv", s.page(s.holidaysFile))
	mux.HandleFunc("POST /settings/holidays", s.page(s.recordHolidays))
	mux.HandleFunc("GET /settings/holidays/withdraw", s.page(s.withdrawal))
	mux.HandleFunc("POST /settings/holidays/withdraw", s.page(s.withdrawHoliday))
	mux.HandleFunc("GET /settings/recalculations", s.page(s.recalculations))
	mux.HandleFunc("GET /settings/recalculations.csv", s.page(s.recalculationsFile))
}

// pemdas are the local governments there are and the one that is asked
// for. Where none is asked for it is the first, or none if everybody's is meant.
type pemdas struct {
	All []models.Party
	One models.Party
}

// pemdasAsked reads them. A page that also speaks for everybody passes
// everybody.
func (v *visit) pemdasAsked(tx *ledger.Tx, f form, everybody bool) (pemdas, error) {
	var g pemdas
	var err error
	if g.All, err = tx.Parties(ledger.Page{Size: partiesShown}); err != nil {
		return g, err
	}
	g.All = slices.DeleteFunc(g.All, func(p models.Party) bool { return p.Kind != "pemda" })
	slices.SortFunc(g.All, func(a, b models.Party) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	asked := cmp.Or(f.Value("party"), v.r.URL.Query().Get("party"))
	if asked == "" {
		if !everybody && len(g.All) > 0 {
			g.One = g.All[0]
		}
		return g, nil
	}
	i := slices.IndexFunc(g.All, func(p models.Party) bool { return p.ID == asked })
	if i < 0 {
		return g, fault.New(fault.NotFound, "not_found", "there is no such party")
	}
	g.One = g.All[i]
	return g, nil
}

// weighedView is a change that was only tried out, and what it would do.
type weighedView struct {
	Tried  bool
	Seen   string // names what was tried, so that nothing else is saved
	Effect ledger.Effect
	Of     map[string]models.Agreement
	Shown  int // lines that are listed
}

// movesShown is how many lines of an effect a page lists; it counts all of
// them.
const movesShown = 300

// tried is the effect of what was typed, with the agreements it is about.
func tried(tx *ledger.Tx, f form, e ledger.Effect) (weighedView, error) {
	view := weighedView{Tried: true, Seen: seen(f), Effect: e, Shown: movesShown, Of: map[string]models.Agreement{}}
	name := func(id string) error {
		if _, ok := view.Of[id]; ok {
			return nil
		}
		a, err := tx.Agreement(id)
		view.Of[id] = a
		return err
	}
	for _, d := range view.Dates() {
		if err := name(d.AgreementID); err != nil {
			return view, err
		}
	}
	for _, r := range view.Reminders() {
		if err := name(r.AgreementID); err != nil {
			return view, err
		}
	}
	return view, nil
}

// seen names what was typed. Only what its sender has seen the effect of is
// saved; anything else is tried out first.
func seen(f form) string {
	typed := maps.Clone(f.typed)
	for _, name := range []string{"do", "seen"} {
		delete(typed, name)
	}
	sum := sha256.Sum256([]byte(typed.Encode()))
	return hex.EncodeToString(sum[:8])
}

// saves reports that a form is to be saved as it was tried out.
func (f form) saves() bool { return f.Value("do") == "save" && f.Value("seen") == seen(f) }

// Dates are the lines about dates that are listed.
func (w weighedView) Dates() []ledger.DateMove {
	return w.Effect.Dates[:min(len(w.Effect.Dates), w.Shown)]
}

// Reminders are the lines about reminders that are listed.
func (w weighedView) Reminders() []ledger.ReminderMove {
	return w.Effect.Reminders[:min(len(w.Effect.Reminders), w.Shown)]
}

// More is how many lines are not listed.
func (w weighedView) More() int {
	return len(w.Effect.Dates) + len(w.Effect.Reminders) - len(w.Dates()) - len(w.Reminders())
}

// Nothing reports that no open obligation is touched.
func (w weighedView) Nothing() bool {
	return w.Effect.Obligations == 0 && w.Effect.Moved == 0 && len(w.Effect.Reminders) == 0
}

// sendingView is when a step is sent, on a clock.
type sendingView struct {
	ledger.Sending
	Zone string
}

func at(s ledger.Sending, zone string) sendingView { return sendingView{s, zone} }
