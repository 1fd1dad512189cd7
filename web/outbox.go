package web

import (
	"net/http"
	"net/url"

	"payung/channel"
	"payung/ledger"
	"payung/notice"
)

// delivering adds the pages about messages that leave the house.
func (s *site) delivering(mux *http.ServeMux) {
	mux.HandleFunc("GET /outbox", s.page(s.outbox))
	mux.HandleFunc("GET /outbox.csv", s.page(s.outboxFile))
	mux.HandleFunc("GET /outbox/links", s.page(s.links))
	mux.HandleFunc("GET /outbox/links.csv", s.page(s.linksFile))
	mux.HandleFunc("POST /outbox/links/{id}/sent", s.page(s.linkSent))
	mux.HandleFunc("GET /outbox/{id}", s.page(s.message))
	mux.HandleFunc("POST /outbox/{id}/resend", s.page(s.resend))
	mux.HandleFunc("POST /bad-addresses/{id}/clear", s.page(s.clearAddress))
	mux.HandleFunc("GET /obligations/{id}/told", s.page(s.told))
	mux.HandleFunc("POST /obligations/{id}/told", s.page(s.recordTold))
	mux.HandleFunc("GET /obligations/{id}/told.csv", s.page(s.toldFile))
	mux.HandleFunc("GET /settings/channels", s.page(s.channels))
	mux.HandleFunc("GET /settings/channels.csv", s.page(s.channelsFile))
	mux.HandleFunc("GET /settings/channels/{party}/{kind}", s.page(s.channel))
	mux.HandleFunc("POST /settings/channels/{party}/{kind}", s.page(s.saveChannel))
	mux.HandleFunc("POST /settings/channels/{party}/{kind}/test", s.page(s.testChannel))
}

// outboxSize is how many messages a page shows.
const outboxSize = 50

// outboxView is what went out or waits, the newest first.
type outboxView struct {
	frame
	Messages []ledger.Dispatched
	Filter   ledger.OutboxFilter
	States   []string
	Channels []string
	Waiting  int64 // to be sent by hand
	Post     string
	Title    string // of the agreement asked about
	Older    string
	File     string
	Told     string
}

// outboxStates are what the outbox can be narrowed to.
func outboxStates() []string { return append([]string{ledger.DeadLetters}, ledger.MessageStates()...) }

// outboxChannels are the channels of messages.
func outboxChannels() []string { return append([]string{ledger.ChannelInbox}, channel.Kinds()...) }

func outboxFilter(q url.Values) ledger.OutboxFilter {
	return ledger.OutboxFilter{State: q.Get("state"), Channel: q.Get("channel"), AgreementID: q.Get("agreement"), PostID: q.Get("post"), Before: q.Get("before")}
}

func (s *site) outbox(v *visit) error {
	view := outboxView{Filter: outboxFilter(v.r.URL.Query()), States: outboxStates(), Channels: outboxChannels(), Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Messages, err = tx.Outbox(view.Filter, outboxSize+1); err != nil {
			return err
		}
		if view.Filter.PostID != "" {
			p, err := tx.Post(view.Filter.PostID)
			if err != nil {
				return err
			}
			view.Post = p.Title
		}
		if view.Filter.AgreementID != "" {
			a, err := tx.Agreement(view.Filter.AgreementID)
			if err != nil {
				return err
			}
			view.Title = a.Title
		}
		view.Waiting, err = tx.CountLinks()
		return err
	})
	if err != nil {
		return err
	}
	if len(view.Messages) > outboxSize {
		view.Messages = view.Messages[:outboxSize]
		view.Older = v.link(url.Values{"before": {view.Messages[outboxSize-1].ID}, "done": {""}})
	}
	if v.frame.Title, err = v.words.say("outbox.title"); err != nil {
		return err
	}
	v.frame.Nav = "inbox"
	view.frame, view.File = v.frame, "/outbox.csv"
	if q := v.r.URL.Query(); len(q) > 0 {
		q.Del("before")
		view.File += "?" + q.Encode()
	}
	return v.show(http.StatusOK, "outbox.html", view)
}

