// Package login keeps a web interface on loopback to the one person who started
// it. Other users of the machine can reach the port, and so can every web page
// the person has open; what they lack is the one-time code.
//
// What remains: browsers send a cookie to every port of an address. Who gets the
// person, while signed in, to open another port of this machine that is not
// theirs reads the session there. It ends after [Lifetime], with the process, or
// with the next sign-in.
package login

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	// Path is where the code is exchanged for the session.
	Path = "/login"
	// Lifetime is how long a session lasts.
	Lifetime = 8 * time.Hour

	cookieName = "payung_temporal_ui"
)

// Gate passes requests on once the browser has a session, and answers 401
// otherwise. There is at most one session, and at most one unused code.
type Gate struct {
	host string
	next http.Handler
	now  func() time.Time

	mu      sync.Mutex
	code    string
	session string
	until   time.Time
}

// NewGate guards next, which is served at host, an address with its port. now
// tells the time.
func NewGate(host string, next http.Handler, now func() time.Time) *Gate {
	// Same-site is not same-origin: another port of this machine is refused here.
	return &Gate{host: host, next: http.NewCrossOriginProtection().Handler(next), now: now}
}

// URL returns an address with a new one-time code and voids the code before it.
func (g *Gate) URL() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.code = rand.Text()
	query := url.Values{"code": {g.code}}
	return (&url.URL{Scheme: "http", Host: g.host, Path: Path, RawQuery: query.Encode()}).String()
}

// ServeHTTP refuses every host but its own, since a name that resolves to
// loopback would give any web page the run of the interface.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Host != g.host:
		http.Error(w, "This address is not served here.", http.StatusMisdirectedRequest)
	case r.URL.Path == Path:
		g.signIn(w, r)
	case !g.signedIn(r):
		http.Error(w, "Open the address that the server printed.", http.StatusUnauthorized)
	default:
		g.next.ServeHTTP(w, r)
	}
}

// signIn exchanges the code. A browser that only looks ahead does not use it up.
func (g *Gate) signIn(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	if r.Method != http.MethodGet || r.Header.Get("Sec-Purpose") != "" {
		http.Error(w, "Open the address in a browser.", http.StatusMethodNotAllowed)
		return
	}
	session, ok := g.exchange(r.URL.Query().Get("code"))
	if !ok {
		http.Error(w, "This code was used before, or replaced by a newer one.", http.StatusUnauthorized)
		return
	}
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // not Secure: it crosses loopback only, without TLS
		Name: cookieName, Value: session, Path: "/", MaxAge: int(Lifetime.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (g *Gate) exchange(code string) (session string, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.code == "" || !equal(code, g.code) {
		return "", false
	}
	g.code, g.session, g.until = "", rand.Text(), g.now().Add(Lifetime)
	return g.session, true
}

func (g *Gate) signedIn(r *http.Request) bool {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.session != "" && g.now().Before(g.until) && equal(cookie.Value, g.session)
}

// equal takes the same time whatever it is given.
func equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
