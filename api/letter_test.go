package api_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

func TestALetterOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		k := settle(t, url)
		_, duties := k.year()
		duty := duties[k.villages[0]]
		head := k.post("/parties/"+k.pemda+"/letterheads", O{"name": "Setda", "names": "KABUPATEN CONTOH", "place": "Andoolo", "code": "Setda"}).text("id")
		k.refused(http.StatusUnprocessableEntity, "bad_number_pattern", "/parties/"+k.pemda+"/letterheads", O{"name": "x", "names": "x", "place": "x", "pattern": "{year}"}, nil)
		var arms bytes.Buffer
		require.NoError(t, png.Encode(&arms, image.NewNRGBA(image.Rect(0, 0, 64, 64))))
		require.Equal(t, true, k.sent(http.StatusCreated, "/letterheads/"+head+"/logo", "lambang.png", arms.Bytes()).get("has_logo"))
		k.sent(http.StatusUnsupportedMediaType, "/letterheads/"+head+"/logo", "lambang.png", []byte("teks")).isProblem(http.StatusUnsupportedMediaType, "logo_unreadable")
		require.Equal(t, "Siti Contoh", k.read("/letterheads/"+head+"/signers?on=2026-11-23").text("items", 1, "holder"))

		ask := O{"letterhead_id": head, "kind": "data_request", "obligation_ids": []string{duty}, "workdays": 5}
		first := k.call("POST", "/api/v1/agreements/"+k.agreement+"/letters", ask, headers{"Idempotency-Key": "a"})
		again := k.call("POST", "/api/v1/agreements/"+k.agreement+"/letters", ask, headers{"Idempotency-Key": "a"})
		require.Equal(t, http.StatusCreated, first.Status, first.Raw)
		require.Equal(t, "true", again.Header.Get("Idempotent-Replay"))
		id := first.text("id")
		require.Equal(t, id, again.text("id"))
		k.refused(http.StatusConflict, "letter_exists", "/agreements/"+k.agreement+"/letters", ask, nil)

		issued := k.post("/letters/"+id+"/issue", O{"take_number": true})
		require.Equal(t, "560/1/Setda/2026", issued.text("number"))
		code := issued.text("code")
		public := k.call("GET", "/api/v1/confirmations/"+strings.ToLower(code), nil, nil)
		require.Equal(t, "valid", public.text("state"))
		require.Equal(t, issued.text("sha256"), public.text("sha256"))
		require.NotContains(t, public.Raw, "Siti")
		k.call("GET", "/api/v1/confirmations/AAAA", nil, nil).isProblem(http.StatusNotFound, "not_found")

		pdf := k.call("GET", "/api/v1/letters/"+id+"/letter.pdf", nil, nil)
		require.True(t, strings.HasPrefix(pdf.Raw, "%PDF-"))
		require.Contains(t, pdf.Header.Get("Content-Disposition"), "data_request-560-1-Setda-2026.pdf")
		require.Equal(t, pdf.Raw, k.call("GET", "/api/v1/letters/"+id+"/letter.pdf", nil, nil).Raw)

		k.refused(http.StatusUnprocessableEntity, "sent_in_the_future", "/letters/"+id+"/send", O{"how": "hand", "on": "2026-12-24"}, nil)
		sent := k.post("/letters/"+id+"/send", O{"how": "courier", "received_by": "Sekretaris Desa"})
		require.Equal(t, "2026-11-30", sent.text("due_on"))
		require.EqualValues(t, 1, sent.get("further"), "a later date stays")
		k.refused(http.StatusConflict, "letter_state", "/letters/"+id+"/send", O{"how": "hand"}, nil)
		filed := k.sent(http.StatusCreated, "/letters/"+id+"/files?what=scan", "pindaian.pdf", []byte("%PDF-1.7 pindaian"))
		require.NotEmpty(t, filed.text("scan_id"))
		require.Equal(t, "%PDF-1.7 pindaian", k.call("GET", "/api/v1/letters/"+id+"/scan", nil, nil).Raw)
		detail := k.read("/letters/" + id)
		require.Equal(t, "Sekretaris Desa", detail.text("received_by"))
		require.Equal(t, "Plt.", detail.text("content", "signatory", "acting"))
		require.Len(t, k.read("/agreements/"+k.agreement+"/letters?state=sent").list("items"), 1)

		second := k.post("/letters/"+id+"/correct", O{"reason": "keliru"}).text("id")
		k.post("/letters/"+second+"/edit", O{"subject": "Permintaan Data Desa", "copies": []string{"Bupati"}})
		k.post("/letters/"+second+"/issue", O{})
		require.Equal(t, second, k.read("/letters/"+id).text("replaced_by"))
		require.Equal(t, "replaced", k.read("/confirmations/"+code).text("state"))
		k.post("/letters/"+second+"/number", O{"number": "B-1"})
		k.post("/letters/"+second+"/withdraw", O{"reason": "batal"})
		require.Equal(t, "withdrawn", k.read("/letters/"+second).text("state"))
	})
}
