package api

import (
	"payung/delivery"
	"payung/ledger"
)

// Message is one text to one person by one channel.
type Message struct {
	ID           string `json:"id"`
	Kind         string `json:"kind" enum:"digest,urgent" doc:"a morning's list, or apart from it"`
	Channel      string `json:"channel" enum:"inbox,email,wa_link,whatsapp,telegram,webhook"`
	State        string `json:"state" enum:"queued,sending,sent,delivered,read,failed,bounced,unknown,not_needed,superseded"`
	Problem      string `json:"problem,omitempty" doc:"code of why it waits or failed"`
	Detail       string `json:"detail,omitempty" doc:"what the other side said, without addresses"`
	Key          string `json:"key" doc:"names it to the outside; of an e-mail what stands before the @ of its Message-ID"`
	PostID       string `json:"post_id"`
	PostTitle    string `json:"post_title"`
	UnitName     string `json:"unit_name,omitempty"`
	Day          string `json:"day" format:"date" doc:"the morning it belongs to"`
	Items        int64  `json:"items" doc:"reminders and news in it"`
	Attempts     int    `json:"attempts"`
	Unknowns     int    `json:"unknowns" doc:"attempts nobody knows the outcome of"`
	Price        int64  `json:"price" doc:"rupiah"`
	NextAt       string `json:"next_at,omitempty" format:"date-time" doc:"while it waits: not sent before"`
	Subject      string `json:"subject,omitempty"`
	Text         string `json:"text,omitempty" doc:"as it was sent"`
	SupersededBy string `json:"superseded_by,omitempty"`
	SentBy       string `json:"sent_by,omitempty" doc:"who sent it by hand"`
	CreatedAt    string `json:"created_at" format:"date-time"`
	SentAt       string `json:"sent_at,omitempty" format:"date-time"`
	DeliveredAt  string `json:"delivered_at,omitempty" format:"date-time"`
	ReadAt       string `json:"read_at,omitempty" format:"date-time"`
}

func messageView(d ledger.Dispatched) Message {
	m := Message{
		ID: d.ID, Kind: d.Kind, Channel: d.Channel, State: d.State, Problem: d.Problem, Detail: d.Detail, Key: d.Key, PostID: d.PostID, PostTitle: d.PostTitle,
		UnitName: d.UnitName, Day: d.Day, Items: d.Items, Attempts: d.Attempts, Unknowns: d.Unknowns, Price: d.Price, Subject: d.Subject, Text: d.Text,
		SupersededBy: d.SupersededBy, SentBy: d.Actor, CreatedAt: instant(d.CreatedAt, d.Zone), SentAt: instant(d.SentAt, d.Zone),
		DeliveredAt: instant(d.DeliveredAt, d.Zone), ReadAt: instant(d.ReadAt, d.Zone),
	}
	if d.State == ledger.MessageQueued {
		m.NextAt = instant(d.NextAt, d.Zone)
	}
	return m
}

// OutboxQuery narrows the outbox.
type OutboxQuery struct {
	PageQuery
	State       string `query:"state" enum:"dead,queued,sending,sent,delivered,read,failed,bounced,unknown,not_needed,superseded" doc:"dead: failed, bounced and unknown"`
	Channel     string `query:"channel" enum:"inbox,email,wa_link,whatsapp,telegram,webhook"`
	AgreementID string `query:"agreement_id" maxLength:"64"`
	PostID      string `query:"post_id" maxLength:"64"`
}

// MessageOf is one message about a duty.
type MessageOf struct {
	Message
	Step    string `json:"step" doc:"of the ladder"`
	Outcome string `json:"outcome,omitempty" enum:"named,counted,closed,moved,read,elsewhere" doc:"whether the text names the duty; absent: it was not sent yet"`
}

