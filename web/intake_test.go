package web_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/api"
	"payung/domain/nik"
	"payung/intake"
	"payung/ledger"
	"payung/models"
	"payung/web"
)

// counter is an office that waits for the lists of a year.
type counter struct {
	*office
	agreement models.Agreement
	duties    []models.Obligation
	units     []models.Unit
	actor     ledger.Actor // who asks
}

// counting opens an office whose 2027 lists are asked of some villages.
func counting(t *testing.T, villages int) *counter {
	t.Helper()
	c := &counter{office: open(t), actor: ledger.Operator()}
	c.agreement, c.units = c.kabupaten("PKS 2026", villages)
	c.openYear(c.agreement, "2026-12-15")
	for _, u := range c.units {
		for _, o := range c.rosters(c.agreement) {
			if o.UnitID == u.ID {
				c.duties = append(c.duties, o)
			}
		}
	}
	require.Len(t, c.duties, villages)
	var err error
	c.site, err = web.New(web.Options{
		Ledger: c.Ledger, Log: slog.New(slog.DiscardHandler), Version: "test", Sentence: api.Sentence,
		Intake: intake.New(c.Ledger, func(context.Context, string) error { return nil }),
		Actor:  func(*http.Request) (ledger.Actor, error) { return c.actor, nil },
	})
	require.NoError(t, err)
	return c
}

// drop sends files and fields in a form as a browser does: names of files begin
// with "@".
func (c *counter) drop(path string, parts ...[2]string) (*http.Response, string) {
	c.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, p := range parts {
		name, isFile := strings.CutPrefix(p[0], "@")
		if !isFile {
			require.NoError(c.t, w.WriteField(p[0], p[1]))
			continue
		}
		part, err := w.CreateFormFile("file", name)
		require.NoError(c.t, err)
		_, err = part.Write([]byte(p[1]))
		require.NoError(c.t, err)
	}
	require.NoError(c.t, w.Close())
	r := httptest.NewRequestWithContext(c.t.Context(), http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return c.ask(r)
}

// post sends a form whose fields may come more than once.
func (c *counter) post(path string, pairs ...string) (*http.Response, string) {
	c.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return c.send(path, form)
}

// sent posts a form that must be taken, and is told where to go on.
func (c *counter) sent(path string, pairs ...string) string {
	c.t.Helper()
	return c.went(c.post(path, pairs...))
}

// refused posts a form that must come back.
func (c *counter) refused(path string, pairs ...string) string {
	c.t.Helper()
	res, body := c.post(path, pairs...)
	require.Equal(c.t, http.StatusUnprocessableEntity, res.StatusCode, text(body))
	return body
}

// party is the field that says whom files are for.
func (c *counter) party() [2]string { return [2]string{"party", c.agreement.PemdaPartyID} }

// someone's NIK, which is nobody's.
func someone(n int) string { return nik.Synthetic(101, "1980-05-17", false, n).Reveal() }

// called is a different name for each number.
func called(n int) string {
	out := ""
	for n++; n > 0; n /= 20 {
		out += string("bcdfghjklmnprstvwyzq"[n%20]) + "a"
	}
	return "Wa " + out
}

// names is a village's list as many send it, of people from one number to
// another.
func names(title string, from, to int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s;;;\nNo;NIK;Nama;L/P\n", title)
	for n := from; n <= to; n++ {
		fmt.Fprintf(&out, "%d;%s;%s;L\n", n, someone(n), called(n))
	}
	return out.String()
}

// hand hands a list in for a village and is shown what was read.
func (c *counter) hand(village int, content string) (path, page string) {
	c.t.Helper()
	path = c.went(c.drop("/lists/"+c.duties[village].ID+"/file", [2]string{"@daftar.csv", content}))
	require.Regexp(c.t, `^/imports/`, path)
	return path, c.page(path)
}

// accepted hands a list in and accepts it.
func (c *counter) accepted(village int, content string) {
	c.t.Helper()
	path, _ := c.hand(village, content)
	require.Equal(c.t, path+"?done=accepted", c.sent(path+"/accept"))
}

// whole is a NIK of [someone] that nobody masked.
var whole = regexp.MustCompile(`990101\d{10}`)

// shows reads a page in both languages: it says something, and no NIK.
func (c *counter) shows(path string, said ...string) string {
	c.t.Helper()
	body := c.page(path)
	for _, s := range said {
		require.Contains(c.t, html.UnescapeString(text(body)), s, path)
	}
	require.Empty(c.t, whole.FindString(body), path)
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	english := c.page(path + sep + "lang=en")
	require.Contains(c.t, english, `<html lang="en">`)
	require.Empty(c.t, whole.FindString(english), path)
	return body
}
