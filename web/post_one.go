package web

import (
	"net/http"
	"net/url"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// postView is one post: who held it, who is told today, and what it owes.
type postView struct {
	frame
	Row     ledger.PostRow
	Party   models.Party
	Holders []ledger.PostHolding
	Bad     []models.BadAddress // addresses that bounced
	Duties  []ledger.PostDuty
	Below   []ledger.PostRow
	Instead []ledger.PostRow  // posts whose messages come here meanwhile
	Above   []ledger.PostRow  // posts that can be above, or stand in
	Titles  map[string]string // of all posts, by ID
	Today   calendar.Day
	Form    form
	Which   string // of the forms is shown with what was typed
	Told    string
}

func (s *site) post(v *visit) error {
	return v.posting(http.StatusOK, v.r.PathValue("id"), "", begin())
}

func (v *visit) posting(status int, id, which string, f form) error {
	view := postView{Form: f, Which: which, Told: v.told(), Titles: map[string]string{}}
	if err := v.read(func(tx *ledger.Tx) error { return view.read(tx, id) }); err != nil {
		return err
	}
	if which == "" {
		view.Form = begin("capacity", ledger.Definitive, "title", view.Row.Title, "superior_id", view.Row.SuperiorID, "deputy_id", view.Row.DeputyID, "valid_from", string(view.Today), "last_day", string(view.Today))
	}
	v.frame.Title, v.frame.Nav = view.Row.Title, "settings"
	v.returned("/posts/" + url.PathEscape(id))
	view.frame = v.frame
	return v.show(status, "post.html", view)
}

func (view *postView) read(tx *ledger.Tx, id string) error {
	p, err := tx.Post(id)
	if err != nil {
		return err
	}
	if view.Party, err = tx.Party(p.PartyID); err != nil {
		return err
	}
	view.Today = calendar.Zone(view.Party.Zone).DayOf(tx.Now())
	rows, err := tx.PostRows(p.PartyID)
	if err != nil {
		return err
	}
	view.Row = ledger.PostRow{Post: p}
	for _, r := range rows {
		if r.ID == id {
			view.Row = r
		}
	}
	for _, r := range rows {
		view.sort(r)
	}
	if view.Duties, err = tx.PostDuties(id); err != nil {
		return err
	}
	if view.Bad, err = tx.BadAddresses(id); err != nil {
		return err
	}
	view.Holders, err = tx.Holdings(id)
	return err
}

// sort finds what another post has to do with this one. Heads of villages are
// above nobody, and too many to choose from.
func (view *postView) sort(r ledger.PostRow) {
	view.Titles[r.ID] = r.Title
	at := view.Row
	switch {
	case r.ID == at.ID:
		return
	case r.SuperiorID == at.ID:
		view.Below = append(view.Below, r)
	}
	if r.Told.ViaPostID == at.ID {
		view.Instead = append(view.Instead, r)
	}
	village := r.UnitKind == "desa" || r.UnitKind == "kelurahan"
	if r.ID == at.SuperiorID || r.ID == at.DeputyID || r.UnitID == at.UnitID || !village && (r.UnitID == "" || r.Role == "head") {
		view.Above = append(view.Above, r)
	}
}

// changePost changes what a post is called and who is above it.
func (s *site) changePost(v *visit) error {
	return v.changing("place", "post_changed", func(tx *ledger.Tx, f form, id string) error {
		_, err := tx.ChangePost(id, ledger.PostChange{Title: f.text("title"), SuperiorID: f.Value("superior_id"), DeputyID: f.Value("deputy_id")})
		return err
	})
}

// assignHolder puts a person into a post.
func (s *site) assignHolder(v *visit) error {
	return v.changing("holder", "holder", func(tx *ledger.Tx, f form, id string) error {
		_, err := tx.AssignHolder(id, ledger.HolderInput{
			Name: f.text("name"), Email: f.text("email"), Phone: f.text("phone"), Capacity: f.text("capacity"), Mandate: f.text("mandate"),
			ValidFrom: f.text("valid_from"), ValidTo: f.text("valid_to"),
		})
		return err
	})
}

// changing runs the change of a form on a post's page and comes back to it.
func (v *visit) changing(which, done string, do func(*ledger.Tx, form, string) error) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error { return do(tx, f, id) })
	if err == nil {
		return v.done("/posts/"+url.PathEscape(id), done)
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.posting(http.StatusUnprocessableEntity, id, which, f)
}

// vacate ends a holder's time and leaves the post empty.
func (s *site) vacate(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var h models.PostHolder
	err = v.write(func(tx *ledger.Tx) (err error) {
		h, err = tx.Vacate(v.r.PathValue("id"), f.text("last_day"))
		return err
	})
	if err == nil {
		return v.done("/posts/"+url.PathEscape(h.PostID), "vacated")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.posting(http.StatusUnprocessableEntity, h.PostID, "vacate", f)
}

// postChoice is a choice of one post.
type postChoice struct {
	Name, Value, Wrong string
	Posts              []ledger.PostRow
}

// choose is the choice of who is above a post or stands in, as it stands or as
// it was typed.
func choose(name string, view postView) postChoice {
	c := postChoice{Name: name, Posts: view.Above}
	switch {
	case view.Which == "place":
		c.Value, c.Wrong = view.Form.Value(name), view.Form.Wrong[name]
	case name == "superior_id":
		c.Value = view.Row.SuperiorID
	default:
		c.Value = view.Row.DeputyID
	}
	return c
}
