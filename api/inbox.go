package api

import (
	"payung/ledger"
	"payung/models"
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
	change(s, PolicyWrite, "/notices/{id}/read", "read-notice", "Note that a message was opened",
		func(tx *ledger.Tx, in *ByID) (Opened, error) { return Opened{ID: in.ID}, tx.MarkRead(in.ID) })
}
