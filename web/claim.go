package web

import (
	"net/http"
	"net/url"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// claimsView is the claims of an agreement.
type claimsView struct {
	frame
	Agreement models.Agreement
	Claims    []ledger.ClaimView
	State     string
	Older     string
}

// claimsShown is how many claims a page shows.
const claimsShown = 50

func (s *site) claims(v *visit) error {
	q := v.r.URL.Query()
	view := claimsView{State: q.Get("state")}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Agreement, err = tx.Agreement(v.r.PathValue("id")); err != nil {
			return err
		}
		f := ledger.ClaimFilter{AgreementID: view.Agreement.ID, State: view.State}
		view.Claims, err = tx.Claims(f, ledger.Page{After: q.Get("after"), Size: claimsShown + 1})
		return err
	})
	if err != nil {
		return err
	}
	if len(view.Claims) > claimsShown {
		view.Claims = view.Claims[:claimsShown]
		view.Older = v.link(url.Values{"after": {view.Claims[claimsShown-1].ID}})
	}
	if v.frame.Title, err = v.words.say("claims.title"); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	view.frame = v.frame
	return v.show(http.StatusOK, "claims.html", view)
}

// claimView is one claim.
type claimView struct {
	frame
	ledger.ClaimView
	Today calendar.Day
	Form  form
	Told  string
}

func (s *site) claim(v *visit) error { return v.claiming(http.StatusOK, begin()) }

func (v *visit) claiming(status int, f form) error {
	view := claimView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		view.ClaimView, err = tx.Claim(v.r.PathValue("id"))
		view.Today = calendar.Zone(view.Zone).DayOf(tx.Now())
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("claim.title", "name", view.Name); err != nil {
		return err
	}
	v.frame.Nav = "recap"
	v.returned("/claims/" + url.PathEscape(view.ID))
	view.frame = v.frame
	return v.show(status, "claim.html", view)
}

// receivePaper notes that a paper of a claim has come in, or that it has not.
func (s *site) receivePaper(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.ReceivePaper(v.r.PathValue("id"), v.r.PathValue("code"), ledger.PaperInput{On: f.text("on"), Missing: f.Value("missing") != ""})
		return err
	})
	if err == nil {
		return v.done("/claims/"+url.PathEscape(v.r.PathValue("id")), "paper")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.claiming(http.StatusUnprocessableEntity, f)
}
