package api

import (
	"context"
	"fmt"
	"io"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
	"payung/telling"
)

// TellingQuery asks for the texts of a year.
type TellingQuery struct {
	ByID
	YearID       string `query:"year_id" required:"true" maxLength:"64"`
	SenderPostID string `query:"sender_post_id" maxLength:"64" doc:"in whose name; by default the Sekda's"`
}

// TellingKit is the texts for the groups of a year, in Indonesian.
type TellingKit struct {
	Desks []TellingDesk `json:"desks" doc:"offices first, then kecamatan by name"`
	Texts int           `json:"texts" doc:"how many have to be sent"`
}

// TellingDesk is a kecamatan that collects answers in one group, or the offices.
type TellingDesk struct {
	Desk      string        `json:"desk" doc:"unit of the kecamatan, or opd"`
	Name      string        `json:"name,omitempty"`
	GroupName string        `json:"group_name,omitempty" doc:"that was told last"`
	Units     int           `json:"units"`
	Silent    int           `json:"silent"`
	Pictures  int           `json:"pictures"`
	Texts     []TellingText `json:"texts" doc:"none: everybody has answered"`
	Told      []Telling     `json:"told" doc:"this year, newest first"`
}

// TellingText is one text to send.
type TellingText struct {
	Part          int      `json:"part"`
	Parts         int      `json:"parts"`
	Text          string   `json:"text" doc:"at most 4096 characters"`
	Link          string   `json:"link" format:"uri" doc:"opens WhatsApp with the text ready"`
	ObligationIDs []string `json:"obligation_ids" doc:"that it names"`
}

// TellingInput says that a text went into a group.
type TellingInput struct {
	YearID        string   `json:"year_id" maxLength:"64"`
	Desk          string   `json:"desk" maxLength:"64"`
	GroupName     string   `json:"group_name" maxLength:"100"`
	Part          int      `json:"part,omitempty" minimum:"1" maximum:"99" default:"1"`
	Parts         int      `json:"parts,omitempty" minimum:"1" maximum:"99" default:"1"`
	Text          string   `json:"text" maxLength:"4096"`
	ObligationIDs []string `json:"obligation_ids" minItems:"1" maxItems:"1000"`
}

// Telling is a text that went into a group.
type Telling struct {
	ID        string `json:"id"`
	Desk      string `json:"desk"`
	GroupName string `json:"group_name"`
	Part      int    `json:"part"`
	Parts     int    `json:"parts"`
	Text      string `json:"text"`
	SentAt    string `json:"sent_at" format:"date-time"`
	By        string `json:"by"`
	Again     bool   `json:"again,omitempty" doc:"it was recorded today already, and counts once"`
}

func tellingView(t models.Telling, zone string) Telling {
	return Telling{ID: t.ID, Desk: t.Desk, GroupName: t.GroupName, Part: t.Part, Parts: t.Parts, Text: t.Text, SentAt: instant(t.CreatedAt, zone), By: t.Actor}
}

func tellingDeskView(k ledger.TellingKit, d ledger.TellingDesk) TellingDesk {
	return TellingDesk{
		Desk: d.ID, Name: d.Name, GroupName: d.GroupName, Units: len(d.Units), Silent: len(d.Silent()), Pictures: telling.Pictures(d),
		Texts: each(telling.Parts(k, d), func(p telling.Part) TellingText {
			return TellingText{Part: p.Number, Parts: p.Of, Text: p.Text, Link: p.Link(), ObligationIDs: each(p.Units, func(u ledger.ToldDuty) string { return u.Cell.Obligation.ID })}
		}),
		Told: each(d.Tellings, func(t models.Telling) Telling { return tellingView(t, k.Agreement.Zone) }),
	}
}

// PictureQuery asks for the picture of one desk.
type PictureQuery struct {
	TellingQuery
	Desk   string `path:"desk" maxLength:"64"`
	Number int    `query:"number" default:"1" minimum:"1" maximum:"99"`
}

func tellingRoutes(s *server) {
	read(s, PolicyRead, "/agreements/{id}/telling", "get-telling-kit", "The texts for the groups of a year, one for each kecamatan",
		func(tx *ledger.Tx, in *TellingQuery) (TellingKit, error) {
			k, err := tx.TellingKit(in.ID, in.YearID, in.SenderPostID)
			out := TellingKit{Desks: each(k.Desks, func(d ledger.TellingDesk) TellingDesk { return tellingDeskView(k, d) })}
			for _, d := range out.Desks {
				out.Texts += len(d.Texts)
			}
			return out, err
		})
	create(s, PolicyWrite, "/agreements/{id}/tellings", "record-telling", "Record that a text went into a group: proof for each unit it names; again on the same day counts once",
		func(tx *ledger.Tx, in *Of[TellingInput]) (Telling, error) {
			b := in.Body
			t, again, err := tx.RecordTelling(in.ID, ledger.TellingInput{
				PeriodID: b.YearID, Desk: b.Desk, GroupName: b.GroupName, Part: b.Part, Parts: b.Parts, Text: b.Text, ObligationIDs: b.ObligationIDs,
			})
			out := tellingView(t, clocksOf(tx).zone(in.ID))
			out.Again = again
			return out, err
		})
	read(s, PolicyRead, "/obligations/{id}/tellings", "list-tellings", "The texts in groups that named a unit for this duty, newest first",
		func(tx *ledger.Tx, in *ByID) (List[Telling], error) {
			o, err := tx.Obligation(in.ID)
			if err != nil {
				return List[Telling]{}, err
			}
			zone := clocksOf(tx).zone(o.AgreementID)
			rows, err := tx.Tellings(o.ID)
			return listed(rows, err, func(t models.Telling) Telling { return tellingView(t, zone) })
		})
	attach(s, PolicyRead, "/agreements/{id}/telling/{desk}/picture.png", "get-telling-picture", "All units of a desk and how far they are, as a picture for a group", "image/png",
		func(ctx context.Context, in *PictureQuery, w io.Writer) (string, error) {
			var k ledger.TellingKit
			err := s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) (err error) {
				k, err = tx.TellingKit(in.ID, in.YearID, in.SenderPostID)
				return err
			})
			if err != nil {
				return "", err
			}
			d, ok := k.Desk(in.Desk)
			if !ok || in.Number > telling.Pictures(d) {
				return "", fault.New(fault.NotFound, "not_found", "there is no such picture")
			}
			picture, err := telling.Picture(k, d, in.Number)
			if err == nil {
				_, err = w.Write(picture)
			}
			return fmt.Sprintf("%s-%d.png", in.Desk, in.Number), err
		})
}
