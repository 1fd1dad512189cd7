package api_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/nik"
	"payung/internal/testdb"
	"payung/ledger"
)

// nikOf is a made-up NIK of a region that does not exist.
func nikOf(serial int) string { return nik.Synthetic(101, "1990-01-17", false, serial).Reveal() }

// villageList is a list as villages send it: CSV with semicolons and a title.
func villageList(title string, people ...int) []byte {
	var b strings.Builder
	b.WriteString(title + ";;\n\nNo;NIK;Nama;L/P\n")
	for i, serial := range people {
		fmt.Fprintf(&b, "%d;%s;Pekerja %c%c;L\n", i+1, nikOf(serial), 'A'+(serial-1)/26, 'A'+(serial-1)%26)
	}
	return []byte(b.String())
}

var photo = []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01 a photo")

// village adds a village with a name of its own, before the year is opened.
func (k *kabupaten) village(name string) (id string) {
	k.t.Helper()
	units := []O{{"kind": "desa", "name": name, "head_title": "Kepala " + name, "parent_unit_id": k.camat}}
	return k.post("/parties/"+k.pemda+"/units", O{"units": units}).text("items", 0, "id")
}

// send posts a file in a form, with fields beside it.
func (h *house) send(path, name string, content []byte, fields map[string]string, with headers) said {
	h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		require.NoError(h.t, form.WriteField(field, value))
	}
	part, err := form.CreateFormFile("file", name)
	require.NoError(h.t, err)
	_, err = part.Write(content)
	require.NoError(h.t, err)
	require.NoError(h.t, form.Close())
	all := headers{"Content-Type": form.FormDataContentType()}
	for name, value := range with {
		all[name] = value
	}
	return h.call("POST", "/api/v1"+path, &body, all)
}

// sent posts a file that has to be taken.
func (h *house) sent(status int, path, name string, content []byte) said {
	h.t.Helper()
	out := h.send(path, name, content, nil, nil)
	require.Equal(h.t, status, out.Status, out.Raw)
	return out
}

func TestWhateverIsSentIsReceivedAndItsSenderIsAnswered(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		wunduhaka := k.village("Desa Wunduhaka")
		_, duties := k.year()
		to := "/parties/" + k.pemda + "/uploads"

		list := k.sent(http.StatusCreated, to, "daftar.csv", villageList("DAFTAR PEKERJA DESA WUNDUHAKA", 1, 2))
		require.Equal(t, "csv", list.text("kind"))
		require.Equal(t, "unplaced", list.text("state"))
		require.Equal(t, wunduhaka, list.text("proposals", 0, "unit_id"))
		require.Equal(t, "Desa Wunduhaka", list.text("proposals", 0, "unit_name"))
		require.Equal(t, duties[wunduhaka], list.text("proposals", 0, "obligation_id"))
		require.Equal(t, true, list.get("proposals", 0, "sure"))
		require.Contains(t, list.text("reply_text"), "kami periksa")
		require.Len(t, list.text("sha256"), 64)

		picture := k.sent(http.StatusCreated, to, "IMG-0001.jpg", photo)
		require.Equal(t, []any{"needs_sheet", "picture", "picture_file"}, []any{picture.get("state"), picture.get("kind"), picture.get("problem")})
		require.Contains(t, picture.text("detail"), "Gambar sudah diterima")
		require.Contains(t, picture.text("reply_text"), "kami simpan")
		english := k.call("GET", "/api/v1/uploads/"+picture.text("id"), nil, headers{"Accept-Language": "en"})
		require.Contains(t, english.text("detail"), "The picture has arrived")
		require.Equal(t, picture.text("reply_text"), english.text("reply_text"), "a village reads Indonesian")

		whose := k.sent(http.StatusCreated, to, "daftar.csv", villageList("DAFTAR", 3))
		require.Contains(t, whose.text("reply_text"), "desa mana")
		broken := k.sent(http.StatusCreated, to, "rusak.xlsx", []byte("PK\x03\x04 and nothing behind it"))
		require.Equal(t, "needs_sheet", broken.text("state"))
		require.NotContains(t, broken.text("detail")+broken.text("reply_text"), "{", "nothing is left to be filled in")

		key := headers{"Idempotency-Key": "file 1"}
		for _, replay := range []string{"", "true"} {
			out := k.send(to, "satu.csv", []byte("satu"), map[string]string{"batch": "b"}, key)
			require.Equal(t, []any{http.StatusCreated, replay, nil}, []any{out.Status, out.Header.Get("Idempotent-Replay"), out.get("known")})
		}
		k.send(to, "satu.csv", []byte("lain"), map[string]string{"batch": "b"}, key).isProblem(unprocessable, "idempotency_key_reused")
		k.send(to, "satu.csv", []byte("satu"), map[string]string{"batch": "c"}, key).isProblem(unprocessable, "idempotency_key_reused")

		again := k.sent(http.StatusOK, to, "salinan.csv", villageList("DAFTAR PEKERJA DESA WUNDUHAKA", 1, 2))
		require.Equal(t, list.get("id"), again.get("id"))
		require.Equal(t, true, again.get("known"))
		require.Len(t, k.read("/uploads").list("items"), 5)
		require.Len(t, k.read("/uploads?state=needs_sheet").list("items"), 2)
	})
}

