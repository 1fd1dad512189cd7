package web

import (
	"net/http"
	"net/url"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/notice"
)

// inboxSize is how many messages a page shows.
const inboxSize = 50

// inboxView is the inbox: what was written to whom, newest first.
type inboxView struct {
	frame
	Messages []ledger.InboxEntry
	Places   []place
	Post     string
	Unread   bool
	Older    string // the next page; "": none
	File     string
	Back     string // the query marking returns to
}

// place is the recipients of a kecamatan, or those of a party that are in none.
type place struct {
	Name  string
	Posts []ledger.Recipient
}

// places puts recipients that follow one another into their places.
func places(posts []ledger.Recipient) []place {
	var out []place
	for i, p := range posts {
		if i == 0 || p.PartyName != posts[i-1].PartyName || p.Kecamatan != posts[i-1].Kecamatan {
			name := p.PartyName
			if p.Kecamatan != "" {
				name = p.Kecamatan + ", " + p.PartyName
			}
			out = append(out, place{Name: name})
		}
		last := &out[len(out)-1]
		last.Posts = append(last.Posts, p)
	}
	return out
}

func (v *visit) messages(limit int) (list []ledger.InboxEntry, posts []ledger.Recipient, err error) {
	q := v.r.URL.Query()
	err = v.read(func(tx *ledger.Tx) error {
		f := ledger.InboxFilter{PostID: q.Get("post"), Unread: q.Get("unread") == "1", Before: q.Get("before")}
		if list, err = tx.Inbox(f, limit); err != nil {
			return err
		}
		posts, err = tx.Recipients()
		return err
	})
	return list, posts, err
}

// inbox shows the newest notices, for one post or all.
func (s *site) inbox(v *visit) error {
	q := v.r.URL.Query()
	view := inboxView{Post: q.Get("post"), Unread: q.Get("unread") == "1"}
	list, posts, err := v.messages(inboxSize + 1)
	if err != nil {
		return err
	}
	view.Messages, view.Places = list, places(posts)
	if len(view.Messages) > inboxSize {
		view.Messages = view.Messages[:inboxSize]
		view.Older = v.link(url.Values{"before": {view.Messages[inboxSize-1].ID}})
	}
	if v.frame.Title, err = v.words.say("inbox.title"); err != nil {
		return err
	}
	v.frame.Nav = "inbox"
	view.frame, view.Back = v.frame, v.r.URL.RawQuery
	view.File = "/inbox.csv?" + url.Values{"post": {view.Post}}.Encode()
	return v.show(http.StatusOK, "inbox.html", view)
}

// formLimit is how many bytes a form may have; these hold a few short fields.
const formLimit = 16 << 10

// markRead marks one message as read and goes back to the list it was in.
func (s *site) markRead(v *visit) error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, formLimit)
	err := v.ledger.Write(v.r.Context(), v.actor, func(tx *ledger.Tx) error { return tx.MarkRead(v.r.PathValue("id")) })
	if err != nil {
		return err
	}
	to := "/inbox"
	if back, err := url.ParseQuery(v.r.PostFormValue("back")); err == nil && len(back) > 0 {
		to += "?" + back.Encode()
	}
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// fileLimit bounds a file of messages; the newest come first.
const fileLimit = 10_000

// inboxFile is the inbox as a file.
func (s *site) inboxFile(v *visit) error {
	list, _, err := v.messages(fileLimit)
	if err != nil {
		return err
	}
	f, err := v.file("when", "to", "tone", "duty", "unit", "kecamatan", "target", "title", "read")
	if err != nil {
		return err
	}
	for _, m := range list {
		tone, err := v.words.say("tone." + m.Tone)
		if err != nil {
			return err
		}
		item := m.Item()
		read := ""
		if m.ReadAt > 0 {
			read = v.clock(m.ReadAt, m.Zone)
		}
		f.add(v.clock(m.CreatedAt, m.Zone), m.PostTitle, tone, notice.About(v.words.lang, item), m.UnitName, m.Kecamatan, calendar.Day(m.TargetOn), m.Title, read)
	}
	return f.send("kotak-masuk", "")
}
