package ledger

import (
	"cmp"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/tally"
	"payung/models"
)

// Changed counts what applying a recap did to one sort of thing.
type Changed struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
}

// TallyResult is what applying a recap did. Applied again, the same recap
// leaves everything unchanged.
type TallyResult struct {
	Rows      int     `json:"rows"`
	Units     Changed `json:"units"`     // villages, kecamatan and offices
	Figures   Changed `json:"figures"`   // numbers reported
	Statuses  Changed `json:"statuses"`  // people who reached a state, in a year of an agreement
	Contacts  Changed `json:"contacts"`  // holders of posts
	LeftOut   int     `json:"left_out"`  // rows that are nobody's here
	Waiting   int     `json:"waiting"`   // rows that wait for an answer
	Questions int     `json:"questions"` // left
}

// ApplyTally turns what is known of a recap into units, figures, statuses and
// contacts. Rows with open questions wait; answered, they come with the next
// time. Everything villages are asked about counts all of them, so a recap of
// villages records those it does not name too.
func (tx *Tx) ApplyTally(id string) (TallyResult, error) {
	t, err := tx.tally(id)
	if err != nil {
		return TallyResult{}, err
	}
	if err := tx.actor.may(t.Scope); err != nil {
		return TallyResult{}, err
	}
	if len(t.Grid) == 0 {
		s, _, err := tx.readTally(t)
		if err == nil && s.Done != nil {
			return *s.Done, nil
		}
		return TallyResult{}, cmp.Or(err, error(fault.New(fault.Conflict, "tally_gone", "the sheet of this recap is not kept any more: upload it again")))
	}
	s, reg, err := tx.readTally(t)
	if err != nil {
		return TallyResult{}, err
	}
	if len(s.Rows) == 0 {
		return TallyResult{}, fault.New(fault.Invalid, "tally_empty", "no row of the sheet could be read with these columns").On("columns")
	}
	a := applying{tx: tx, t: t, s: s, reg: reg}
	a.out = TallyResult{Rows: len(s.Rows), LeftOut: s.Left(), Waiting: s.Open(), Questions: len(s.Questions)}
	for _, step := range []func() error{a.units, a.source, a.facts, a.contacts, a.numbers} {
		if err := step(); err != nil {
			return TallyResult{}, err
		}
	}
	return a.out, a.finish()
}

// applying is one recap on its way into the ledger.
type applying struct {
	tx     *Tx
	t      models.Tally
	s      TallySheet
	reg    *register
	from   models.Source
	out    TallyResult
	made   map[string]models.Unit // offices recorded by this recap, by name
	agreed models.Agreement
	period models.Period
}

// source finds or records whose recap it is, as of when. A corrected file of
// the same day has the same source, so that its numbers replace the old ones.
func (a *applying) source() error {
	title := map[tally.Kind]string{tally.Villages: "Rekap desa", tally.Offices: "Rekap OPD", tally.Members: "Daftar peserta", tally.Contacts: "Daftar kontak"}[tally.Kind(a.t.Kind)]
	var found []models.Source
	err := a.tx.from("sources").Where("regency_code = ? AND kind = 'register' AND title = ? AND publisher = ? AND published_on = ?",
		a.s.Party.RegencyCode, title, a.t.SaidBy, a.t.OnDay).Order("id").Limit(1).Find(&found).Error
	if err != nil {
		return wrap("source of a recap", err)
	}
	if len(found) > 0 {
		a.from = found[0]
		return nil
	}
	a.from, err = a.tx.CreateSource(SourceInput{Kind: "register", Title: title, Publisher: a.t.SaidBy, PublishedOn: a.t.OnDay, RegionCode: a.s.Party.RegionCode})
	return err
}

// numbers remembers which village or office each NPP belongs to, so that the
// next list of BPJS needs no names.
func (a *applying) numbers() error {
	var answers []models.TallyAnswer
	for _, r := range a.s.Rows {
		if r.NPP != "" && r.ID != "" {
			answers = append(answers, models.TallyAnswer{About: tally.AboutNPP, Text: nppKey(r.NPP), Choice: r.ID})
		}
	}
	known, err := a.tx.tallyAnswers(a.t)
	if err != nil {
		return err
	}
	has := map[tally.Answer]bool{}
	for _, k := range known {
		has[k] = true
	}
	var fresh []models.TallyAnswer
	for _, n := range answers {
		if !has[tally.Answer{About: n.About, Text: n.Text, Choice: n.Choice}] {
			fresh = append(fresh, n)
		}
	}
	return a.tx.remember(a.t, fresh)
}

// finish keeps the result. Contacts are at their posts now, so their sheet is
// not kept any longer.
func (a *applying) finish() error {
	change := map[string]any{"result": encode(a.out), "applied_at": a.tx.micros()}
	if a.t.Kind == string(tally.Contacts) && a.out.Questions == 0 {
		change["grid"] = []byte{}
	}
	if err := a.tx.db.Model(&models.Tally{}).Where("id = ?", a.t.ID).Updates(change).Error; err != nil {
		return wrap("result of a recap", err)
	}
	return a.tx.audit("tally.applied", "tally", a.t.ID, a.t.Scope, map[string]any{
		"rows": a.out.Rows, "units": a.out.Units.Created, "figures": a.out.Figures.Created + a.out.Figures.Updated,
		"statuses": a.out.Statuses.Created + a.out.Statuses.Updated, "contacts": a.out.Contacts.Created + a.out.Contacts.Updated, "waiting": a.out.Waiting,
	})
}

func (a *applying) on() calendar.When { return calendar.On(calendar.Day(a.t.OnDay)) }
