package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/ics"
	"payung/ledger"
	"payung/models"
)

// calendarsView is the calendars people have subscribed to.
type calendarsView struct {
	frame
	Feeds      []ledger.FeedView
	Agreements []models.Agreement
	Kind       string // of what a new one is asked for
	Subject    string // the post or unit it is asked for; "": an agreement is chosen
	Secret     string // address of the one just made, said once
	Form       form
	Told       string
	Older      string
}

// calendarsAtOnce is how many calendars a page shows.
const calendarsAtOnce = 200

func (s *site) calendars(v *visit) error {
	q := v.r.URL.Query()
	return v.subscribing(http.StatusOK, begin("kind", cmp.Or(q.Get("kind"), ledger.FeedAgreement), "subject_id", q.Get("subject"), "language", "id"))
}

func (v *visit) subscribing(status int, f form) error {
	view := calendarsView{Form: f, Told: v.told(), Secret: v.secretOnce()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		view.Feeds, err = tx.Feeds(ledger.FeedFilter{}, ledger.Page{After: v.r.URL.Query().Get("after"), Size: calendarsAtOnce + 1})
		if err != nil {
			return err
		}
		if view.Agreements, err = tx.Agreements(ledger.Page{Size: 500}); err != nil {
			return err
		}
		if view.Kind = f.Value("kind"); view.Kind != ledger.FeedAgreement && f.Value("subject_id") != "" {
			view.Subject, err = tx.FeedSubject(view.Kind, f.Value("subject_id"))
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(view.Feeds) > calendarsAtOnce {
		view.Feeds = view.Feeds[:calendarsAtOnce]
		view.Older = v.link(url.Values{"after": {view.Feeds[calendarsAtOnce-1].ID}, "done": {""}})
	}
	if v.frame.Title, err = v.words.say("calendars.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	v.returned("/settings/calendars")
	view.frame = v.frame
	return v.show(status, "calendars.html", view)
}

// feedCookie hands the address of a new calendar to the page that says it.
const feedCookie = "feed"

func (s *site) createCalendar(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var token string
	err = v.write(func(tx *ledger.Tx) (err error) {
		_, token, err = tx.CreateFeed(ledger.FeedInput{
			Kind: f.text("kind"), SubjectID: f.text("subject_id"), Language: f.text("language"), Label: f.text("label"),
		})
		return err
	})
	if err == nil {
		v.keepSecret(token, 60)
		return v.done("/settings/calendars", "calendar_made")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.subscribing(http.StatusUnprocessableEntity, f)
}

// keepSecret lets the visitor's own browser carry the address of a new calendar
// to the next page, for so many seconds.
func (v *visit) keepSecret(token string, seconds int) {
	http.SetCookie(v.w, &http.Cookie{ //nolint:gosec // Secure wherever there is TLS
		Name: feedCookie, Value: token, Path: "/settings/calendars", MaxAge: seconds, HttpOnly: true, Secure: v.r.TLS != nil, SameSite: http.SameSiteStrictMode,
	})
}

// secretOnce is the address of a calendar that was just made; asked again it is
// gone.
func (v *visit) secretOnce() string {
	c, err := v.r.Cookie(feedCookie)
	if err != nil || len(c.Value) != 26 || strings.Trim(c.Value, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		return ""
	}
	v.keepSecret("", -1)
	return v.origin() + "/ics/" + c.Value + ".ics"
}

func (s *site) revokeCalendar(v *visit) error {
	if err := v.write(func(tx *ledger.Tx) error { return tx.RevokeFeed(v.r.PathValue("id")) }); err != nil {
		return err
	}
	return v.done("/settings/calendars", "calendar_revoked")
}

// calendarsFile is the calendars as a file, without their addresses.
func (s *site) calendarsFile(v *visit) error {
	var rows []ledger.FeedView
	err := v.read(func(tx *ledger.Tx) (err error) {
		rows, err = tx.Feeds(ledger.FeedFilter{}, ledger.Page{Size: 10_000})
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("feed_kind", "feed_subject", "party", "feed_label", "feed_by", "feed_at", "feed_revoked")
	if err != nil {
		return err
	}
	for _, r := range rows {
		revoked := ""
		if r.RevokedAt > 0 {
			revoked = isoTime(r.RevokedAt)
		}
		f.add(v.words.text["calendar."+r.Kind], r.Subject, r.Party, r.Label, r.Actor, isoTime(r.CreatedAt), revoked)
	}
	return f.send("kalender", "")
}

// ics answers a program that reads a calendar. Nobody is asked who they are:
// whoever has the address may read it, and nothing in it is about people.
func (s *site) ics(v *visit) error {
	h := v.w.Header()
	h.Set("X-Robots-Tag", "noindex, nofollow")
	token, ok := strings.CutSuffix(v.r.PathValue("file"), ".ics")
	if !ok {
		return s.nothing(v)
	}
	c, err := s.ledger.OpenFeed(v.r.Context(), token)
	if err != nil {
		return err
	}
	said, err := s.pages[calendar.Lang(c.Feed.Language)].words.calendar(c, v.origin())
	if err != nil {
		return err
	}
	body, err := said.Bytes()
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	h.Set("ETag", tag)
	h.Set("Last-Modified", c.Changed.UTC().Format(http.TimeFormat))
	h.Set("Cache-Control", "private, max-age=900")
	if unchanged(v.r, tag, c.Changed) {
		v.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="payung.ics"`)
	_, _ = v.w.Write(body) // the program has gone: nobody to tell
	return nil
}

// unchanged reports whether what was read before is what there is. A tag counts
// before a date, because texts may change without a deadline.
func unchanged(r *http.Request, tag string, changed time.Time) bool {
	if had := r.Header.Get("If-None-Match"); had != "" {
		for one := range strings.SplitSeq(had, ",") {
			if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == tag || one == "*" {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !changed.Truncate(time.Second).After(since)
}

// calendar is a calendar in words.
func (w words) calendar(c ledger.FeedContent, origin string) (ics.Calendar, error) {
	name, err := w.say("ics.name", "subject", c.Subject)
	if err != nil {
		return ics.Calendar{}, err
	}
	about, err := w.say("ics.about", "subject", c.Subject, "party", c.Party)
	if err != nil {
		return ics.Calendar{}, err
	}
	if c.Sample {
		name, about = w.text["ics.sample"]+" "+name, w.text["frame.sample"]+" "+about
	}
	out := ics.Calendar{Name: name, Description: about, Language: w.lang, Zone: c.Zone}
	for _, e := range c.Events {
		event, err := w.event(c, e, origin)
		if err != nil {
			return out, err
		}
		out.Events = append(out.Events, event)
	}
	return out, nil
}

// event is one deadline in words.
func (w words) event(c ledger.FeedContent, e ledger.FeedEvent, origin string) (ics.Event, error) {
	duty, err := w.duty(e.Kind, e.Group, e.Year)
	if err != nil {
		return ics.Event{}, err
	}
	whose := e.Unit
	if e.Units != 1 || whose == "" {
		if whose, err = w.say("count.units", "n", e.Units); err != nil {
			return ics.Event{}, err
		}
	}
	key := "ics.target"
	switch {
	case e.Units == 0:
		key = "ics.moved"
	case e.Last:
		key = "ics.last"
	}
	summary, err := w.say(key, "duty", duty, "who", whose)
	if err != nil {
		return ics.Event{}, err
	}
	if c.Sample {
		summary = w.text["ics.sample"] + " " + summary
	}
	lines := []string{c.Party}
	for _, also := range []struct {
		is  bool
		key string
	}{{e.Over, "ics.over"}, {e.Paused && !e.Over, "ics.paused"}, {e.Asked != "" && !e.Over, "ics.asked"}} {
		if also.is {
			said, err := w.say(also.key, "date", e.Asked.Long(w.lang))
			if err != nil {
				return ics.Event{}, err
			}
			lines = append(lines, said)
		}
	}
	out := ics.Event{
		UID: e.Key + "@payung", Sequence: e.Sequence, On: e.On, Summary: summary, Description: strings.Join(lines, "\n"), URL: origin + e.Path,
		Category: w.text["ics.category"], Cancelled: e.Over, Created: e.Created, Changed: e.Changed,
	}
	for _, days := range []int{7, 1} {
		said, err := w.say("ics.alarm", "n", days, "what", summary)
		if err != nil {
			return out, err
		}
		out.Alarms = append(out.Alarms, ics.Alarm{Days: days, Text: said})
	}
	return out, nil
}
