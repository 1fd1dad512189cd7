package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"payung/ledger"
	"payung/models"
)

// preferenceView is how a holder wants to be told.
type preferenceView struct {
	frame
	Post    models.Post
	Holder  models.PostHolder
	Form    form
	Stopped []stop
}

// stop is a channel that can be stopped.
type stop struct {
	Channel string
	Stopped bool
}

// ranks are the places of the channels in a form: the first three matter.
var ranks = []string{"first", "second", "third"}

func (s *site) preference(v *visit) error { return v.preferring(http.StatusOK, form{}) }

func (v *visit) preferring(status int, f form) error {
	view := preferenceView{Form: f}
	err := v.read(func(tx *ledger.Tx) error {
		p, err := tx.Preference(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		if view.Holder, err = tx.Holder(p.HolderID); err != nil {
			return err
		}
		if view.Form.typed == nil {
			view.Form = begin("language", p.Language, "opted_in_on", p.OptedInOn, "opted_in_how", p.OptedInHow)
			for i, c := range strings.Split(p.Channels, ",") {
				if i < len(ranks) {
					view.Form.typed.Set(ranks[i], c)
				}
			}
			view.Form.typed["stopped"] = strings.Split(p.Stopped, ",")
		}
		view.Post, err = tx.Post(view.Holder.PostID)
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range ledger.Channels() {
		if ledger.Stoppable(c) {
			view.Stopped = append(view.Stopped, stop{c, slices.Contains(view.Form.typed["stopped"], c)})
		}
	}
	if v.frame.Title, err = v.words.say("preference.title", "who", view.Holder.Name); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	view.frame = v.frame
	return v.show(status, "preference.html", view)
}

func (s *site) setPreference(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	in := ledger.PreferenceInput{Stopped: f.typed["stopped"], Language: f.text("language"), OptedInOn: f.text("opted_in_on"), OptedInHow: f.text("opted_in_how")}
	for _, r := range ranks {
		if c := f.text(r); c != "" {
			in.Channels = append(in.Channels, c)
		}
	}
	var h models.PostHolder
	err = v.write(func(tx *ledger.Tx) error {
		if _, err := tx.SetPreference(v.r.PathValue("id"), in); err != nil {
			return err
		}
		h, err = tx.Holder(v.r.PathValue("id"))
		return err
	})
	if err == nil {
		return v.done("/posts/"+url.PathEscape(h.PostID), "preference")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.preferring(http.StatusUnprocessableEntity, f)
}
