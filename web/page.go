package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"net/http"
	"net/url"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
)

// visit is one request for a page: who asks, in which language, about which
// day.
type visit struct {
	*site
	w     http.ResponseWriter
	r     *http.Request
	words words
	actor ledger.Actor
	frame frame
}

// frame is what every page shows around its content.
type frame struct {
	Lang    calendar.Lang
	Title   string
	Nav     string // which entry of the menu is current; "": none
	Sample  bool
	Doubt   ledger.Doubt // about the clock: nothing is sent
	Version string
	CSS     string
	Icon    string
	AsOf    asOfForm
	Here    string // this page in the other language
	Public  bool   // for anybody: without the ways to other pages
}

// asOfForm is the form that asks for the state of a day.
type asOfForm struct {
	Show  bool
	Path  string
	Value string
	Max   calendar.Day
	Error string
	Keep  map[string]string // other parameters of the page
}

// page wraps a page's function: language, actor, errors as pages.
func (s *site) page(show func(*visit) error) http.HandlerFunc {
	return s.answer(func(v *visit) (err error) {
		if v.actor, err = s.actor(v.r); err != nil {
			return err
		}
		return show(v)
	})
}

// public wraps a page that anybody may see who knows its address: nobody is
// asked who they are, and nothing of it is to be found by a search engine.
func (s *site) public(show func(*visit) error) http.HandlerFunc {
	return s.answer(func(v *visit) error {
		v.frame.Public = true
		v.w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		return show(v)
	})
}

// answer runs a page's function in the visitor's language and answers with its
// error, if it has one.
func (s *site) answer(show func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		lang := language(r)
		remember(w, r, lang)
		v := &visit{site: s, w: w, r: r, words: s.pages[lang].words}
		v.frame = frame{Lang: lang, Version: s.version, CSS: s.static.names["app.css"], Icon: s.static.names["icon.svg"], Here: v.link(url.Values{"lang": {string(other(lang))}})}
		if err := show(v); err != nil {
			v.problem(r.Context(), err)
		}
	}
}

func other(l calendar.Lang) calendar.Lang {
	if l == calendar.EN {
		return calendar.ID
	}
	return calendar.EN
}

// link is this page with some parameters changed; an empty value takes one
// away.
func (v *visit) link(change url.Values) string {
	q := v.r.URL.Query()
	for k, values := range change {
		q[k] = values
		if len(values) == 0 || values[0] == "" {
			q.Del(k)
		}
	}
	if len(q) == 0 {
		return v.r.URL.Path
	}
	return v.r.URL.Path + "?" + q.Encode()
}

// read runs one read of the ledger; the sample mark is read with it.
func (v *visit) read(fn func(*ledger.Tx) error) error {
	return v.ledger.Read(v.r.Context(), v.actor, func(tx *ledger.Tx) error {
		settings, err := tx.Settings()
		if err != nil {
			return err
		}
		v.frame.Sample = settings.Sample
		if v.frame.Doubt, err = tx.Doubt(); err != nil {
			return err
		}
		return fn(tx)
	})
}

// askDay reads the day the visitor asks about into the page's form.
func (v *visit) askDay(tx *ledger.Tx, keep ...string) (calendar.Day, error) {
	v.frame.AsOf = asOfForm{Show: true, Path: v.r.URL.Path, Value: v.r.URL.Query().Get("as_of"), Max: calendar.WIT.DayOf(tx.Now()), Keep: map[string]string{}}
	for _, k := range keep {
		if s := v.r.URL.Query().Get(k); s != "" {
			v.frame.AsOf.Keep[k] = s
		}
	}
	return tx.AsOf(v.frame.AsOf.Value)
}

// show renders a page of the given name.
func (v *visit) show(status int, name string, view any) error {
	body, err := v.pages[v.frame.Lang].render(name, view)
	if err != nil {
		return err
	}
	return v.send(status, "text/html; charset=utf-8", body)
}

// send answers with a body, compressed where the browser takes it. Nothing of
// a Pemda's is kept on a shared machine.
func (v *visit) send(status int, kind string, body []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "private, no-store")
	h.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
	if acceptsGzip(v.r) {
		zipped, err := zip(body, gzip.BestSpeed)
		if err != nil {
			return err
		}
		h.Set("Content-Encoding", "gzip")
		body = zipped
	}
	v.w.WriteHeader(status)
	_, _ = bytes.NewReader(body).WriteTo(v.w) // the browser has gone: nobody to tell
	return nil
}

// problemView is a page that says what went wrong and what to do.
type problemView struct {
	frame
	Kind  string // not_found, forbidden, unavailable, bad_day, failed
	Again string // where to try again
}

// problem answers with an error as a page. What has no sentence for people is
// logged and stays inside.
func (v *visit) problem(ctx context.Context, err error) {
	view := problemView{frame: v.frame, Kind: "failed", Again: v.link(nil)}
	status := http.StatusInternalServerError
	f, known := fault.Of(err)
	switch {
	case known && f.Field == "as_of":
		view.Kind, status = "bad_day", http.StatusUnprocessableEntity
		view.AsOf.Error, err = v.words.say("error." + f.Code)
	case known && f.Kind == fault.NotFound:
		view.Kind, status = "not_found", http.StatusNotFound
	case known && f.Kind == fault.Forbidden:
		view.Kind, status = "forbidden", http.StatusForbidden
	case known && f.Kind == fault.Unavailable:
		view.Kind, status = "unavailable", http.StatusServiceUnavailable
		v.w.Header().Set("Retry-After", "5")
	}
	if status >= http.StatusInternalServerError {
		v.log.ErrorContext(ctx, "page failed", "path", v.r.URL.Path, "error", err)
	}
	title, titleErr := v.words.say("problem." + view.Kind)
	view.Title = title
	if err := errors.Join(titleErr, v.show(status, "problem.html", view)); err != nil {
		v.log.ErrorContext(ctx, "error page failed", "error", err)
		http.Error(v.w, http.StatusText(status), status)
	}
}

// nothing answers for an address without a page.
func (s *site) nothing(*visit) error {
	return fault.New(fault.NotFound, "not_found", "there is no such page")
}
