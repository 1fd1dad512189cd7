package api_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/fixture"
	"payung/internal/testdb"
)

// sheetOf writes a list as offices save it: a CSV with semicolons.
func sheetOf(lines [][]string) string {
	var out strings.Builder
	for _, cells := range lines {
		out.WriteString(strings.Join(cells, ";") + "\r\n")
	}
	return out.String()
}

func tallyPath(party, kind, saidBy string, more ...string) string {
	q := url.Values{"kind": {kind}, "said_by": {saidBy}, "on": {"2026-06-30"}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return "/api/v1/parties/" + party + "/tallies?" + q.Encode()
}

var asBytes = headers{"Content-Type": "application/octet-stream"}

// answerAll answers every question of a recap as the clerk who wrote it would.
func answerAll(h *house, id string, meant map[int]string) int {
	h.t.Helper()
	questions := h.read("/tallies/" + id + "/questions").list("items")
	var answers []O
	for _, item := range questions {
		q := item.(map[string]any)
		line := int(q["lines"].([]any)[0].(float64))
		choice := meant[line]
		switch {
		case q["about"] == "phrase":
			choice = "registered"
		case q["about"] == "district":
			choice = meant[line][:len("74.05.01")]
		case choice == "":
			choice = "none"
		}
		answers = append(answers, O{"about": q["about"], "place": q["place"], "text": q["text"], "choice": choice})
		if q["place"] == nil {
			delete(answers[len(answers)-1], "place")
		}
	}
	if len(answers) > 0 {
		left := h.post("/tallies/"+id+"/answers", O{"answers": answers})
		require.EqualValues(h.t, 0, left.get("counts", "questions"))
	}
	return len(answers)
}

func TestARecapIsUploadedAnsweredAndAppliedOverHTTP(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	pemda := h.post("/parties", O{"kind": "pemda", "name": "Konawe Selatan", "region_code": "74.05"}).text("id")
	recaps := fixture.Write("74.05", 1)
	file := sheetOf(recaps.Villages.Lines)

	with := headers{"Content-Type": "application/octet-stream", "Idempotency-Key": "rekap-1"}
	first := h.call("POST", tallyPath(pemda, "villages", "DPMD", "file_name", "rekap desa.csv"), strings.NewReader(file), with)
	require.Equal(t, http.StatusCreated, first.Status, first.Raw)
	require.Equal(t, "rekap desa.csv", first.text("file_name"))
	again := h.call("POST", tallyPath(pemda, "villages", "DPMD", "file_name", "rekap desa.csv"), strings.NewReader(file), with)
	require.Equal(t, "true", again.Header.Get("Idempotent-Replay"))
	other := h.call("POST", tallyPath(pemda, "villages", "DPMD", "file_name", "rekap desa.csv"), strings.NewReader(file+"\n"), with)
	other.isProblem(unprocessable, "idempotency_key_reused")

	// The same file in a form, without a key, is the same recap.
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "rekap desa.csv")
	require.NoError(t, err)
	_, err = part.Write([]byte(file))
	require.NoError(t, err)
	require.NoError(t, form.Close())
	second := h.call("POST", tallyPath(pemda, "villages", "DPMD"), &body, headers{"Content-Type": form.FormDataContentType()})
	require.Equal(t, http.StatusCreated, second.Status, second.Raw)
	require.Equal(t, first.text("id"), second.text("id"))
	require.Equal(t, true, second.get("known"))

	id := first.text("id")
	sheet := h.read("/tallies/" + id)
	require.EqualValues(t, 336, sheet.get("counts", "rows"))
	require.Equal(t, "name", sheet.text("columns", 1, "field"))
	require.Equal(t, "JUMLAH APARAT", sheet.text("columns", 2, "heading"))
	require.LessOrEqual(t, answerAll(h, id, recaps.Villages.Meant), 20)
	done := h.post("/tallies/"+id+"/apply", nil)
	require.EqualValues(t, 361, done.get("units", "created"))
	done = h.post("/tallies/"+id+"/apply", nil)
	require.EqualValues(t, 0, done.get("units", "created"))
	require.EqualValues(t, 0, done.get("figures", "created"))
	require.Len(t, h.read("/parties/"+pemda+"/tallies").list("items"), 1)
	require.Len(t, h.read("/tallies/"+id+"/rows").list("items"), 336)
	require.Len(t, h.read("/parties/"+pemda+"/units?kind=desa&page_size=500").list("items"), 336)

	contacts := h.call("POST", tallyPath(pemda, "contacts", "DPMD"), strings.NewReader(sheetOf(recaps.Contacts.Lines)), asBytes)
	require.Equal(t, http.StatusCreated, contacts.Status, contacts.Raw)
	answerAll(h, contacts.text("id"), recaps.Contacts.Meant)
	done = h.post("/tallies/"+contacts.text("id")+"/apply", nil)
	require.EqualValues(t, 336, done.get("contacts", "created"))
	require.NotContains(t, h.log.String(), "Sekretaris", "no name of a contact is logged")
}

func TestColumnsAreCorrectedOverHTTP(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	pemda := h.post("/parties", O{"kind": "pemda", "name": "Konawe Selatan", "region_code": "74.05"}).text("id")
	up := h.call("POST", tallyPath(pemda, "villages", "DPMD"), strings.NewReader("Wilayah;Banyaknya\nLambusa;10\nAlebo;12\n"), asBytes)
	require.Equal(t, http.StatusCreated, up.Status, up.Raw)
	left := h.post("/tallies/"+up.text("id")+"/columns", O{"heading": 1, "columns": []O{{"index": 0, "field": "name"}, {"index": 1, "field": "people"}}})
	require.EqualValues(t, 2, left.get("counts", "sure"))
	h.refused(unprocessable, "tally_columns", "/tallies/"+up.text("id")+"/columns", O{"heading": 1, "columns": []O{{"index": 1, "field": "people"}}}, nil)
	h.refused(unprocessable, "unknown_choice", "/tallies/"+up.text("id")+"/answers", O{"answers": []O{{"about": "name", "text": ":x", "choice": "74.05"}}}, nil)
}

func TestAFileThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	pemda := h.post("/parties", O{"kind": "pemda", "name": "Konawe Selatan", "region_code": "74.05"}).text("id")
	path := tallyPath(pemda, "villages", "DPMD")
	h.call("POST", path, strings.NewReader(""), asBytes).isProblem(unprocessable, "file_missing")
	h.call("POST", path, bytes.NewReader(make([]byte, 20<<20+1)), asBytes).isProblem(http.StatusRequestEntityTooLarge, "file_too_large")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	require.NoError(t, form.WriteField("7401010101800001", "x"))
	part, err := form.CreateFormFile("file", "a.csv")
	require.NoError(t, err)
	_, err = part.Write([]byte("Desa\nLambusa\n"))
	require.NoError(t, err)
	require.NoError(t, form.Close())
	refused := h.call("POST", path, &body, headers{"Content-Type": form.FormDataContentType()})
	refused.isProblem(unprocessable, "invalid_request")
	require.NotContains(t, refused.Raw, "7401010101800001")
	h.call("POST", tallyPath(pemda, "horses", "DPMD"), strings.NewReader("a;b"), asBytes).isProblem(unprocessable, "invalid_request")
	require.Empty(t, h.read("/parties/"+pemda+"/tallies").list("items"))
}
