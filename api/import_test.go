package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/internal/testdb"
)

// unknownHeading is a list of which one heading means nothing to us.
func unknownHeading(people ...int) []byte {
	return bytes.ReplaceAll(villageList("DAFTAR", people...), []byte(";Nama;"), []byte(";Sebutan;"))
}

func TestAFileIsReadMendedAndAccepted(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		duty := duties[k.villages[0]]
		list := bytes.Replace(villageList("DAFTAR", 1, 2, 3, 4, 5), []byte(nikOf(3)), []byte(nikOf(3)[:15]), 1)
		upload := k.sent(http.StatusCreated, "/parties/"+k.pemda+"/uploads", "daftar.csv", list).text("id")
		i := k.post("/uploads/"+upload+"/imports", O{"obligation_id": duty, "on_behalf": "Kepala Desa 1"})
		require.Equal(t, http.StatusCreated, i.Status)
		require.Equal(t, "/api/v1/imports/"+i.text("id"), i.Header.Get("Location"))
		require.Equal(t, []any{"ready", "Kepala Desa 1", float64(4), float64(1)}, []any{i.get("state"), i.get("on_behalf"), i.get("good"), i.get("bad")})
		require.Equal(t, O{"nik": "B", "name": "C", "number": "A", "sex": "D"}, i.get("mapping", "columns"))
		require.Equal(t, "nik_too_short", i.text("rules", 0, "rule"))
		require.EqualValues(t, 6, i.get("rules", 0, "first"))
		require.Equal(t, "NIK hanya 15 digit, seharusnya 16.", i.text("rules", 0, "problem"))
		require.EqualValues(t, 4, i.get("comparison", "added"))
		require.EqualValues(t, 4, i.get("effect", "people"))
		require.Contains(t, i.text("effect", "sentence"), "4")
		path := "/imports/" + i.text("id")

		found := k.read(path + "/findings?page_size=1")
		require.Equal(t, []any{float64(6), "B", "nik", "error"}, []any{found.get("items", 0, "row"), found.get("items", 0, "column"), found.get("items", 0, "field"), found.get("items", 0, "level")})
		require.NotEmpty(t, found.text("items", 0, "cure"))
		require.NotContains(t, found.Raw, nikOf(3)[:12])
		require.Contains(t, k.call("GET", "/api/v1"+path+"/findings", nil, headers{"Accept-Language": "en"}).text("items", 0, "problem"), "15 digits")

		back := k.call("GET", "/api/v1"+path+"/errors.xlsx", nil, nil)
		require.Equal(t, http.StatusOK, back.Status, back.Raw)
		book, err := excelize.OpenReader(strings.NewReader(back.Raw))
		require.NoError(t, err)
		require.NotEmpty(t, book.GetSheetList())
		require.Contains(t, back.Header.Get("Content-Disposition"), "daftar - perbaikan.xlsx")

		again := k.post("/uploads/"+upload+"/imports", O{"obligation_id": duty})
		require.Equal(t, i.get("id"), again.get("id"), "read once, asked twice")
		accepted := k.post(path+"/accept", O{})
		require.EqualValues(t, 4, accepted.get("people"))
		require.Equal(t, "submitted", k.read("/obligations/"+duty).text("state"), "one row is still to be mended")
		done := k.read(path)
		require.Equal(t, []any{"accepted", accepted.get("id")}, []any{done.get("state"), done.get("roster_id")})
		k.refused(http.StatusConflict, "import_accepted", path+"/accept", O{}, nil)
		k.refused(http.StatusConflict, "import_accepted", path+"/drop", nil, nil)
		require.Equal(t, "accepted", k.post("/uploads/"+upload+"/imports", O{"obligation_id": duty}).text("state"), "the list came from it")

		rest := k.sent(http.StatusCreated, "/obligations/"+duty+"/uploads", "sisa.csv", villageList("SISA", 3))
		require.EqualValues(t, 0, rest.get("questions", "missing"), "a few more names are no whole list")
		k.post("/imports/"+rest.text("id")+"/accept", O{})
		require.Equal(t, "closed", k.read("/obligations/"+duty).text("state"))
		require.NotContains(t, k.log.String(), nikOf(1))
	})
}

func TestPeopleWhoAreMissingAreAskedAfter(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		hand := "/obligations/" + duties[k.villages[0]] + "/uploads"
		first := k.sent(http.StatusCreated, hand, "a.csv", villageList("A", 1, 2, 3, 4))
		k.post("/imports/"+first.text("id")+"/accept", O{})
		second := k.sent(http.StatusCreated, hand, "b.csv", villageList("B", 1, 2, 5))
		path := "/imports/" + second.text("id")
		require.Equal(t, O{"missing": 2.0, "open": 2.0}, second.get("questions"))
		k.refused(http.StatusConflict, "missing_people", path+"/accept", O{}, nil)
		missing := k.read(path + "/missing")
		require.Equal(t, []any{"Pekerja AC", "************0003"}, []any{missing.get("items", 0, "name"), missing.get("items", 0, "nik")})
		k.refused(unprocessable, "missing_field", path+"/answers", O{}, nil)
		k.refused(unprocessable, "unknown_reason", path+"/answers", O{"rest": O{"reason": "bored"}}, nil)
		said := k.post(path+"/answers", O{"answers": O{missing.text("items", 0, "row_id"): O{"reason": "entered_by_mistake"}}, "rest": O{"reason": "forgotten"}})
		require.Equal(t, O{"missing": 2.0, "open": 0.0}, said.get("questions"))
		require.Equal(t, "entered_by_mistake", k.read(path+"/missing").text("items", 0, "answer", "reason"))
		require.EqualValues(t, 4, k.post(path+"/accept", O{}).get("people"), "1, 2, 4 and 5")
	})
}

