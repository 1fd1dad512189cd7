package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

func TestTheSilentAreMatchedWithTheBranchBeforeTheyAreWarned(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		post := k.read("/parties/" + k.pemda + "/posts?page_size=500").list("items")
		for _, p := range post {
			if p := p.(map[string]any); p["unit_id"] == k.villages[1] {
				k.post("/posts/"+p["id"].(string)+"/holders", O{"name": "Kepala Dua", "phone": "08123456789", "valid_from": "2026-01-01"})
			}
		}
		year, duties := k.year()
		path := "/agreements/" + k.agreement
		silent := k.read(path + "/silent?year_id=" + year)
		require.Len(t, silent.list("items"), 3)
		require.Equal(t, true, silent.get("match_first"), "it never was")
		require.Nil(t, silent.get("last_matched_at"))
		require.Equal(t, []any{"Desa 2", "Kecamatan Contoh", "not_registered", []any{O{"title": "Kepala Desa 2", "name": "Kepala Dua", "phone": "08123456789"}}},
			[]any{silent.get("items", 1, "unit_name"), silent.get("items", 1, "parent"), silent.get("items", 1, "state"), silent.get("items", 1, "contacts")})

		k.refused(unprocessable, "no_list_owed", path+"/receipts", O{"year_id": year, "rows": []O{{"unit_id": k.camat, "people": 1}}}, nil)
		wrong := k.refused(unprocessable, "bad_count", path+"/receipts", O{"year_id": year, "rows": []O{{"unit_id": k.villages[0], "people": 3}, {"unit_id": k.villages[1], "people": -1}}}, nil)
		require.Equal(t, "body.rows[1].people", wrong.text("errors", 0, "location"))
		k.refused(http.StatusNotFound, "not_found", path+"/receipts", O{"year_id": "none", "rows": []O{}}, nil)
		require.Len(t, k.read(path+"/silent?year_id="+year).list("items"), 3, "nothing was recorded")

		key := headers{"Idempotency-Key": "match 1"}
		rows := O{"year_id": year, "source_id": k.source, "rows": []O{{"unit_id": k.villages[0], "people": 3}, {"obligation_id": duties[k.villages[2]], "people": 5, "note": "berkas di cabang"}}}
		out := k.call("POST", "/api/v1"+path+"/receipts", rows, key)
		require.Equal(t, http.StatusCreated, out.Status, out.Raw)
		require.EqualValues(t, 2, out.get("closed"))
		require.Equal(t, out.Raw, k.call("POST", "/api/v1"+path+"/receipts", rows, key).Raw)
		again := k.post(path+"/receipts", rows)
		require.Equal(t, []any{0.0, 2.0, "already_closed"}, []any{again.get("closed"), again.get("already_closed"), again.get("rows", 0, "result")})
		silent = k.read(path + "/silent?year_id=" + year)
		require.Equal(t, []any{false, "2026-11-23T09:00:00+08:00"}, []any{silent.get("match_first"), silent.get("last_matched_at")})
		require.Len(t, silent.list("items"), 1)
		require.Equal(t, "receiver", k.read("/obligations/"+duties[k.villages[0]]).text("closed_how"))
		require.EqualValues(t, 0, k.post(path+"/receipts", O{"year_id": year, "rows": []O{}}).get("closed"), "nothing new is worth knowing too")

		k.send("/obligations/"+duties[k.villages[1]]+"/uploads", "IMG-1.jpg", photo, nil, nil).isProblem(http.StatusUnsupportedMediaType, "picture_file")
		require.EqualValues(t, 1, k.read(path+"/silent?year_id="+year).get("items", 0, "files_received"), "a photo is there")
		foreign := headers{"X-Test-Actor": "regency 74.02"}
		k.call("GET", "/api/v1"+path+"/silent?year_id="+year, nil, foreign).isProblem(http.StatusNotFound, "not_found")
		k.refused(http.StatusNotFound, "not_found", path+"/receipts", rows, foreign)
		k.call("GET", "/api/v1"+path+"/silent", nil, nil).isProblem(unprocessable, "invalid_request")
	})
}
