package ledger

import (
	"cmp"
	"encoding/json"
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/models"
)

// signerOf binds rank and NIP of a signer to their row.
func signerOf(id string) string { return "letter_signers/" + id + "/detail" }

// SignerInput says which post signs letters of a letterhead to a level from a
// day on.
type SignerInput struct {
	Level     mandate.Level
	PostID    string
	OnBehalf  string // title after "a.n."; "": in its own name
	Rank      string // of who holds the post on that day, as letters show it
	NIP       string
	ValidFrom string
}

// Particulars of who signs, as letters show them under the name.
type Particulars struct {
	Rank string `json:"rank,omitempty"`
	NIP  string `json:"nip,omitempty"`
}

// Signer is a post that signs, with who holds it.
type Signer struct {
	models.LetterSigner
	Particulars
	Title    string // of the post
	Holder   string // name; "": nobody holds the post on that day
	Capacity string // definitive, plt, pj, …
	Usual    bool   // by the rules of package mandate, not recorded here
}

// SetSigner records who signs to a level from a day on. Whoever did before
// ends the day before. The post must be one of the party whose letterhead it is:
// nobody signs for somebody else.
func (tx *Tx) SetSigner(letterheadID string, in SignerInput) (models.LetterSigner, error) {
	var s models.LetterSigner
	h, err := tx.ownLetterhead(letterheadID)
	if err != nil {
		return s, err
	}
	if !in.Level.Known() {
		return s, fault.New(fault.Invalid, "unknown_level", "there is no level %q of letters", in.Level).On("level")
	}
	post, err := take[models.Post](tx, "posts", "post", in.PostID)
	if err != nil {
		return s, err
	}
	if post.PartyID != h.PartyID {
		return s, signsForAnother()
	}
	from, err := checkDay("valid_from", in.ValidFrom)
	if err != nil {
		return s, err
	}
	for field, text := range map[string]string{"on_behalf": in.OnBehalf, "rank": in.Rank, "nip": in.NIP} {
		if err := tooLong(field, text, headLine); err != nil {
			return s, err
		}
	}
	holders, err := tx.holdersOn([]string{post.ID}, from)
	if err != nil {
		return s, err
	}
	s = models.LetterSigner{
		ID: newID(), Scope: h.Scope, LetterheadID: h.ID, Level: string(in.Level), PostID: post.ID, OnBehalf: inWords(in.OnBehalf), HolderID: holders[post.ID].ID,
		ValidFrom: string(from), Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	raw, err := json.Marshal(Particulars{Rank: in.Rank, NIP: in.NIP})
	if err != nil {
		return s, wrap("particulars", err)
	}
	s.Detail = tx.l.keys.Seal(raw, signerOf(s.ID))
	err = tx.db.Exec("UPDATE letter_signers SET valid_to = ? WHERE letterhead_id = ? AND level = ? AND (valid_to = '' OR valid_to >= ?)",
		string(from.Add(-1)), h.ID, s.Level, string(from)).Error
	if err != nil {
		return s, err
	}
	if err := insert(tx, []models.LetterSigner{s}); err != nil {
		return s, err
	}
	return s, tx.audit("letterhead.signer", "letterhead", h.ID, h.Scope, map[string]any{"level": s.Level, "post": s.PostID, "from": s.ValidFrom})
}

func signsForAnother() error {
	return fault.New(fault.Refused, "signs_for_another", "this post belongs to another party: nobody signs for somebody else").On("post_id")
}

// Signers lists who signs letters of a letterhead on a day, one for each level;
// a level to which nobody may write from here is left out.
func (tx *Tx) Signers(letterheadID string, on calendar.Day) ([]Signer, error) {
	h, err := tx.Letterhead(letterheadID)
	if err != nil {
		return nil, err
	}
	var out []Signer
	for _, level := range mandate.Levels() {
		s, err := tx.signer(h, level, on)
		if fault.Is(err, "no_signer") {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// signer is who signs a letter to a level on a day: whom the office has
// recorded, else the first of the rules whose post there is.
func (tx *Tx) signer(h Head, level mandate.Level, on calendar.Day) (Signer, error) {
	s := Signer{}
	err := tx.db.Where("letterhead_id = ? AND level = ? AND valid_from <= ? AND (valid_to = '' OR valid_to >= ?)", h.ID, string(level), string(on), string(on)).
		Order("valid_from DESC, id DESC").Limit(1).Find(&s.LetterSigner).Error
	if err != nil {
		return s, wrap("signer", err)
	}
	if s.ID == "" {
		if s.LetterSigner, err = tx.usualSigner(h, level, on); err != nil {
			return s, err
		}
		s.Usual = true
	}
	var post models.Post
	if err := tx.db.Take(&post, "id = ?", s.PostID).Error; err != nil {
		return s, wrap("post of a signer", err)
	}
	holders, err := tx.holdersOn([]string{post.ID}, on)
	if err != nil {
		return s, err
	}
	who := holders[post.ID]
	s.Title, s.Holder, s.Capacity = post.Title, who.Name, who.Capacity
	if len(s.Detail) == 0 || s.HolderID != who.ID {
		return s, nil // rank and NIP are those of somebody else
	}
	raw, err := tx.l.keys.Open(s.Detail, signerOf(s.ID))
	if err != nil {
		return s, wrap("particulars", err)
	}
	return s, wrap("particulars", json.Unmarshal(raw, &s.Particulars))
}

// usualSigner goes through the rules and takes the first role that a post has.
func (tx *Tx) usualSigner(h Head, level mandate.Level, on calendar.Day) (models.LetterSigner, error) {
	out := models.LetterSigner{Scope: h.Scope, LetterheadID: h.ID, Level: string(level)}
	party, desk := models.Party{}, models.Unit{}
	if err := tx.db.Take(&party, "id = ?", h.PartyID).Error; err != nil {
		return out, wrap("party of a letterhead", err)
	}
	if err := tx.db.Limit(1).Find(&desk, "id = ?", h.UnitID).Error; err != nil {
		return out, wrap("office of a letterhead", err)
	}
	var posts []models.Post
	err := tx.db.Where("party_id = ? AND (valid_to = '' OR valid_to >= ?)", h.PartyID, string(on)).Order("id").Find(&posts).Error
	if err != nil {
		return out, wrap("posts of a party", err)
	}
	for _, rule := range mandate.Signers(party.Kind, desk.Kind, level) {
		i := slices.IndexFunc(posts, func(p models.Post) bool {
			return p.Role == rule.Role && (p.UnitID == h.UnitID || rule.Role != mandate.RoleHead)
		})
		if i < 0 {
			continue
		}
		out.PostID = posts[i].ID
		if rule.OnBehalf != "" {
			j := slices.IndexFunc(posts, func(p models.Post) bool { return p.Role == rule.OnBehalf })
			if j >= 0 {
				out.OnBehalf = posts[j].Title
			} else {
				out.OnBehalf = cmp.Or(usualTitles[rule.OnBehalf], rule.OnBehalf)
			}
		}
		return out, nil
	}
	return out, fault.New(fault.Refused, "no_signer", "nobody of this letterhead may write to that level; record who signs").On("level").With("level", string(level))
}

// usualTitles name roles of which no post is recorded.
var usualTitles = map[string]string{mandate.RoleRegent: "Bupati"}