func TestColumnsArePointedOutOnceAndRemembered(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		hand := "/obligations/" + duties[k.villages[0]] + "/uploads"
		i := k.sent(http.StatusCreated, hand, "a.csv", unknownHeading(1, 2))
		path := "/imports/" + i.text("id") + "/mapping"
		for name, columns := range map[string]O{"no letters": {"nik": "2", "name": "C"}, "four letters": {"nik": "ABCD", "name": "C"}, "a field nobody knows": {"nik": "B", "boss": "C"}} {
			require.Equal(t, "bad_mapping", k.call("POST", "/api/v1"+path, O{"columns": columns}, nil).text("code"), name)
		}
		k.refused(unprocessable, "bad_mapping", path, O{"columns": O{"nik": "B"}}, nil)
		k.refused(http.StatusBadRequest, "bad_json", path, `{"columns":`, nil)
		k.refused(unprocessable, "invalid_request", path, O{"columns": "B"}, nil)
		mapped := k.post(path, O{"columns": O{"nik": "b", "name": "C"}, "remember": true})
		require.Equal(t, []any{"ready", float64(2)}, []any{mapped.get("state"), mapped.get("good")}, mapped.Raw)
		require.NotEqual(t, i.get("id"), mapped.get("id"))
		require.Equal(t, "dropped", k.read("/imports/"+i.text("id")).text("state"))
		k.post("/imports/"+mapped.text("id")+"/accept", O{})
		k.refused(http.StatusConflict, "import_accepted", "/imports/"+mapped.text("id")+"/mapping", O{"columns": O{"nik": "B", "name": "C"}}, nil)
		next := k.sent(http.StatusCreated, hand, "b.csv", unknownHeading(1, 2, 3))
		require.Equal(t, O{"nik": "B", "name": "C"}, next.get("mapping", "columns"), "as it was said before")
	})
}

func TestAListIsPasted(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		path := "/obligations/" + duties[k.villages[0]] + "/paste"
		text := "NIK\tNama\n" + nikOf(1) + "\tSatu\n" + nikOf(2) + "\tDua\n"
		key := headers{"Idempotency-Key": "paste 1"}
		first := k.call("POST", "/api/v1"+path, O{"text": text, "on_behalf": "Sekretaris Desa"}, key)
		require.Equal(t, http.StatusCreated, first.Status, first.Raw)
		require.EqualValues(t, 2, first.get("good"))
		again := k.call("POST", "/api/v1"+path, O{"text": text, "on_behalf": "Sekretaris Desa"}, key)
		require.Equal(t, first.Raw, again.Raw)
		require.Equal(t, "true", again.Header.Get("Idempotent-Replay"))
		k.refused(unprocessable, "idempotency_key_reused", path, O{"text": "lain"}, key)
		require.Len(t, k.read("/uploads").list("items"), 1, "a key that was used before stores nothing")
		k.refused(unprocessable, "invalid_request", path, O{"text": ""}, nil)
		k.refused(http.StatusUnsupportedMediaType, "empty_file", path, O{"text": "   \n  "}, nil)
		require.NotContains(t, k.log.String(), nikOf(1))
	})
}

func TestAPhotoHandedInIsKeptForItsDuty(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	_, duties := k.year()
	duty := duties[k.villages[0]]
	k.send("/obligations/"+duty+"/uploads", "IMG-0001.jpg", photo, nil, nil).isProblem(http.StatusUnsupportedMediaType, "picture_file")
	kept := k.read("/uploads?obligation_id=" + duty)
	require.Equal(t, "needs_sheet", kept.text("items", 0, "state"))
	k.send("/obligations/none/uploads", "a.csv", villageList("A", 1), nil, nil).isProblem(http.StatusNotFound, "not_found")
	k.refused(http.StatusNotFound, "not_found", "/uploads/none/imports", O{"obligation_id": duty}, nil)
	for _, path := range []string{"", "/findings", "/missing", "/errors.xlsx", "/events"} {
		k.call("GET", "/api/v1/imports/none"+path, nil, headers{"Accept": "*/*"}).isProblem(http.StatusNotFound, "not_found")
	}
	for path, body := range map[string]O{"/accept": {}, "/answers": {"rest": O{"reason": "forgotten"}}, "/mapping": {"columns": O{"nik": "A", "name": "B"}}} {
		k.refused(http.StatusNotFound, "not_found", "/imports/none"+path, body, nil)
	}
}
