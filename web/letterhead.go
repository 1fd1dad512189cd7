package web

import (
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/ledger"
	"payung/logo"
	"payung/models"
	"payung/paper"
	"payung/upload"
)

// letterheadView is one letterhead: how it looks and who signs on it.
type letterheadView struct {
	frame
	Head    headOf
	Today   calendar.Day
	Signers []ledger.Signer
	None    []mandate.Level // to whom nobody may write from here
	Posts   []models.Post   // that can sign
	Form    form
	Which   string // of the forms is shown with what was typed
	Told    string
}

func (s *site) letterhead(v *visit) error { return v.showLetterhead(http.StatusOK, "", form{}) }

func (v *visit) showLetterhead(status int, which string, f form) error {
	view := letterheadView{Which: which, Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) error { return view.read(tx, v.r.PathValue("id")) })
	if err != nil {
		return err
	}
	h := view.Head
	if which == "" {
		m := h.Margins
		if m == (paper.Margins{}) {
			m = paper.Margins{Top: 20, Right: 20, Bottom: 15, Left: 25}
		}
		mm := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
		view.Form = begin("name", h.Name, "names", h.Names, "address", h.Address, "place", h.Place, "code", h.Code, "pattern", h.Pattern, "paper", h.Paper, "font", h.Font,
			"points", strconv.FormatInt(h.Points, 10), "top", mm(m.Top), "right", mm(m.Right), "bottom", mm(m.Bottom), "left", mm(m.Left),
			"valid_from", string(view.Today), "level", "", "on_behalf", "", "rank", "", "nip", "")
	}
	v.frame.Title, v.frame.Nav = h.Name, "settings"
	v.returned(headPath(h.ID))
	view.frame = v.frame
	return v.show(status, "letterhead.html", view)
}

func (view *letterheadView) read(tx *ledger.Tx, id string) error {
	h, err := tx.Letterhead(id)
	if err != nil {
		return err
	}
	party, err := tx.Party(h.PartyID)
	if err != nil {
		return err
	}
	view.Today = calendar.Zone(party.Zone).DayOf(tx.Now())
	view.Head = headOf{Head: h, Party: party.Name, Number: exampleNumber(h, view.Today)}
	if view.Signers, err = tx.Signers(id, view.Today); err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range view.Signers {
		known[s.Level] = true
	}
	for _, l := range mandate.Levels() {
		if !known[string(l)] {
			view.None = append(view.None, l)
		}
	}
	posts, err := tx.Posts(party.ID, ledger.Page{Size: 2000})
	for _, p := range posts {
		if p.UnitID == "" || p.UnitID == h.UnitID {
			view.Posts = append(view.Posts, p)
		}
	}
	return err
}

func (s *site) changeLetterhead(v *visit) error {
	return v.changeHead("look", "letterhead_changed", func(tx *ledger.Tx, f form, id string) error {
		_, err := tx.ChangeLetterhead(id, headInput(f))
		return err
	})
}

func (s *site) setSigner(v *visit) error {
	return v.changeHead("signer", "signer", func(tx *ledger.Tx, f form, id string) error {
		_, err := tx.SetSigner(id, ledger.SignerInput{
			Level: mandate.Level(f.text("level")), PostID: f.Value("post_id"), OnBehalf: f.text("on_behalf"), Rank: f.text("rank"), NIP: f.text("nip"), ValidFrom: f.text("valid_from"),
		})
		return err
	})
}

// changeHead runs one of the forms of a letterhead's page.
func (v *visit) changeHead(which, done string, do func(*ledger.Tx, form, string) error) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error { return do(tx, f, id) })
	if err == nil {
		return v.done(headPath(id), done)
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.showLetterhead(http.StatusUnprocessableEntity, which, f)
}

// setLogo takes the coat of arms of an office.
func (s *site) setLogo(v *visit) error {
	f, typed, err := upload.Read(v.w, v.r, "", logo.MaxBytes)
	out := form{typed: typed}
	if out.typed == nil {
		out.typed = url.Values{}
	}
	out.typed.Set("logo", "")
	id := v.r.PathValue("id")
	if err == nil {
		raw := make([]byte, f.Size)
		if _, err = f.ReadAt(raw, 0); err == nil {
			var p logo.Picture
			if p, err = logo.Read(raw); err == nil {
				err = v.write(func(tx *ledger.Tx) error {
					_, err := tx.SetLogo(id, p)
					return err
				})
			}
		}
	}
	if err == nil {
		return v.done(headPath(id), "logo")
	}
	if found, ok := fault.Of(err); ok && found.Field == "file" {
		err = found.On("logo")
	}
	if err := v.refused(&out, err); err != nil {
		return err
	}
	return v.showLetterhead(http.StatusUnprocessableEntity, "logo", out)
}

func (s *site) logo(v *visit) error {
	var raw []byte
	err := v.read(func(tx *ledger.Tx) (err error) {
		raw, err = tx.Logo(v.r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	if raw == nil {
		return fault.New(fault.NotFound, "not_found", "this letterhead has no coat of arms")
	}
	return v.send(http.StatusOK, "image/png", raw)
}
