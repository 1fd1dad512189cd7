package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/numbering"
	"payung/ledger"
	"payung/models"
	"payung/paper"
)

// letterheads adds the pages about the paper of offices.
func (s *site) letterheads(mux *http.ServeMux) {
	mux.HandleFunc("GET /settings/letterheads", s.page(s.letterheadList))
	mux.HandleFunc("GET /settings/letterheads.csv", s.page(s.letterheadsFile))
	mux.HandleFunc("POST /settings/letterheads", s.page(s.createLetterhead))
	mux.HandleFunc("GET /settings/letterheads/{id}", s.page(s.letterhead))
	mux.HandleFunc("POST /settings/letterheads/{id}", s.page(s.changeLetterhead))
	mux.HandleFunc("POST /settings/letterheads/{id}/logo", s.page(s.setLogo))
	mux.HandleFunc("GET /settings/letterheads/{id}/logo.png", s.page(s.logo))
	mux.HandleFunc("GET /settings/letterheads/{id}/sample.pdf", s.page(s.sampleLetter))
	mux.HandleFunc("POST /settings/letterheads/{id}/signers", s.page(s.setSigner))
}

// letterheadsView is the letterheads of all offices.
type letterheadsView struct {
	frame
	Heads   []headOf
	Parties []partyOf // that can have one
	Form    form
}

// partyOf is a party with those of its offices that write letters of their own.
type partyOf struct {
	models.Party
	Offices []models.Unit
}

// headOf is a letterhead with whose it is.
type headOf struct {
	ledger.Head
	Party  string
	Number string // the next one, as it would look
}

func (s *site) letterheadList(v *visit) error { return v.showLetterheads(http.StatusOK, usualHead()) }

// usualHead is the form of a letterhead with what offices usually have.
func usualHead() form {
	return begin("name", "", "names", "", "address", "", "place", "", "code", "", "pattern", string(numbering.Default), "paper", "f4", "font", "sans", "points", "11",
		"top", "20", "right", "20", "bottom", "15", "left", "25")
}

func (v *visit) showLetterheads(status int, f form) error {
	view := letterheadsView{Form: f}
	err := v.read(func(tx *ledger.Tx) (err error) {
		var parties []models.Party
		if view.Heads, parties, err = v.heads(tx); err != nil {
			return err
		}
		view.Parties, err = offices(tx, parties)
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("letterheads.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	v.returned("/settings/letterheads")
	view.frame = v.frame
	return v.show(status, "letterheads.html", view)
}

// offices finds the offices of parties. Villages are too many for a list; their
// letterheads come by the API.
func offices(tx *ledger.Tx, parties []models.Party) ([]partyOf, error) {
	units, err := tx.Units(ledger.UnitFilter{}, ledger.Page{Size: unitsRead})
	of := map[string][]models.Unit{}
	for _, u := range units {
		if u.Kind != "desa" && u.Kind != "kelurahan" && u.ValidTo == "" {
			of[u.PartyID] = append(of[u.PartyID], u)
		}
	}
	out := make([]partyOf, len(parties))
	for i, p := range parties {
		out[i] = partyOf{p, of[p.ID]}
	}
	return out, err
}

// partiesShown is how many parties a form offers.
const partiesShown = 200

func (v *visit) heads(tx *ledger.Tx) ([]headOf, []models.Party, error) {
	parties, err := tx.Parties(ledger.Page{Size: partiesShown})
	if err != nil {
		return nil, nil, err
	}
	names := make(map[string]string, len(parties))
	for _, p := range parties {
		names[p.ID] = p.Name
	}
	rows, err := tx.Letterheads()
	out := make([]headOf, len(rows))
	for i, h := range rows {
		out[i] = headOf{Head: h, Party: names[h.PartyID], Number: exampleNumber(h, calendar.WITA.DayOf(tx.Now()))}
	}
	return out, parties, err
}

// exampleNumber shows what the pattern of a letterhead makes.
func exampleNumber(h ledger.Head, on calendar.Day) string {
	number, err := numbering.Pattern(h.Pattern).Number(1, h.Code, on)
	if err != nil {
		return h.Pattern
	}
	return number
}

// headInput is a letterhead as it was typed. What is no number is none, and
// refused as such.
func headInput(f form) ledger.LetterheadInput {
	number := func(name string) float64 {
		n, err := strconv.ParseFloat(f.text(name), 64)
		if err != nil {
			return -1
		}
		return n
	}
	party, unit, _ := strings.Cut(f.Value("owner"), "/")
	return ledger.LetterheadInput{
		PartyID: party, UnitID: unit, Name: f.text("name"), Names: f.Value("names"), Address: f.Value("address"), Place: f.text("place"),
		Paper: f.text("paper"), Font: paper.Family(f.text("font")), Points: int(number("points")), Pattern: f.text("pattern"), Code: f.text("code"),
		Margins: paper.Margins{Top: number("top"), Right: number("right"), Bottom: number("bottom"), Left: number("left")},
	}
}

func (s *site) createLetterhead(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var h ledger.Head
	err = v.write(func(tx *ledger.Tx) (err error) {
		h, err = tx.CreateLetterhead(headInput(f))
		return err
	})
	if err == nil {
		return v.done(headPath(h.ID), "letterhead")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.showLetterheads(http.StatusUnprocessableEntity, f)
}

func headPath(id string) string { return "/settings/letterheads/" + url.PathEscape(id) }

func (s *site) letterheadsFile(v *visit) error {
	var rows []headOf
	err := v.read(func(tx *ledger.Tx) (err error) {
		rows, _, err = v.heads(tx)
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("party", "letterhead", "place", "paper", "letter_number")
	if err != nil {
		return err
	}
	for _, h := range rows {
		f.add(h.Party, h.Name, h.Place, h.Paper, h.Number)
	}
	return f.send("kop-surat", "")
}
