package web

import (
	"encoding/json"
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/region"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// fileView is one file of the drop box.
type fileView struct {
	models.Upload
	Mark    tag    // of its state
	Why     string // what keeps it from being read
	Choices []proposal
	Unit    string // whose it is
	Reading models.Import
	Stage   tag    // of the reading
	Reply   string // for its sender, in Indonesian always
	Zone    calendar.Zone
	Chosen  string
	Typed   string
	Wrong   string
}

// fileInBox is a file with the page it stands on.
type fileInBox struct {
	File fileView
	Box  boxView
}

// proposal is one list that a file may be.
type proposal struct {
	Duty      string // "": the unit owes none
	List      string // the year it is for, where the unit owes several
	Unit      string
	Kecamatan string
	What      string // which of several lists
	Sure      bool
	Reasons   []string
}

// sure is the duty that a file surely answers: the only list of its unit, or the
// one of a year where it owes several; "": somebody has to look.
func (f fileView) sure(list string) string {
	if f.State != ledger.UploadUnplaced {
		return ""
	}
	for _, c := range f.Choices {
		if c.Sure && (c.List == "" || c.List == list) {
			return c.Duty
		}
	}
	return ""
}

// isSure reports whether it is sure whose a file is, if not which of several
// lists.
func (f fileView) isSure() bool {
	return f.State == ledger.UploadUnplaced && len(f.Choices) > 0 && f.Choices[0].Sure && f.Choices[0].Duty != ""
}

// Known reports whether a choice is the file's.
func (f fileView) Known(duty string) bool { return duty != "" && duty == f.Chosen }

// unitList are the units of a government, to choose from.
type unitList struct {
	Region string
	Names  []string
}

// shownFiles reads what is to be said of files.
func (v *visit) shownFiles(tx *ledger.Tx, rows []models.Upload, view boxView) ([]fileView, []unitList, error) {
	ids := make([]string, len(rows))
	proposed := make([][]ledger.Proposed, len(rows))
	var wanted []string // units
	for i, u := range rows {
		ids[i] = u.ID
		if err := json.Unmarshal([]byte(u.Proposals), &proposed[i]); err != nil {
			return nil, nil, err
		}
		if view.asks.id == u.ID && view.asks.unit != "" {
			proposed[i] = append(proposed[i], ledger.Proposed{UnitID: view.asks.unit})
		}
		for _, p := range proposed[i] {
			wanted = append(wanted, p.UnitID)
		}
	}
	owed, err := tx.OwedLists(wanted)
	if err != nil {
		return nil, nil, err
	}
	readings, err := tx.LastReadings(ids)
	if err != nil {
		return nil, nil, err
	}
	names, err := v.unitsOf(tx, rows, view.Parties)
	if err != nil {
		return nil, nil, err
	}
	out := make([]fileView, len(rows))
	for i, u := range rows {
		f := fileView{Upload: u, Why: v.code(u.Problem, nil), Reading: readings[u.ID], Zone: calendar.Zone(region.ZoneOf(u.RegencyCode)), Unit: names.called(u.UnitID)}
		if f.Mark, err = v.words.fileTag(u.State); err != nil {
			return nil, nil, err
		}
		if f.Stage, err = v.words.readingTag(f.Reading); err != nil {
			return nil, nil, err
		}
		if u.State == ledger.UploadUnplaced || u.State == ledger.UploadNeedsSheet && u.ObligationID == "" {
			if f.Choices, err = v.proposals(tx, proposed[i], owed, names); err != nil {
				return nil, nil, err
			}
		}
		f.Reply = v.say(calendar.ID, replyTo(u, f.isSure(), v.say(calendar.ID, fault.New(fault.Invalid, u.Problem, ""))))
		f.Chosen = f.sure("")
		if view.asks.id == u.ID {
			f.Wrong, f.Typed = view.asks.wrong, names.called(view.asks.unit)
			f.Chosen = view.asks.chosen
		}
		out[i] = f
	}
	return out, names.lists(), nil
}

// proposals are the lists a file may be, the likeliest first. Units that the
// visitor does not see are left out.
func (v *visit) proposals(tx *ledger.Tx, proposed []ledger.Proposed, owed map[string]ledger.OwedList, names unitNames) ([]proposal, error) {
	var out []proposal
	for _, p := range proposed {
		list, seen := owed[p.UnitID]
		if !seen || slices.ContainsFunc(out, func(o proposal) bool { return o.Duty != "" && o.Duty == p.ObligationID }) {
			continue
		}
		c := proposal{Duty: p.ObligationID, Unit: list.UnitName, Kecamatan: names.kecamatan(p.UnitID), Sure: p.Sure}
		if c.Duty == "" {
			c.Duty = list.ObligationID
		}
		for _, r := range p.Reasons {
			c.Reasons = append(c.Reasons, v.words.named("why.", r))
		}
		if c.Duty != "" || !list.Several {
			out = append(out, c)
			continue
		}
		duties, err := tx.Obligations(ledger.ObligationFilter{UnitID: p.UnitID, Kind: ledger.KindRoster}, ledger.Page{Size: 50})
		if err != nil {
			return nil, err
		}
		for _, d := range duties {
			if d.State == ledger.StateCancelled {
				continue
			}
			view, err := tx.Duty(d.ID)
			if err != nil {
				return nil, err
			}
			c.Duty, c.List = d.ID, d.PeriodID
			if c.What, err = v.words.duty(d.Kind, d.GroupCode, view.Year); err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// replyTo is what to tell the sender of a file, as a code with its parameters.
func replyTo(u models.Upload, sure bool, problem string) *fault.Fault {
	return fault.New(fault.Invalid, intake.Reply(u, sure), "").With("file", u.Name).With("date", calendar.Day(u.ReceivedOn).Long(calendar.ID)).With("problem", problem)
}

// fileTag says how far a file has come.
func (w words) fileTag(state string) (tag, error) {
	shape := map[string]string{ledger.UploadUnplaced: "warn", ledger.UploadPlaced: "ok", ledger.UploadNeedsSheet: "half"}[state]
	if shape == "" {
		shape = "idle"
	}
	word, err := w.say("file." + state)
	return tag{shape, word}, err
}

// readingTag says how a reading ended; the zero tag for none.
func (w words) readingTag(i models.Import) (tag, error) {
	if i.ID == "" {
		return tag{}, nil
	}
	shape := map[string]string{
		ledger.ImportReading: "half", ledger.ImportReady: "ok", ledger.ImportAccepted: "ok", ledger.ImportHeld: "warn", ledger.ImportRefused: "late",
	}[i.State]
	if shape == "" {
		shape = "idle"
	}
	word, err := w.say("reading."+i.State, "n", i.Good)
	return tag{shape, word}, err
}
