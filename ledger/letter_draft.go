package ledger

import (
	"slices"

	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/letter"
	"payung/models"
)

// LetterInput is a letter to be drafted. What a kind needs follows from its
// text; what is not given is taken from the ledger.
type LetterInput struct {
	LetterheadID  string
	Kind          letter.Kind
	ObligationIDs []string // duties it is about
	PostIDs       []string // to whom; none: who owes the one duty, or the posts above those who owe several
	AboutKind     string   // meeting, bill, roster, statement: the fact it tells
	AboutID       string
	Workdays      int           // to answer, after the day it is sent
	Nature        letter.Nature // "": ordinary; a warning is important
	Subject       string        // "": that of the kind
	Wanted        string        // what is asked for; "": the list of the group
	Copies        []string      // nil: as usual for the kind
	Meeting       *letter.Meeting
	Points        []letter.Point
	Text          *letter.Text // nil: the built-in one
}

// Bounds of letters.
const (
	maxAbout    = 1000 // duties or posts of one letter
	maxWorkdays = 60
)

// DraftLetter prepares a letter. It says nothing to anybody and sets no date
// until it is sent.
func (tx *Tx) DraftLetter(agreementID string, in LetterInput) (models.Letter, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return models.Letter{}, err
	}
	d := drafting{tx: tx, a: a, in: in}
	for _, step := range []func() error{d.begin, d.about, d.address, d.compose, d.save} {
		if err := step(); err != nil {
			return d.row, err
		}
	}
	return d.row, nil
}

// drafting is a letter on its way into the register.
type drafting struct {
	tx      *Tx
	a       models.Agreement
	in      LetterInput
	head    Head
	duties  []LetterDutyView
	posts   []models.Post // to whom
	row     models.Letter
	content letter.Letter
}

// begin checks who writes to whom about what.
func (d *drafting) begin() error {
	in := d.in
	switch {
	case !in.Kind.Known():
		return fault.New(fault.Invalid, "unknown_letter", "there is no kind of letter %q", in.Kind).On("kind")
	case len(in.ObligationIDs) > maxAbout || len(in.PostIDs) > maxAbout:
		return fault.New(fault.Invalid, "letter_too_wide", "a letter is about %d duties at most", maxAbout).On("obligation_ids").With("max", itoa(maxAbout))
	case in.Workdays < 0 || in.Workdays > maxWorkdays:
		return badWorkdays()
	}
	if inCourse(in.Kind) && in.Workdays == 0 {
		return missing("workdays")
	}
	var err error
	if d.head, err = d.tx.letterheadFor(d.a, in.LetterheadID); err != nil {
		return err
	}
	if err := d.readDuties(); err != nil {
		return err
	}
	d.row = models.Letter{
		ID: newID(), Scope: d.a.Scope, AgreementID: d.a.ID, LetterheadID: d.head.ID, Kind: string(in.Kind), AboutKind: in.AboutKind, AboutID: in.AboutID,
		Version: 1, State: LetterDraft, Workdays: in.Workdays, Code: verificationCode(), LogoID: d.head.LogoID, Actor: d.tx.actor.Name,
		Hash: []byte{}, Receipt: []byte{}, CreatedAt: d.tx.micros(), UpdatedAt: d.tx.micros(),
	}
	d.row.UnitID = d.unit()
	d.content = letter.Letter{
		Kind: in.Kind, Head: d.head.Sheet(nil), Text: in.Text, Nature: in.Nature, Subject: inWords(in.Subject), Copies: in.Copies, Meeting: in.Meeting, Points: in.Points,
	}
	return nil
}

func badWorkdays() error {
	return fault.New(fault.Invalid, "bad_workdays", "give 1 to %d working days to answer", maxWorkdays).On("workdays").With("max", itoa(maxWorkdays))
}

// letterheadFor is a letterhead of somebody who has to do with the agreement,
// which the actor may use.
func (tx *Tx) letterheadFor(a models.Agreement, id string) (Head, error) {
	if id == "" {
		return Head{}, missing("letterhead_id")
	}
	h, err := tx.Letterhead(id)
	if err != nil {
		return h, err
	}
	if h.PartyID != a.PemdaPartyID && h.PartyID != a.BPJSPartyID && h.PartyID != a.ServingPartyID {
		return h, notFound("letterhead")
	}
	return h, tx.actor.may(h.Scope)
}

// unit is the one unit all duties are of; "" if there are several or none.
func (d *drafting) unit() string {
	unit := ""
	for i, o := range d.duties {
		if i > 0 && o.UnitID != unit {
			return ""
		}
		unit = o.UnitID
	}
	return unit
}

// readDuties finds the duties a letter is about; each must be the agreement's
// and, for one that asks or warns, still wait for an answer.
func (d *drafting) readDuties() error {
	course := inCourse(d.in.Kind)
	if course && len(d.in.ObligationIDs) == 0 {
		return missing("obligation_ids")
	}
	rows, err := d.tx.dutiesByID(d.a.ID, d.in.ObligationIDs)
	if err != nil {
		return err
	}
	for _, o := range rows {
		if course && !running(o.Obligation) {
			return notOpen(o.Obligation)
		}
	}
	d.duties = rows
	return nil
}

func (tx *Tx) dutiesByID(agreementID string, ids []string) ([]LetterDutyView, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []LetterDutyView
	err := tx.namedDuties().Where("obligations.agreement_id = ? AND obligations.id IN ?", agreementID, ids).Order("kecamatan, unit_name, obligations.id").Find(&rows).Error
	if err == nil && len(rows) != len(ids) {
		err = notFound("obligation")
	}
	return rows, wrap("duties of a letter", err)
}

// inCourse reports whether a kind of letter is a step of the course.
func inCourse(k letter.Kind) bool {
	return slices.ContainsFunc(mandate.Course(), func(s mandate.Step) bool { return s.Kind == string(k) })
}

// save writes a draft with what it is about. The place of a request or a
// warning is taken once for each duty.
func (d *drafting) save() error {
	if err := d.tx.actor.may(d.row.Scope); err != nil {
		return err
	}
	if err := d.tx.sealLetter(&d.row, d.content); err != nil {
		return err
	}
	if err := insert(d.tx, []models.Letter{d.row}); err != nil {
		return err
	}
	slot := ""
	if inCourse(d.in.Kind) && d.row.ReplacesID == "" {
		slot = string(d.in.Kind)
	}
	about := make([]models.LetterDuty, len(d.duties))
	for i, o := range d.duties {
		about[i] = models.LetterDuty{LetterID: d.row.ID, ObligationID: o.ID, Slot: slot}
	}
	if err := insert(d.tx, about); err != nil {
		if duplicate(err) {
			return fault.New(fault.Conflict, "letter_exists", "there is such a letter to one of these units already").On("obligation_ids")
		}
		return err
	}
	to := make([]models.LetterPost, len(d.posts))
	for i, p := range d.posts {
		to[i] = models.LetterPost{LetterID: d.row.ID, PostID: p.ID, Position: i}
	}
	if err := insert(d.tx, to); err != nil {
		return err
	}
	return d.tx.audit("letter.drafted", "letter", d.row.ID, d.row.Scope,
		map[string]any{"agreement": d.a.ID, "kind": d.row.Kind, "duties": len(about), "posts": len(to), "version": d.row.Version})
}
