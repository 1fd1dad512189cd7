package api

import (
	"context"
	"net/http"

	"payung/domain/calendar"
	"payung/ledger"
)

// FeedInput is a new calendar to subscribe to.
type FeedInput struct {
	Kind      string `json:"kind" enum:"post,unit,agreement"`
	SubjectID string `json:"subject_id" maxLength:"64" doc:"of the post, unit or agreement"`
	Language  string `json:"language,omitempty" enum:"id,en" doc:"by default id"`
	Label     string `json:"label,omitempty" maxLength:"200" doc:"what it is used for"`
}

// Feed is a calendar that programs read under a secret address.
type Feed struct {
	ID        string `json:"id"`
	Kind      string `json:"kind" enum:"post,unit,agreement"`
	SubjectID string `json:"subject_id"`
	Subject   string `json:"subject,omitempty" doc:"whose it is"`
	Language  string `json:"language" enum:"id,en"`
	Label     string `json:"label,omitempty"`
	Path      string `json:"path,omitempty" doc:"of the calendar; said once, when it is made, and kept nowhere" example:"/ics/….ics"`
	Actor     string `json:"actor"`
	CreatedAt string `json:"created_at" format:"date-time"`
	RevokedAt string `json:"revoked_at,omitempty" format:"date-time"`
}

func feedView(f ledger.FeedView) Feed {
	z := string(calendar.WIB)
	return Feed{
		ID: f.ID, Kind: f.Kind, SubjectID: f.SubjectID, Subject: f.Subject, Language: f.Language, Label: f.Label, Actor: f.Actor,
		CreatedAt: instant(f.CreatedAt, z), RevokedAt: instant(f.RevokedAt, z),
	}
}

// FeedQuery narrows a list of calendars.
type FeedQuery struct {
	PageQuery
	SubjectID string `query:"subject_id" maxLength:"64"`
	Open      bool   `query:"open" doc:"only those that were not revoked"`
}

func feedRoutes(s *server) {
	// Not idempotent: answers to keys are kept as they are, and this one holds a
	// secret.
	creation := route{method: http.MethodPost, path: "/feeds", id: "create-feed", summary: "Make a calendar to subscribe to; its address is said once"}
	serve(s, PolicyWrite, creation, func(ctx context.Context, in *Sent[FeedInput]) (out Feed, err error) {
		err = s.Ledger.Write(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
			f, token, err := tx.CreateFeed(ledger.FeedInput(in.Body))
			if err != nil {
				return err
			}
			v, err := tx.Feed(f.ID)
			out = feedView(v)
			out.Path = "/ics/" + token + ".ics"
			return err
		})
		return out, err
	})
	read(s, PolicyRead, "/feeds", "list-feeds", "Calendars to subscribe to, newest first",
		func(tx *ledger.Tx, in *FeedQuery) (List[Feed], error) {
			f := ledger.FeedFilter{SubjectID: in.SubjectID, Open: in.Open}
			rows := func(p ledger.Page) ([]ledger.FeedView, error) { return tx.Feeds(f, p) }
			return paged(in.PageQuery, rows, func(f ledger.FeedView) string { return f.ID }, feedView)
		})
	change(s, PolicyWrite, "/feeds/{id}/revoke", "revoke-feed", "Close a calendar's address for good",
		func(tx *ledger.Tx, in *ByID) (Feed, error) {
			if err := tx.RevokeFeed(in.ID); err != nil {
				return Feed{}, err
			}
			f, err := tx.Feed(in.ID)
			return feedView(f), err
		})
}
