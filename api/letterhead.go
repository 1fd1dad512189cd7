package api

import (
	"context"
	"io"
	"net/http"

	"payung/domain/calendar"
	"payung/domain/mandate"
	"payung/ledger"
	"payung/logo"
	"payung/models"
	"payung/paper"
	"payung/upload"
)

// LetterheadInput is the paper an office writes on. What is left out is as
// offices usually have it.
type LetterheadInput struct {
	UnitID  string  `json:"unit_id,omitempty" maxLength:"64" doc:"the office; absent: the party itself. It never changes"`
	Name    string  `json:"name" maxLength:"120" doc:"by which people choose it"`
	Names   string  `json:"names" maxLength:"600" doc:"one to four lines, the top one first; the last is printed larger"`
	Address string  `json:"address,omitempty" maxLength:"600" doc:"lines below them, four at most"`
	Place   string  `json:"place" maxLength:"120" doc:"before the date"`
	Paper   string  `json:"paper,omitempty" enum:"a4,f4" doc:"by default F4"`
	Margins *Margin `json:"margins,omitempty"`
	Font    string  `json:"font,omitempty" enum:"sans,serif"`
	Points  int     `json:"points,omitempty" minimum:"9" maximum:"13" doc:"by default 11"`
	Pattern string  `json:"pattern,omitempty" maxLength:"80" doc:"of numbers; by default 560/{no}/{unit}/{year}. Places: {no}, {no:3}, {unit}, {year}, {month}, {roman}"`
	Code    string  `json:"code,omitempty" maxLength:"120" doc:"of the office in its numbers"`
}

// Margin is the margins of a sheet in millimetres.
type Margin struct {
	Top    float64 `json:"top" minimum:"5" maximum:"80"`
	Right  float64 `json:"right" minimum:"5" maximum:"60"`
	Bottom float64 `json:"bottom" minimum:"5" maximum:"60"`
	Left   float64 `json:"left" minimum:"5" maximum:"60"`
}

// Letterhead is the paper an office writes on.
type Letterhead struct {
	ID      string  `json:"id"`
	PartyID string  `json:"party_id"`
	UnitID  string  `json:"unit_id,omitempty"`
	Name    string  `json:"name"`
	Names   string  `json:"names"`
	Address string  `json:"address,omitempty"`
	Place   string  `json:"place"`
	Paper   string  `json:"paper" enum:"a4,f4"`
	Margins *Margin `json:"margins,omitempty" doc:"absent: the usual ones"`
	Font    string  `json:"font" enum:"sans,serif"`
	Points  int     `json:"points"`
	Pattern string  `json:"pattern"`
	Code    string  `json:"code,omitempty"`
	HasLogo bool    `json:"has_logo"`
}

// SignerInput says which post signs letters of a letterhead to a level.
type SignerInput struct {
	Level     string `json:"level" enum:"regent,secretary,opd,kecamatan,desa,bpjs,outside,own" doc:"to whom; own: receipts, minutes and other sheets"`
	PostID    string `json:"post_id" maxLength:"64" doc:"one of the party whose letterhead it is"`
	OnBehalf  string `json:"on_behalf,omitempty" maxLength:"120" doc:"title after a.n., such as Bupati Konawe"`
	Rank      string `json:"rank,omitempty" maxLength:"120" doc:"of who holds the post on that day"`
	NIP       string `json:"nip,omitempty" maxLength:"40"`
	ValidFrom string `json:"valid_from" format:"date"`
}

// Signer is who signs letters to a level on a day.
type Signer struct {
	Level     string `json:"level"`
	PostID    string `json:"post_id"`
	PostTitle string `json:"post_title"`
	OnBehalf  string `json:"on_behalf,omitempty"`
	Holder    string `json:"holder,omitempty" doc:"absent: nobody holds the post on that day"`
	Capacity  string `json:"capacity,omitempty"`
	Usual     bool   `json:"usual" doc:"by the built-in rules; the office has recorded nothing"`
	ValidFrom string `json:"valid_from,omitempty"`
}

// SignersQuery asks who signs on a day.
type SignersQuery struct {
	ByID
	On string `query:"on" format:"date" doc:"by default today"`
}

// LetterheadQuery narrows the letterheads.
type LetterheadQuery struct {
	PartyID string `query:"party_id" maxLength:"64"`
}

