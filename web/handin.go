package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/roster"
	"payung/domain/worker"
	"payung/ledger"
	"payung/models"
)

// handInView is the page of a unit that owes a list: what is asked, by when, and
// the three ways to give it.
type handInView struct {
	frame
	Duty     ledger.DutyView
	Cell     tag
	Quota    models.Quota
	Latest   models.Roster // of this duty or of the year before
	Versions []models.Roster
	Files    []fileView
	Tellings groupTellings // texts in groups that named the unit
	Form     form          // as it was typed
	Way      string        // which of them was wrong: file, paste, person; "": none
	Person   []field
	More     []field // of a person, that are seldom known
	Told     string
	Path     string
}

func handInPath(duty string) string { return "/lists/" + url.PathEscape(duty) }

// handIn shows what a unit is asked for and takes its list.
func (s *site) handIn(v *visit) error { return v.handingIn(http.StatusOK, "", begin()) }

func (v *visit) handingIn(status int, way string, f form) error {
	view := handInView{Form: f, Way: way, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Duty, err = tx.Duty(v.r.PathValue("id")); err != nil {
			return err
		}
		if view.Duty.Kind != ledger.KindRoster {
			return fault.New(fault.NotFound, "not_found", "this duty asks for no list of names")
		}
		job, err := tx.Asked(view.Duty.ID)
		if err != nil {
			return err
		}
		view.Quota, view.Latest = job.Quota, job.Latest
		if view.Cell, err = v.words.dutyTag(view.Duty, view.Duty.Zone.DayOf(tx.Now())); err != nil {
			return err
		}
		if view.Versions, err = tx.Rosters(view.Duty.ID); err != nil {
			return err
		}
		slices.Reverse(view.Versions)
		if view.Tellings, err = tellingsOf(tx, view.Duty); err != nil {
			return err
		}
		rows, err := tx.NewestUploads(ledger.UploadFilter{ObligationID: view.Duty.ID}, "", 20)
		if err != nil {
			return err
		}
		view.Files, _, err = v.shownFiles(tx, rows, boxView{})
		return err
	})
	if err != nil {
		return err
	}
	view.Person, view.More = v.personFields(f, view.Duty.GroupCode)
	if v.frame.Title, err = v.words.duty(view.Duty.Kind, view.Duty.GroupCode, view.Duty.Year); err != nil {
		return err
	}
	v.frame.Title += " – " + view.Duty.UnitName
	v.frame.Nav = "recap"
	view.Path = handInPath(view.Duty.ID)
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "handin.html", view)
}

// personFields are the fields of one person: those that every list asks for, and
// the others.
func (v *visit) personFields(f form, group string) (first, more []field) {
	g, _ := worker.Find(group)
	for _, h := range roster.Fields() {
		one := field{Name: string(h.Field), Type: "text", Value: f.Value(string(h.Field)), Wrong: f.Wrong[string(h.Field)], Label: pick(v.words.lang, h.Name.ID, h.Name.EN), Required: h.Required}
		switch h.Field {
		case roster.RowID, roster.Number, roster.Reserve, roster.Leaving, roster.LeavingDate:
			continue
		case roster.Born, roster.Start:
			one.Type = "date"
			if one.Wrong != "" {
				one.Type = "text" // as it was typed, which a date field would drop
			}
		case roster.Sex:
			one.Type = "choice"
			for _, c := range []string{"L", "P"} {
				one.Options = append(one.Options, option{Code: c, Word: v.words.text["sex."+c], Chosen: one.Value == c})
			}
		case roster.NIK:
			one.Hint = v.words.text["handin.nik_hint"]
		}
		switch h.Field {
		case roster.NIK, roster.Name, roster.Born, roster.Sex:
			first = append(first, one)
		case roster.Wage:
			if g.Segment == worker.PPU {
				first = append(first, one)
				continue
			}
			more = append(more, one)
		default:
			more = append(more, one)
		}
	}
	return first, more
}

// MoreOpen reports whether the seldom fields have something in them.
func (view handInView) MoreOpen() bool {
	return slices.ContainsFunc(view.More, func(f field) bool { return f.Value != "" || f.Wrong != "" })
}

// dutyTag says how a unit stands with a duty today.
func (w words) dutyTag(d ledger.DutyView, today calendar.Day) (tag, error) {
	c := ledger.Cell{Obligation: d.Obligation}
	switch target := calendar.Day(d.TargetOn); {
	case d.State == ledger.StateCancelled:
		word, err := w.say("handin.cancelled")
		return tag{"idle", word}, err
	case d.State == ledger.StateClosed:
		c.State = cmp.Or(map[string]string{ledger.ByNihil: ledger.CellNihil, ledger.ByReceiver: ledger.CellReceiver, ledger.ByDone: ledger.CellDone}[d.ClosedHow], ledger.CellAnswered)
	case d.State == ledger.StateSubmitted:
		c.State = ledger.CellSubmitted
	case d.PausedAt != 0:
		c.State = ledger.CellPaused
	case target != "" && target < today:
		c.State, c.DaysLate = ledger.CellLate, today.Sub(target)
	case d.NoticedAt > 0:
		c.State = ledger.CellNoAnswer
	default:
		c.State = ledger.CellNotRegistered
	}
	return w.cell(c)
}