func TestAFileIsPlacedSetAsideAndGivenBackAsItCame(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		to := "/parties/" + k.pemda + "/uploads"
		content := villageList("DAFTAR", 1)
		form := map[string]string{"sender": "+62 812-3456-789", "on_behalf": "Kepala Desa " + nikOf(1), "received_on": "2026-11-20", "batch": "wa-1"}
		list := k.send(to, "C:\\Users\\x\\daftar "+nikOf(1)+".csv", content, form, nil)
		require.Equal(t, "+62 812-3456-789", list.text("sender"))
		require.Equal(t, "Kepala Desa ************0001", list.text("on_behalf"))
		require.Equal(t, "daftar ************0001.csv", list.text("name"))
		require.Equal(t, "2026-11-20", list.text("received_on"))
		upload := "/uploads/" + list.text("id")

		placed := k.post(upload+"/place", O{"unit_id": k.villages[2], "on_behalf": "Kepala Desa 3"})
		require.Equal(t, []any{"placed", duties[k.villages[2]], "Kepala Desa 3"}, []any{placed.get("state"), placed.get("obligation_id"), placed.get("on_behalf")})
		require.Len(t, k.read("/uploads?unit_id="+k.villages[2]+"&batch=wa-1").list("items"), 1)

		back := k.call("GET", "/api/v1"+upload+"/content", nil, nil)
		require.Equal(t, string(content), back.Raw)
		require.Equal(t, "application/octet-stream", back.Header.Get("Content-Type"))
		require.Equal(t, `attachment; filename="daftar ************0001.csv"`, back.Header.Get("Content-Disposition"))
		require.Equal(t, "no-store", back.Header.Get("Cache-Control"))
		require.Equal(t, "nosniff", back.Header.Get("X-Content-Type-Options"))
		k.call("GET", "/api/v1"+upload+"/content", nil, headers{"Accept": "image/png"}).isProblem(http.StatusNotAcceptable, "not_acceptable")
		k.call("GET", "/api/v1"+upload+"/content", nil, headers{"X-Test-Actor": "regency 74.02"}).isProblem(http.StatusNotFound, "not_found")

		require.NoError(t, k.ledger.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			trail, err := tx.AuditTrail(list.text("id"), ledger.Page{Size: 10})
			require.Equal(t, "upload.opened", trail[0].Action)
			return err
		}))

		require.Equal(t, "set_aside", k.post(upload+"/set-aside", O{"reason": "ganda"}).text("state"))
		k.refused(unprocessable, "missing_field", upload+"/set-aside", O{"reason": " "}, nil)
		require.NotContains(t, k.log.String(), nikOf(1))
	})
}

func TestHostileFilesAreRefusedWithTheirReason(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	k.year()
	to := "/parties/" + k.pemda + "/uploads"
	bare := func(content string, kind string) said {
		return k.call("POST", "/api/v1"+to+"?file_name="+url.QueryEscape("../../etc/"+nikOf(2)+".csv"), strings.NewReader(content), headers{"Content-Type": kind})
	}
	bare("", "text/csv").isProblem(unprocessable, "file_missing")
	bare(strings.Repeat("a", 21<<20), "application/octet-stream").isProblem(http.StatusRequestEntityTooLarge, "file_too_large")
	bare("x", "multipart/form-data; boundary=b").isProblem(unprocessable, "file_missing")
	k.send(to, "a.csv", []byte("x"), map[string]string{"colour": "red"}, nil).isProblem(unprocessable, "invalid_request")
	k.send(to, "a.csv", []byte("x"), map[string]string{"sender": strings.Repeat("x", 201)}, nil).isProblem(unprocessable, "invalid_request")
	k.send(to, "a.csv", []byte("x"), map[string]string{"received_on": "2026-02-30"}, nil).isProblem(unprocessable, "bad_date")
	k.send("/parties/none/uploads", "a.csv", []byte("x"), nil, nil).isProblem(http.StatusNotFound, "not_found")
	k.send("/parties/"+k.pemda+"/uploads?colour=red", "a.csv", []byte("x"), nil, nil).isProblem(unprocessable, "invalid_request")
	k.send(to, "a.csv", []byte("x"), nil, headers{"X-Test-Actor": "regency 74.02"}).isProblem(http.StatusNotFound, "not_found")
	require.Empty(t, k.read("/uploads").list("items"), "nothing was stored")

	out := bare("apa saja", "text/csv")
	require.Equal(t, http.StatusCreated, out.Status, out.Raw)
	require.Equal(t, "************0002.csv", out.text("name"))
	id := out.text("id")
	for path, code := range map[string]string{"/uploads/none/place": "not_found", "/uploads/" + id + "/place": "not_found"} {
		k.refused(http.StatusNotFound, code, path, O{"obligation_id": "none"}, nil)
	}
	k.refused(unprocessable, "no_list_owed", "/uploads/"+id+"/place", O{"unit_id": k.camat}, nil)
	require.NotContains(t, k.log.String(), nikOf(2))
}

func TestAFileSentTwiceAtOnceIsOneFile(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		answers := make([]said, 4)
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() {
				answers[i] = k.send("/obligations/"+duties[k.villages[0]]+"/uploads", "daftar.csv", villageList("DAFTAR", 1, 2, 3), nil, nil)
			})
		}
		wg.Wait()
		for _, a := range answers {
			require.Equal(t, http.StatusCreated, a.Status, a.Raw)
			require.Equal(t, answers[0].get("id"), a.get("id"))
			require.Equal(t, "ready", a.text("state"))
			require.EqualValues(t, 3, a.get("good"))
		}
		require.Len(t, k.read("/uploads").list("items"), 1)
		require.Len(t, k.read("/imports").list("items"), 1)
	})
}
