package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

// batch is a batch of two people at the branch.
func batch(t *testing.T, database string) (k *kabupaten, path, year string) {
	t.Helper()
	k = settle(t, database)
	year, duties := k.year()
	k.post("/obligations/"+duties[k.villages[0]]+"/rosters", O{"rows": []O{
		{"nik": "9901010101800001", "name": "Andi Contoh"}, {"nik": "9901014101850002", "name": "Sri Contoh", "sex": "female"},
	}})
	ready := k.read("/agreements/" + k.agreement + "/ready-to-enrol?year_id=" + year)
	require.Len(t, ready.list("items"), 1)
	require.EqualValues(t, 2, ready.get("items", 0, "people"))
	e := k.at("/enrolments", O{"year_id": year, "forms_on": "2026-11-02", "receipt": "TT-1"})
	require.Equal(t, []string{"forms", "2026-12-14"}, []string{e.text("stage"), e.text("clocks", 0, "target_on")})
	path = "/enrolments/" + e.text("id")
	require.Equal(t, "answers", k.post(path+"/send", O{"on": "2026-11-20"}).text("stage"))
	return k, path, year
}

func TestABatchGoesToTheBranchAndComesBackOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k, path, _ := batch(t, database)
		rows := k.read(path + "/rows?page_size=1")
		require.Equal(t, []string{"Andi Contoh", "************0001", "waiting"}, []string{rows.text("items", 0, "name"), rows.text("items", 0, "nik"), rows.text("items", 0, "state")})
		rows = k.read(path + "/rows?page_size=1&page_token=" + rows.text("next_page_token"))
		require.Equal(t, "Sri Contoh", rows.text("items", 0, "name"))
		require.Nil(t, rows.get("next_page_token"))

		said := k.post(path+"/answers", O{"rows": []O{
			{"row": 1, "state": "registered", "card": "15012345678", "employer": "20000001"}, {"row": 2, "state": "rejected", "reason": "nik_not_found"}, {"row": 9, "state": "registered"},
		}})
		require.EqualValues(t, 1, said.get("registered"))
		require.Equal(t, []string{"9", "unknown_row"}, []string{said.text("problems", 0, "row"), said.text("problems", 0, "code")})
		row := k.read(path+"/rows?state=registered").text("items", 0, "card")
		require.Equal(t, "*******5678", row)

		duty := k.read("/obligations?kind=correction&agreement_id=" + k.agreement)
		require.Len(t, duty.list("items"), 1)
		require.Equal(t, k.villages[0], duty.text("items", 0, "unit_id"))
		mend := k.read("/obligations/" + duty.text("items", 0, "id") + "/corrections")
		require.Equal(t, []string{"Sri Contoh", "nik_not_found"}, []string{mend.text("items", 0, "name"), mend.text("items", 0, "reason")})
		require.Equal(t, "corrected", k.post(path+"/rows/2/settle", O{"how": "again"}).text("state"))
		require.Equal(t, "closed", k.read("/obligations/"+duty.text("items", 0, "id")).text("state"))

		require.Equal(t, "handover", k.post(path+"/cards", O{"certificate": "S-1"}).text("stage"))
		k.refused(unprocessable, "more_cards_than_people", path+"/receipts", O{"unit_id": k.villages[0], "people": 2, "receiver": "Sekdes"}, nil)
		require.Equal(t, "Sekdes", k.post(path+"/receipts", O{"unit_id": k.villages[0], "people": 1, "receiver": "Sekdes"}).text("receiver"))
		done := k.read(path)
		require.Equal(t, []string{"done", "2026-11-23"}, []string{done.text("stage"), done.text("closed_on")})
		require.EqualValues(t, 1, done.get("people", "cards"))
		require.Equal(t, "done", k.read("/agreements/"+k.agreement+"/enrolments").text("items", 0, "stage"))
		require.Len(t, k.read(path+"/receipts").list("items"), 1)
		require.EqualValues(t, 1, k.read(path+"/units").get("items", 0, "people", "registered"))
	})
}

func TestAFileOfAnswersIsTakenOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k, path, _ := batch(t, database)
		file := []byte("No. baris;Nama;Hasil;KPJ\r\n1;Andi Contoh;diterima;15012345678\r\n2;Orang Lain;diterima;15012345679\r\n")
		out := k.sent(http.StatusOK, path+"/answers/file?on=2026-11-21", "jawaban.csv", file)
		require.EqualValues(t, 1, out.get("registered"))
		require.Equal(t, []string{"other_person", "2"}, []string{out.text("problems", 0, "code"), out.text("problems", 0, "row")})
		require.EqualValues(t, 1, k.sent(http.StatusOK, path+"/answers/file", "jawaban.csv", file).get("unchanged"))
	})
}

func TestWholeNumbersOfABatchAreAnEventOverHTTP(t *testing.T) {
	t.Parallel()
	k, path, _ := batch(t, testdb.SQLite(t))
	seen := k.call("POST", "/api/v1"+path+"/reveal", O{"purpose": "bpjs_exchange"}, nil)
	require.Equal(t, http.StatusOK, seen.Status, seen.Raw)
	require.Equal(t, "9901010101800001", seen.text("items", 0, "nik"))
	person := k.read(path+"/rows").text("items", 0, "person_id")
	told := k.read("/reveals?person_id=" + person)
	require.Equal(t, "bpjs_exchange", told.text("items", 0, "purpose"))
	require.EqualValues(t, 2, told.get("items", 0, "people"))
	require.Equal(t, unprocessable, k.call("POST", "/api/v1"+path+"/reveal", O{"purpose": "x"}, nil).Status)
}

func TestWhatCannotBeSaidOfABatchIsRefused(t *testing.T) {
	t.Parallel()
	k, path, year := batch(t, testdb.SQLite(t))
	bad := k.refused(unprocessable, "bad_card_number", path+"/answers", O{"rows": []O{{"row": 1, "state": "registered"}, {"row": 2, "state": "registered", "card": "x"}}}, nil)
	require.Equal(t, "body.rows[1].card", bad.text("errors", 0, "location"))
	k.refused(unprocessable, "invalid_request", path+"/answers", O{"rows": []O{{"row": 1, "state": "waiting"}}}, nil)
	k.refused(http.StatusConflict, "batch_sent", path+"/withdraw", O{"reason": "x"}, nil)
	k.refused(http.StatusNotFound, "not_found", "/enrolments/none/send", O{}, nil)
	k.refused(unprocessable, "day_in_future", "/agreements/"+k.agreement+"/enrolments", O{"year_id": year, "forms_on": "2027-01-01"}, nil)
	require.NotEmpty(t, k.read("/rejection-reasons").list("items"))
}
