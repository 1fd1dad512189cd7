package web_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/fixture"
	"payung/ledger"
)

// handIn sends the form with a file, as a browser does.
func (o *office) handIn(name, content string, fields ...string) (*http.Response, string) {
	o.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		require.NoError(o.t, w.WriteField(fields[i], fields[i+1]))
	}
	part, err := w.CreateFormFile("file", name)
	require.NoError(o.t, err)
	_, err = part.Write([]byte(content))
	require.NoError(o.t, err)
	require.NoError(o.t, w.Close())
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodPost, "/start", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return o.ask(r)
}

func (o *office) send(path string, fields url.Values) (*http.Response, string) {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodPost, path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.ask(r)
}

func csvOf(lines [][]string) string {
	var out strings.Builder
	for _, cells := range lines {
		out.WriteString(strings.Join(cells, ";") + "\n")
	}
	return out.String()
}

// went is where an answer sends the browser.
func (o *office) went(res *http.Response, body string) string {
	o.t.Helper()
	require.Equal(o.t, http.StatusSeeOther, res.StatusCode, body)
	return res.Header.Get("Location")
}

var hidden = regexp.MustCompile(`name="(q\d+\.(?:about|place|text))" value="([^"]*)"`)

func TestAnOfficerStartsFromARecapWithoutATerminal(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Contains(t, text(o.page("/start")), "Satu sore cukup untuk satu kabupaten", "an empty page says what comes next")
	require.Contains(t, o.page("/"), `href="/start"`)

	recap := fixture.Write("74.05", 1).Villages
	for line, code := range recap.Meant {
		if code == "74.05.02.2015" {
			recap.Lines[line-1][1] = "Lamoe" // Lamoeri or Lamoen?
		}
	}
	to := o.went(o.handIn("rekap desa.csv", csvOf(recap.Lines), "kind", "villages", "regency", "Kabupaten Konawe Selatan", "said_by", "DPMD", "on", "2026-06-30"))
	page := o.page(to)
	require.Contains(t, text(page), "dari 336 baris dikenali")
	require.Contains(t, text(page), "JUMLAH APARAT")
	require.Contains(t, page, `<option value="people" selected>`)

	questions := o.page(to + "/questions")
	asked := strings.Count(questions, "<fieldset")
	require.Positive(t, asked)
	require.LessOrEqual(t, asked, 40)
	require.Contains(t, text(questions), "Bukan salah satu dari daftar")

	// One answer is kept, the others stay.
	answer := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(questions, -1) {
		answer.Set(m[1], m[2])
	}
	require.Equal(t, to+"/questions", o.went(o.send(to+"/answers", with(answer, "q1.choice", "skip"))))
	require.Equal(t, asked-1, strings.Count(o.page(to+"/questions"), "<fieldset"))

	// Without any answer the page says so.
	res, body := o.send(to+"/answers", url.Values{"q0.about": {"name"}})
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, body, `role="alert"`)
	require.NotContains(t, body, to+"/answers?lang", "the other language shows a page that is there")

	// What is known is recorded; what waits comes later.
	require.Equal(t, to+"/result", o.went(o.send(to+"/apply", nil)))
	result := text(o.page(to + "/result"))
	require.Contains(t, result, "Desa, kecamatan dan OPD 361 0 0")
	require.Contains(t, result, "masih menunggu jawaban")
	require.Contains(t, text(o.page("/start")), "Sudah dicatat")
	require.Contains(t, text(o.page(to+"/result?lang=en")), "A recap proves no protection")

	// The same file again is the same recap, and recording it again changes nothing.
	require.Equal(t, to, o.went(o.handIn("rekap desa.csv", csvOf(recap.Lines), "kind", "villages", "regency", "Konawe Selatan", "said_by", "DPMD", "on", "2026-06-30")))
	o.went(o.send(to+"/apply", nil))
	require.Regexp(t, `Desa, kecamatan dan OPD 0 0 \d+`, text(o.page(to+"/result")))
	var parties int
	o.write(func(tx *ledger.Tx) error {
		list, err := tx.Parties(ledger.Page{Size: 10})
		parties = len(list)
		return err
	})
	require.Equal(t, 1, parties)
}

func with(v url.Values, name, value string) url.Values {
	v.Set(name, value)
	return v
}

func TestWhatWasTypedIsKeptWhenSomethingIsWrong(t *testing.T) {
	t.Parallel()
	o := open(t)
	for name, tt := range map[string]struct {
		content string
		fields  []string
	}{
		"a kabupaten nobody knows": {"Desa;Jumlah\nLambusa;10\n", []string{"kind", "offices", "regency", "Konawe Sel", "said_by", "BKPSDM <b>", "on", "2026-06-30"}},
		"a day that is none":       {"Desa;Jumlah\nLambusa;10\n", []string{"kind", "offices", "regency", "Konawe Selatan", "said_by", "BKPSDM <b>", "on", "2026-06-31"}},
		"an empty file":            {"", []string{"kind", "offices", "regency", "Konawe Selatan", "said_by", "BKPSDM <b>", "on", "2026-06-30"}},
	} {
		res, body := o.handIn("a.csv", tt.content, tt.fields...)
		require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode, name)
		require.Contains(t, body, `value="BKPSDM &lt;b&gt;"`, name)
		require.Contains(t, body, `value="offices" required checked`, name)
		require.Contains(t, body, fmt.Sprintf(`value="%s"`, tt.fields[3]), name)
		require.Contains(t, body, `aria-describedby="wrong"`, name)
	}
}

func TestColumnsThatDoNotFitAreShownAgain(t *testing.T) {
	t.Parallel()
	o := open(t)
	to := o.went(o.handIn("a.csv", "Wilayah;Banyaknya\nLambusa;10\nAlebo;12\n", "kind", "villages", "regency", "Konawe Selatan", "said_by", "DPMD", "on", "2026-06-30"))
	res, body := o.send(to+"/columns", url.Values{"heading": {"1"}, "c1": {"people"}})
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, body, `<option value="people" selected>`)
	require.Equal(t, to, o.went(o.send(to+"/columns", url.Values{"heading": {"1"}, "c0": {"name"}, "c1": {"people"}})))
	require.Contains(t, text(o.page(to)), "2 dari 2 baris dikenali")
}