// Link is a message that somebody sends with a click.
type Link struct {
	Message
	Name string `json:"name,omitempty" doc:"of who is written to"`
	URL  string `json:"url" doc:"opens a chat with the text ready" example:"https://wa.me/628…"`
}

// ToldInput is that units were told by other means than a message from here.
type ToldInput struct {
	YearID        string   `json:"year_id,omitempty" maxLength:"64" doc:"every open duty of that year"`
	ObligationIDs []string `json:"obligation_ids,omitempty" maxItems:"2000" nullable:"false"`
	How           string   `json:"how" enum:"group,letter,meeting,phone,visit"`
	On            string   `json:"on,omitempty" format:"date" doc:"the day; by default today"`
	Note          string   `json:"note,omitempty" maxLength:"500" doc:"who told them, the letter's number"`
}

// ToldCount is for how many duties it was the first proof.
type ToldCount struct {
	Duties int `json:"duties"`
}

// ByHand says that a message was sent by hand.
type ByHand struct {
	ID string `json:"id"`
}

func messageRoutes(s *server) {
	read(s, PolicyRead, "/messages", "list-messages", "Messages that went out or wait, the newest first",
		func(tx *ledger.Tx, in *OutboxQuery) (List[Message], error) {
			rows := func(p ledger.Page) ([]ledger.Dispatched, error) {
				return tx.Outbox(ledger.OutboxFilter{State: in.State, Channel: in.Channel, AgreementID: in.AgreementID, PostID: in.PostID, Before: p.After}, p.Size)
			}
			return paged(in.PageQuery, rows, func(d ledger.Dispatched) string { return d.ID }, messageView)
		})
	read(s, PolicyRead, "/messages/{id}", "get-message", "One message",
		func(tx *ledger.Tx, in *ByID) (Message, error) {
			d, err := tx.Dispatched(in.ID)
			return messageView(d), err
		})
	change(s, PolicyWrite, "/messages/{id}/resend", "resend-message", "Send a message again that came to nothing, or one that waits at once",
		func(tx *ledger.Tx, in *ByID) (Message, error) {
			if _, err := tx.Resend(in.ID); err != nil {
				return Message{}, err
			}
			d, err := tx.Dispatched(in.ID)
			return messageView(d), err
		})
	read(s, PolicyRead, "/obligations/{id}/messages", "list-obligation-messages", "Who was told of a duty, when, by what, and what became of it",
		func(tx *ledger.Tx, in *ByID) (List[MessageOf], error) {
			found, err := tx.MessagesOf(in.ID)
			return listed(found, err, func(m ledger.MessageOf) MessageOf { return MessageOf{messageView(m.Dispatched), m.Step, m.Outcome} })
		})
	read(s, PolicyRead, "/links", "list-links", "Messages that wait for somebody to send them, at most 500",
		func(tx *ledger.Tx, _ *struct{}) (List[Link], error) {
			found, err := delivery.Links(tx, 500)
			return listed(found, err, linkView)
		})
	change(s, PolicyWrite, "/links/{id}/sent", "record-link-sent", "Record that you sent a message by its link",
		func(tx *ledger.Tx, in *ByID) (ByHand, error) { return ByHand{in.ID}, delivery.LinkSent(tx, in.ID) })
	change(s, PolicyWrite, "/agreements/{id}/told", "record-told", "Record that units were told of their duties by a letter, in a group or a meeting, on the phone",
		func(tx *ledger.Tx, in *Of[ToldInput]) (ToldCount, error) {
			n, err := tx.RecordTold(in.ID, ledger.Told{
				PeriodID: in.Body.YearID, ObligationIDs: in.Body.ObligationIDs, How: in.Body.How, On: in.Body.On, Note: in.Body.Note,
			})
			return ToldCount{n}, err
		})
}

func linkView(l delivery.Link) Link {
	out := Link{Message: messageView(l.Dispatched), Name: l.Name, URL: l.URL}
	out.Subject, out.Text = l.Subject, l.Text
	return out
}
