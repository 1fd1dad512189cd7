package login_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/deploy/standalone/embedded/login"
)

const host = "127.0.0.1:8233"

// clock can be set.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func newGate() (*login.Gate, *clock) {
	c := &clock{time.Date(2026, time.June, 1, 8, 0, 0, 0, time.UTC)}
	next := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	return login.NewGate(host, next, c.now), c
}

func ask(g http.Handler, method, address string, change func(*http.Request)) *http.Response {
	r := httptest.NewRequest(method, address, http.NoBody)
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	return w.Result()
}

// signIn returns the cookie of a session.
func signIn(t *testing.T, g *login.Gate) *http.Cookie {
	t.Helper()
	response := ask(g, http.MethodGet, g.URL(), nil)
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	require.Equal(t, "/", response.Header.Get("Location"))
	require.Len(t, response.Cookies(), 1)
	return response.Cookies()[0]
}

func TestTheSessionStaysWithTheBrowserAndTheSite(t *testing.T) {
	t.Parallel()
	g, _ := newGate()

	cookie := signIn(t, g)
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, cookie.SameSite)
	require.Empty(t, cookie.Domain)
	require.Equal(t, http.StatusNoContent, visit(g, cookie))
}

func TestACodeWorksOnce(t *testing.T) {
	t.Parallel()
	g, _ := newGate()
	address := g.URL()

	require.Equal(t, http.StatusSeeOther, ask(g, http.MethodGet, address, nil).StatusCode)
	require.Equal(t, http.StatusUnauthorized, ask(g, http.MethodGet, address, nil).StatusCode)
}

func TestANewCodeVoidsTheOneBefore(t *testing.T) {
	t.Parallel()
	g, _ := newGate()
	before := g.URL()

	require.NotEqual(t, before, g.URL())
	require.Equal(t, http.StatusUnauthorized, ask(g, http.MethodGet, before, nil).StatusCode)
}

func TestNoCodeIsNotACode(t *testing.T) {
	t.Parallel()
	g, _ := newGate()

	for _, address := range []string{"http://" + host + "/login", "http://" + host + "/login?code=", "http://" + host + "/login?code=x"} {
		require.Equal(t, http.StatusUnauthorized, ask(g, http.MethodGet, address, nil).StatusCode, address)
	}
	require.Equal(t, http.StatusUnauthorized, visit(g, &http.Cookie{Name: "payung_temporal_ui"}), "an empty session")
}

func TestLookingAheadDoesNotUseTheCodeUp(t *testing.T) {
	t.Parallel()
	g, _ := newGate()
	address := g.URL()

	ahead := ask(g, http.MethodGet, address, func(r *http.Request) { r.Header.Set("Sec-Purpose", "prefetch;prerender") })
	require.Equal(t, http.StatusMethodNotAllowed, ahead.StatusCode)
	require.Equal(t, http.StatusMethodNotAllowed, ask(g, http.MethodHead, address, nil).StatusCode)
	require.Equal(t, http.StatusSeeOther, ask(g, http.MethodGet, address, nil).StatusCode)
}

func TestASessionEnds(t *testing.T) {
	t.Parallel()

	t.Run("with its time", func(t *testing.T) {
		t.Parallel()
		g, c := newGate()
		cookie := signIn(t, g)
		c.Time = c.Add(login.Lifetime - time.Second)
		require.Equal(t, http.StatusNoContent, visit(g, cookie))
		c.Time = c.Add(time.Second)
		require.Equal(t, http.StatusUnauthorized, visit(g, cookie))
	})
	t.Run("with the next sign-in", func(t *testing.T) {
		t.Parallel()
		g, _ := newGate()
		before, after := signIn(t, g), signIn(t, g)
		require.Equal(t, http.StatusUnauthorized, visit(g, before))
		require.Equal(t, http.StatusNoContent, visit(g, after))
	})
}

// TestOtherNamesAreNotServed since a web page can give its own name the address
// of this machine.
func TestOtherNamesAreNotServed(t *testing.T) {
	t.Parallel()
	g, _ := newGate()
	cookie := signIn(t, g)

	for _, name := range []string{"rebound.example:8233", "localhost:8233", "127.0.0.1:80", "127.0.0.1", ""} {
		code := ask(g, http.MethodGet, "/", func(r *http.Request) { r.Host = name; r.AddCookie(cookie) }).StatusCode
		require.Equal(t, http.StatusMisdirectedRequest, code, name)
		address := strings.Replace(g.URL(), host, "x", 1)
		code = ask(g, http.MethodGet, address, func(r *http.Request) { r.Host = name }).StatusCode
		require.Equal(t, http.StatusMisdirectedRequest, code, name)
	}
}

// TestAnotherPortCannotAct though its pages count as the same site.
func TestAnotherPortCannotAct(t *testing.T) {
	t.Parallel()
	g, _ := newGate()
	cookie := signIn(t, g)

	for origin, want := range map[string]int{
		"http://" + host:        http.StatusNoContent,
		"http://127.0.0.1:9999": http.StatusForbidden,
		"https://web.example":   http.StatusForbidden,
	} {
		code := ask(g, http.MethodPost, "http://"+host+"/api/v1/x", func(r *http.Request) {
			r.Header.Set("Origin", origin)
			r.AddCookie(cookie)
		}).StatusCode
		require.Equal(t, want, code, origin)
	}
}

func visit(g http.Handler, cookie *http.Cookie) int {
	return ask(g, http.MethodGet, "http://"+host+"/", func(r *http.Request) { r.AddCookie(cookie) }).StatusCode
}