func (s *site) outboxFile(v *visit) error {
	var list []ledger.Dispatched
	err := v.read(func(tx *ledger.Tx) (err error) {
		list, err = tx.Outbox(outboxFilter(v.r.URL.Query()), fileLimit)
		return err
	})
	if err != nil {
		return err
	}
	return v.messagesFile(list, "kotak-keluar")
}

// messagesFile is a list of messages as a file.
func (v *visit) messagesFile(list []ledger.Dispatched, name string) error {
	f, err := v.file("when", "to", "unit", "channel", "state", "items", "sent_on", "delivered", "read", "attempts", "price", "why", "subject")
	if err != nil {
		return err
	}
	clock := func(at int64, zone string) string {
		if at == 0 {
			return ""
		}
		return v.clock(at, zone)
	}
	for _, m := range list {
		by, err := v.words.say("channel." + m.Channel)
		if err != nil {
			return err
		}
		state, err := v.words.say("message." + m.State)
		if err != nil {
			return err
		}
		f.add(v.clock(m.CreatedAt, m.Zone), m.PostTitle, m.UnitName, by, state, m.Items, clock(m.SentAt, m.Zone), clock(m.DeliveredAt, m.Zone),
			clock(m.ReadAt, m.Zone), m.Attempts, m.Price, v.words.problem(m.Problem), m.Subject)
	}
	return f.send(name, "")
}

// problem says why a message waits or failed.
func (w words) problem(code string) string {
	if code == "" {
		return ""
	}
	return w.named("problem.message.", code)
}

// messageView is one message with all that is known of it.
type messageView struct {
	frame
	Message    ledger.Dispatched
	Resendable bool
	Dead       bool
	Form       form
	Told       string
}

func (s *site) message(v *visit) error { return v.messaging(http.StatusOK, begin()) }

func (v *visit) messaging(status int, f form) error {
	view := messageView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		view.Message, err = tx.Dispatched(v.r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	switch view.Message.State {
	case ledger.MessageFailed, ledger.MessageBounced, ledger.MessageUnknown:
		view.Dead, view.Resendable = true, true
	case ledger.MessageQueued:
		view.Resendable = view.Message.Channel != ledger.ChannelLink
	}
	if v.frame.Title, err = v.words.say("message.title", "who", view.Message.PostTitle); err != nil {
		return err
	}
	v.frame.Nav = "inbox"
	v.returned("/outbox/" + url.PathEscape(view.Message.ID))
	view.frame = v.frame
	return v.show(status, "message.html", view)
}

// resend sends a message again and goes back to it.
func (s *site) resend(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.Resend(id)
		return err
	})
	if err == nil {
		return v.done("/outbox/"+url.PathEscape(id), "resent")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.messaging(http.StatusConflict, f)
}

// clearAddress lets an address be used again and goes back to its post.
func (s *site) clearAddress(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	if err := v.write(func(tx *ledger.Tx) error { return tx.ClearBadAddress(v.r.PathValue("id")) }); err != nil {
		return err
	}
	return v.done("/posts/"+url.PathEscape(f.Value("post")), "address_cleared")
}

// stateShape is the shape of a message's state.
func stateShape(state string) string {
	switch state {
	case ledger.MessageSent, ledger.MessageDelivered, ledger.MessageRead:
		return "ok"
	case ledger.MessageFailed, ledger.MessageBounced:
		return "late"
	case ledger.MessageUnknown, ledger.MessageSending:
		return "warn"
	}
	return "idle"
}

// aboutItem and deadlineOf are what the inbox says of an entry, in the words of
// the messages.
func (w words) aboutItem(i notice.Item) string  { return notice.About(w.lang, i) }
func (w words) deadlineOf(i notice.Item) string { return notice.Deadline(w.lang, i) }
