package web

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"payung/domain/fault"
	"payung/ledger"
)

// verificationView is what anybody may know of a letter whose code they have.
type verificationView struct {
	frame
	Letter ledger.Confirmed
	Found  bool
	Code   string // as it was typed
	Often  bool   // somebody asks too often
}

// verify goes to the page of a code that somebody typed.
func (s *site) verify(v *visit) error {
	if code := strings.TrimSpace(v.r.URL.Query().Get("code")); code != "" {
		http.Redirect(v.w, v.r, "/v/"+url.PathEscape(code), http.StatusSeeOther)
		return nil
	}
	return v.confirmed(http.StatusOK, verificationView{})
}

// verification says whether a letter is real, by the code that stands on it.
func (s *site) verification(v *visit) error {
	view := verificationView{Code: v.r.PathValue("code")}
	if !v.turnstile.pass(address(v.r), time.Now()) {
		view.Often = true
		v.w.Header().Set("Retry-After", "60")
		return v.confirmed(http.StatusTooManyRequests, view)
	}
	l, err := v.ledger.Confirm(v.r.Context(), view.Code)
	if fault.Is(err, "not_found") {
		return v.confirmed(http.StatusNotFound, view)
	}
	if err != nil {
		return err
	}
	view.Letter, view.Found, v.frame.Sample = l, true, l.Sample
	return v.confirmed(http.StatusOK, view)
}

func (v *visit) confirmed(status int, view verificationView) (err error) {
	if v.frame.Title, err = v.words.say("verify.title"); err != nil {
		return err
	}
	view.frame = v.frame
	return v.show(status, "verification.html", view)
}

// asksAMinute is how often one address may ask about codes, and addressesKnown
// how many addresses are counted at the same time. Codes cannot be guessed; this
// spares the ledger.
const (
	asksAMinute    = 60
	addressesKnown = 10_000
)

// turnstile counts how often an address asks in a minute.
type turnstile struct {
	mu     sync.Mutex
	minute int64
	asked  map[string]int
}

// pass reports whether an address may ask once more. When too many addresses
// ask in one minute, new ones wait for the next.
func (t *turnstile) pass(address string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if minute := now.Unix() / 60; minute != t.minute {
		t.minute, t.asked = minute, map[string]int{}
	}
	if t.asked[address] == 0 && len(t.asked) >= addressesKnown {
		return false
	}
	t.asked[address]++
	return t.asked[address] <= asksAMinute
}