func (in LetterheadInput) input(partyID string) ledger.LetterheadInput {
	out := ledger.LetterheadInput{
		PartyID: partyID, UnitID: in.UnitID, Name: in.Name, Names: in.Names, Address: in.Address, Place: in.Place, Paper: in.Paper,
		Font: paper.Family(in.Font), Points: in.Points, Pattern: in.Pattern, Code: in.Code,
	}
	if in.Margins != nil {
		out.Margins = paper.Margins(*in.Margins)
	}
	return out
}

func letterheadView(h ledger.Head) Letterhead {
	out := Letterhead{
		ID: h.ID, PartyID: h.PartyID, UnitID: h.UnitID, Name: h.Name, Names: h.Names, Address: h.Address, Place: h.Place, Paper: h.Paper, Font: h.Font,
		Points: int(h.Points), Pattern: h.Pattern, Code: h.Code, HasLogo: h.LogoID != "",
	}
	if h.Margins != (paper.Margins{}) {
		m := Margin(h.Margins)
		out.Margins = &m
	}
	return out
}

func signerView(s ledger.Signer) Signer {
	return Signer{
		Level: s.Level, PostID: s.PostID, PostTitle: s.Title, OnBehalf: s.OnBehalf, Holder: s.Holder, Capacity: s.Capacity, Usual: s.Usual, ValidFrom: s.ValidFrom,
	}
}

func letterheadRoutes(s *server) {
	create(s, PolicyWrite, "/parties/{id}/letterheads", "create-letterhead", "Record the paper of a party or one of its offices",
		func(tx *ledger.Tx, in *Of[LetterheadInput]) (Letterhead, error) {
			h, err := tx.CreateLetterhead(in.Body.input(in.ID))
			return letterheadView(h), err
		})
	read(s, PolicyRead, "/letterheads", "list-letterheads", "Letterheads, by party and office",
		func(tx *ledger.Tx, in *LetterheadQuery) (List[Letterhead], error) {
			var of []string
			if in.PartyID != "" {
				of = append(of, in.PartyID)
			}
			rows, err := tx.Letterheads(of...)
			return listed(rows, err, letterheadView)
		})
	read(s, PolicyRead, "/letterheads/{id}", "get-letterhead", "One letterhead",
		func(tx *ledger.Tx, in *ByID) (Letterhead, error) {
			h, err := tx.Letterhead(in.ID)
			return letterheadView(h), err
		})
	change(s, PolicyWrite, "/letterheads/{id}/change", "change-letterhead", "Change how letters of an office will look; those that were issued stay as they are",
		func(tx *ledger.Tx, in *Of[LetterheadInput]) (Letterhead, error) {
			h, err := tx.ChangeLetterhead(in.ID, in.Body.input(""))
			return letterheadView(h), err
		})
	receive(s, PolicyWrite, route{path: "/letterheads/{id}/logo", id: "set-logo", summary: "Give a letterhead a coat of arms, PNG or JPEG", limit: logo.MaxBytes},
		func(_ context.Context, f *upload.File, _ *ByID) (logo.Picture, error) {
			raw, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size))
			if err != nil {
				return logo.Picture{}, err
			}
			return logo.Read(raw)
		},
		func(tx *ledger.Tx, in *ByID, p logo.Picture) (Letterhead, error) {
			h, err := tx.SetLogo(in.ID, p)
			return letterheadView(h), err
		})
	read(s, PolicyRead, "/letterheads/{id}/signers", "list-signers", "Who signs letters of a letterhead on a day, one for each level",
		func(tx *ledger.Tx, in *SignersQuery) (List[Signer], error) {
			on := calendar.Day(in.On)
			if in.On == "" {
				on = calendar.WITA.DayOf(tx.Now())
			}
			rows, err := tx.Signers(in.ID, on)
			return listed(rows, err, signerView)
		})
	write(s, PolicyWrite, route{method: http.MethodPost, path: "/letterheads/{id}/signers", id: "set-signer", summary: "Record which post signs letters to a level from a day on"}, http.StatusCreated,
		func(tx *ledger.Tx, in *Of[SignerInput]) (Signer, error) {
			b := in.Body
			row, err := tx.SetSigner(in.ID, ledger.SignerInput{
				Level: mandate.Level(b.Level), PostID: b.PostID, OnBehalf: b.OnBehalf, Rank: b.Rank, NIP: b.NIP, ValidFrom: b.ValidFrom,
			})
			return signerView(ledger.Signer{LetterSigner: models.LetterSigner(row)}), err
		})
}
