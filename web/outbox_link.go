package web

import (
	"net/http"

	"payung/delivery"
	"payung/ledger"
)

// linksShown is how many messages the work list shows at once: as many as one
// person sends in a quarter of an hour.
const linksShown = 30

// linksView is the work list of messages that somebody sends with a click.
type linksView struct {
	frame
	Links []delivery.Link
	Count int64 // all that wait
	Form  form
	Told  string
}

func (s *site) links(v *visit) error { return v.linking(http.StatusOK, begin()) }

func (v *visit) linking(status int, f form) error {
	view := linksView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Links, err = delivery.Links(tx, linksShown); err != nil {
			return err
		}
		view.Count, err = tx.CountLinks()
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("links.title"); err != nil {
		return err
	}
	v.frame.Nav = "inbox"
	v.returned("/outbox/links")
	view.frame = v.frame
	return v.show(status, "links.html", view)
}

// linkSent records that the visitor has sent a message, and goes on with the
// next.
func (s *site) linkSent(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = v.write(func(tx *ledger.Tx) error { return delivery.LinkSent(tx, v.r.PathValue("id")) })
	if err == nil {
		return v.done("/outbox/links", "link_sent")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.linking(http.StatusConflict, f)
}

func (s *site) linksFile(v *visit) error {
	var list []delivery.Link
	err := v.read(func(tx *ledger.Tx) (err error) {
		list, err = delivery.Links(tx, fileLimit)
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("when", "to", "name", "unit", "message", "link")
	if err != nil {
		return err
	}
	for _, l := range list {
		f.add(v.clock(l.CreatedAt, l.Zone), l.PostTitle, l.Name, l.UnitName, l.Text, l.URL)
	}
	return f.send("pesan-wa", "")
}
