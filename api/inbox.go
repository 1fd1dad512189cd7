package api

import (
	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
	"payung/notice"
)

// Notice is one message to one post about one step.
type Notice struct {
	ID           string   `json:"id"`
	AgreementID  string   `json:"agreement_id"`
	ObligationID string   `json:"obligation_id"`
	PostID       string   `json:"post_id"`
	Step         string   `json:"step" example:"T-7"`
	Tone         string   `json:"tone" enum:"reminder,request,warning"`
	Kind         string   `json:"kind" doc:"of the obligation"`
	GroupCode    string   `json:"group_code,omitempty"`
	TargetOn     string   `json:"target_on,omitempty" format:"date"`
	Missed       []string `json:"missed" doc:"earlier steps this one stands for"`
	SentAt       string   `json:"sent_at" format:"date-time"`
	ReadAt       string   `json:"read_at,omitempty" format:"date-time"`
}

func noticeView(n models.Notice, zone string) Notice {
	return Notice{
		ID: n.ID, AgreementID: n.AgreementID, ObligationID: n.ObligationID, PostID: n.PostID, Step: n.Step, Tone: n.Tone, Kind: n.Kind,
		GroupCode: n.GroupCode, TargetOn: n.TargetOn, Missed: listOf(n.Missed), SentAt: instant(n.CreatedAt, zone), ReadAt: instant(n.ReadAt, zone),
	}
}

// InboxQuery narrows a post's messages.
type InboxQuery struct {
	Page
	Unread bool `query:"unread" doc:"only those not opened yet"`
}

// InboxEntry is what lies in the inbox of a post, in the words of the messages.
type InboxEntry struct {
	ID           string `json:"id"`
	ObligationID string `json:"obligation_id,omitempty" doc:"of a reminder"`
	AgreementID  string `json:"agreement_id,omitempty"`
	News         string `json:"news,omitempty" doc:"kind of news; absent: a reminder"`
	Tone         string `json:"tone" enum:"reminder,request,warning,inform"`
	Text         string `json:"text"`
	At           string `json:"at" format:"date-time"`
	ReadAt       string `json:"read_at,omitempty" format:"date-time"`
}

// Opened says that a message was opened.
type Opened struct {
	ID string `json:"id"`
}

func inboxRoutes(s *server) {
	read(s, PolicyRead, "/posts/{id}/notices", "list-notices", "A post's messages, oldest first",
		func(tx *ledger.Tx, in *InboxQuery) (List[Notice], error) {
			if _, err := tx.Post(in.ID); err != nil {
				return List[Notice]{}, err
			}
			c := clocksOf(tx)
			rows := func(p ledger.Page) ([]models.Notice, error) {
				return tx.Notices(ledger.NoticeFilter{PostID: in.ID, Unread: in.Unread}, p)
			}
			return paged(in.PageQuery, rows, func(n models.Notice) string { return n.ID }, func(n models.Notice) Notice {
				return noticeView(n, c.zone(n.AgreementID))
			})
		})
	read(s, PolicyRead, "/posts/{id}/inbox", "list-inbox", "Reminders and news of a post in words, the newest first",
		func(tx *ledger.Tx, in *InboxQuery) (List[InboxEntry], error) {
			if _, err := tx.Post(in.ID); err != nil {
				return List[InboxEntry]{}, err
			}
			rows := func(p ledger.Page) ([]ledger.InboxEntry, error) {
				return tx.Inbox(ledger.InboxFilter{PostID: in.ID, Unread: in.Unread, Before: p.After}, p.Size)
			}
			return paged(in.PageQuery, rows, func(e ledger.InboxEntry) string { return e.ID }, func(e ledger.InboxEntry) InboxEntry {
				return InboxEntry{
					ID: e.ID, ObligationID: e.ObligationID, AgreementID: e.AgreementID, News: e.News, Tone: e.Tone,
					Text: notice.Line(calendar.ID, e.Item(), tx.Now()), At: instant(e.CreatedAt, e.Zone), ReadAt: instant(e.ReadAt, e.Zone),
				}
			})
		})
	change(s, PolicyWrite, "/notices/{id}/read", "read-notice", "Note that a message was opened",
		func(tx *ledger.Tx, in *ByID) (Opened, error) { return Opened{ID: in.ID}, tx.MarkRead(in.ID) })
}
