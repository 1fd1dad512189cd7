package ledger

import (
	"cmp"
	"encoding/json"
	"strings"

	"payung/domain/fault"
	"payung/domain/numbering"
	"payung/letter"
	"payung/models"
	"payung/paper"
)

// LetterheadInput is the paper an office writes on. What is left empty is as
// offices usually have it.
type LetterheadInput struct {
	PartyID string
	UnitID  string // the office; "": the party itself
	Name    string // by which people choose it
	Names   string // its lines, the top one first
	Address string // the lines below them
	Place   string // before the date
	Paper   string // a4, f4; "": f4
	Margins paper.Margins
	Font    paper.Family
	Points  int
	Pattern string // of numbers; "": the usual one
	Code    string // of the office in its numbers
}

// Head is a letterhead as it is used.
type Head struct {
	models.Letterhead
	Margins paper.Margins `gorm:"-"` // zero: the usual ones
}

// CreateLetterhead records the paper of a party or of one of its offices.
func (tx *Tx) CreateLetterhead(in LetterheadInput) (Head, error) {
	party, err := tx.Party(in.PartyID)
	if err != nil {
		return Head{}, err
	}
	h := Head{Letterhead: models.Letterhead{ID: newID(), Scope: party.Scope, PartyID: party.ID, CreatedAt: tx.micros()}}
	if in.UnitID != "" {
		u, err := take[models.Unit](tx, "units", "unit", in.UnitID)
		if err != nil {
			return h, err
		}
		if u.PartyID != party.ID {
			return h, notFound("unit")
		}
		h.UnitID = u.ID
	}
	if err := tx.actor.may(h.Scope); err != nil {
		return h, err
	}
	if err := h.fill(in); err != nil {
		return h, err
	}
	h.Actor, h.UpdatedAt = tx.actor.Name, tx.micros()
	if err := insert(tx, []models.Letterhead{h.Letterhead}); err != nil {
		return h, err
	}
	return h, tx.audit("letterhead.created", "letterhead", h.ID, h.Scope, map[string]any{"party": h.PartyID, "pattern": h.Pattern, "paper": h.Paper})
}

// ChangeLetterhead changes how letters of an office will look. Those that were
// issued stay as they are. Whose it is does not change.
func (tx *Tx) ChangeLetterhead(id string, in LetterheadInput) (Head, error) {
	h, err := tx.ownLetterhead(id)
	if err != nil {
		return h, err
	}
	if err := h.fill(in); err != nil {
		return h, err
	}
	h.Actor, h.UpdatedAt = tx.actor.Name, tx.micros()
	err = tx.db.Model(&models.Letterhead{ID: h.ID}).Select(
		"Name", "Names", "Address", "Place", "Paper", "Margins", "Font", "Points", "Pattern", "Code", "Actor", "UpdatedAt",
	).Updates(h.Letterhead).Error
	if err != nil {
		return h, err
	}
	return h, tx.audit("letterhead.changed", "letterhead", h.ID, h.Scope, map[string]any{"pattern": h.Pattern, "paper": h.Paper})
}

// fill takes over what was typed and checks it.
func (h *Head) fill(in LetterheadInput) error {
	h.Margins = in.Margins
	r := &h.Letterhead
	r.Name, r.Place, r.Code = inWords(in.Name), inWords(in.Place), inWords(in.Code)
	r.Names, r.Address = textLines(in.Names), textLines(in.Address)
	r.Paper, r.Font, r.Points = cmp.Or(in.Paper, "f4"), string(cmp.Or(in.Font, paper.Sans)), int64(cmp.Or(in.Points, usualPoints))
	r.Pattern = cmp.Or(strings.TrimSpace(in.Pattern), string(numbering.Default))
	for _, t := range [...]struct{ field, text string }{{"name", r.Name}, {"names", r.Names}, {"place", r.Place}} {
		if t.text == "" {
			return missing(t.field)
		}
	}
	for _, t := range [...]struct {
		field, text string
		most        int
	}{{"name", r.Name, headLine}, {"place", r.Place, headLine}, {"code", r.Code, headLine}, {"names", r.Names, 4 * headLine}, {"address", r.Address, 4 * headLine}} {
		if err := tooLong(t.field, t.text, t.most); err != nil {
			return err
		}
	}
	if r.Paper != "a4" && r.Paper != "f4" {
		return fault.New(fault.Invalid, "letterhead_paper", "the paper is F4 (215 by 330 mm) or A4").On("paper")
	}
	if err := h.Sheet(nil).Check(); err != nil {
		if f, ok := fault.Of(err); ok {
			return f.On(strings.TrimPrefix(f.Field, "head."))
		}
		return err
	}
	if err := numbering.Pattern(r.Pattern).Check(); err != nil {
		return err
	}
	margins, err := json.Marshal(h.Margins)
	r.Margins = string(margins)
	return wrap("margins of a letterhead", err)
}

// usualPoints is the size of type an office has that has not said its own, and
// headLine how many characters a line of a letterhead may have.
const (
	usualPoints = 11
	headLine    = 120
)

// textLines is a text of several lines without the empty ones.
func textLines(s string) string {
	var out []string
	for l := range strings.Lines(s) {
		if l = inWords(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// Sheet is the letterhead as letters bear it.
func (h Head) Sheet(logo []byte) letter.Letterhead {
	out := letter.Letterhead{
		Logo: logo, Names: strings.Split(h.Names, "\n"), Place: h.Place, Size: paper.F4, Margins: h.Margins, Family: paper.Family(h.Font), Points: float64(h.Points),
	}
	if h.Address != "" {
		out.Address = strings.Split(h.Address, "\n")
	}
	if h.Paper == "a4" {
		out.Size = paper.A4
	}
	return out
}

// Letterhead reads one letterhead.
func (tx *Tx) Letterhead(id string) (Head, error) {
	row, err := take[models.Letterhead](tx, "letterheads", "letterhead", id)
	if err != nil {
		return Head{}, err
	}
	return opened(row)
}

func (tx *Tx) ownLetterhead(id string) (Head, error) {
	row, err := takeLocked[models.Letterhead](tx, "letterheads", "letterhead", id)
	if err != nil {
		return Head{}, err
	}
	if err := tx.actor.may(row.Scope); err != nil {
		return Head{}, err
	}
	return opened(row)
}

func opened(row models.Letterhead) (Head, error) {
	h := Head{Letterhead: row}
	return h, wrap("margins of a letterhead", json.Unmarshal([]byte(row.Margins), &h.Margins))
}

// maxLetterheads bounds a list of letterheads: 336 units and some.
const maxLetterheads = 1000

// Letterheads lists the letterheads of some parties, or of all, by party and
// name.
func (tx *Tx) Letterheads(partyIDs ...string) ([]Head, error) {
	q := tx.from("letterheads").Order("party_id, unit_id, name, id").Limit(maxLetterheads)
	if len(partyIDs) > 0 {
		q = q.Where("party_id IN ?", partyIDs)
	}
	var rows []models.Letterhead
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Head, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = opened(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}
