package scenario_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// secretWritings are the ways in which somebody writes a NIK into a text.
func secretWritings() []string {
	n := secretNIK(1)
	return []string{
		n, n[:4] + " " + n[4:8] + " " + n[8:12] + " " + n[12:], n[:6] + "." + n[6:12] + "." + n[12:], n[:6] + "-" + n[6:12] + "-" + n[12:], "NIK:" + n + "/KK:" + n,
	}
}

// writings are those texts as a search looks for them.
func writings() finder { return finderOf(append(secretWritings()[:4], beginning)...) }

// TestANIKInAnyTextIsKeptByItsEndOnly writes NIKs wherever there is room for
// words: they are in no answer that is an error, in no log and nowhere in the
// ledger.
func TestANIKInAnyTextIsKeptByItsEndOnly(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data, "--log-level", "debug")
	waiting(t, s)
	duties, pemda := s.duties(), s.all("/api/v1/parties")[0]["id"].(string)
	duty := duties[desas[0]]
	looked := func(a said, err error) said {
		t.Helper()
		require.NoError(t, err)
		require.Less(t, a.status, 500, "%s", a.raw)
		require.Empty(t, writings().in(a.raw), "%s", a.raw)
		return a
	}
	id := func(a said) string { return a.object["id"].(string) }
	for i, n := range secretWritings() {
		words := "Kepala Desa " + n
		file := list(100*i, 100*i+3)
		a := looked(s.tryFile("/parties/"+pemda+"/uploads", "daftar "+n+".csv", file, object{"sender": words, "on_behalf": words}))
		looked(s.tryPost("/uploads/"+id(a)+"/place", object{"obligation_id": duty, "on_behalf": words}))
		looked(s.tryPost("/uploads/"+id(a)+"/set-aside", object{"reason": words}))
		looked(s.tryPost("/uploads/"+id(a)+"/imports", object{"obligation_id": duty, "on_behalf": words, "sheet": words, "on": n}))
		looked(s.tryPost("/uploads/"+id(a)+"/imports", object{"obligation_id": duty, "on_behalf": words, "sheet": words}))
		looked(s.tryFile("/parties/"+pemda+"/uploads", "a.csv", append(bytes.Clone(file), "\n"...), object{"batch": strings.NewReplacer(" ", "", ".", "", "-", "").Replace(n)}))
		looked(s.tryFile("/parties/"+pemda+"/uploads", "a.csv", file, object{n: words}))
		looked(s.try(http.MethodPost, "/parties/"+pemda+"/uploads?"+url.Values{"file_name": {n}, "sender": {words}, n: {"x"}}.Encode(), bytes.NewReader(file), nil))
		read := looked(s.tryFile("/obligations/"+duty+"/uploads", "b.csv", append(bytes.Clone(file), "\n\n"...), object{"on_behalf": words}))
		looked(s.tryPost("/imports/"+id(read)+"/answers", object{"answers": object{n: object{"reason": n, "on": n}}}))
		looked(s.tryPost("/imports/"+id(read)+"/answers", object{"rest": object{"reason": n}}))
		looked(s.tryPost("/imports/"+id(read)+"/mapping", object{"columns": object{n: "A"}, "sheet": n}))
		looked(s.tryPost("/imports/"+id(read)+"/accept", object{"despite": words, n: true}))
		looked(s.tryPost("/imports/"+id(read)+"/accept", object{"despite": words}))
		looked(s.tryPost("/obligations/"+duty+"/paste", object{"text": "NIK\tNama\n" + numbered(50+i) + "\tPekerja\n", "on_behalf": words}))
		looked(s.tryPost("/obligations/"+duty+"/joiners", object{"person": object{"nik": numbered(5000 + i), "name": "Pekerja Baru"}, "note": words, "on_behalf": words}))
		for _, path := range []string{"/uploads/" + n, "/imports/" + n, "/imports?obligation_id=" + url.QueryEscape(n), "/uploads?" + url.QueryEscape(n) + "=x", "/imports/" + id(read) + "/findings?page_token=" + url.QueryEscape(n)} {
			looked(s.try(http.MethodGet, strings.ReplaceAll(path, " ", "%20"), nil, map[string]string{"X-Request-Id": n}))
		}
	}
	row := s.items("/api/v1/obligations/" + duty + "/people?on=2027-01-05")[0]["id"]
	for _, n := range secretWritings() {
		looked(s.tryPost("/roster-rows/"+row.(string)+"/leave", object{"reason": n, "on": n, "note": n}))
	}

	// Somebody on two lists, and a decision with a NIK in its reason.
	other := s.handed(duties[desas[1]], "c.csv", list(0, 3))
	s.made("/imports/"+id(other)+"/accept", object{})
	for i, c := range s.all("/api/v1/conflicts?state=open") {
		looked(s.tryPost("/conflicts/"+c["id"].(string)+"/decide", object{"keeps": []string{duty}, "reason": "sama dengan " + secretWritings()[i]}))
	}

	s.Stop()
	require.Empty(t, writings().in([]byte(s.Log())))
	found, _ := writings().folder(t, data)
	require.Empty(t, found)
}

// TestANIKInTheWrongCellIsKeptByItsEndOnly puts NIKs and what is told of people
// where a list has other things: names, headings, sheets, titles, totals.
func TestANIKInTheWrongCellIsKeptByItsEndOnly(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data, "--log-level", "debug")
	waiting(t, s)
	duty := s.duties()[desas[0]]
	n := secretNIK(1)
	lists := map[string]string{
		"in names.csv":               "NIK;Nama\n" + numbered(1) + ";Budi " + n + "\n" + numbered(2) + ";" + n + "\n" + numbered(3) + ";" + n[:8] + " " + n[8:] + " Budi\n",
		"in every column.csv":        "NIK;Nama;Tempat Lahir;Tanggal Lahir;JK;Ibu;Alamat;Desa;HP;Jabatan;Upah;Mulai;Cadangan;Ket\n" + numbered(4) + ";Budi" + strings.Repeat(";"+n, 12) + "\n",
		"as headings.csv":            n + ";Nama\n" + numbered(5) + ";Budi\n",
		"as more headings.csv":       "NIK;Nama;" + n + ";" + mother + "\n" + numbered(6) + ";Budi;x;y\n",
		"no headings.csv":            n + ";Budi;" + mother + ";Jalan Rahasia 1\n" + secretNIK(5) + ";Badu;" + mother + ";Jalan Rahasia 2\n",
		"a heading nobody knows.csv": "Nomor;Sebutan;" + mother + "\n" + n + ";Budi;" + mother + "\n",
		"in titles.csv":              "DAFTAR " + n + "\n" + mother + "\nNIK;Nama\n" + numbered(7) + ";Budi\nJumlah;" + n + "\nMengetahui " + mother + ";" + n + "\n",
		"too long.csv":               "NIK;Nama\n" + n + "1;Budi\n" + n[:15] + ";Badu\n'" + n + "x;Bidu\n" + "9.97391E+15;Bodu\n",
	}
	var ids []string
	for name, content := range lists {
		a := s.handed(duty, name, []byte(content))
		require.Empty(t, writings().in(a.raw), "%s: %s", name, a.raw)
		require.Empty(t, finderOf(mother).in(a.raw), "%s: %s", name, a.raw)
		ids = append(ids, a.object["id"].(string))
	}
	for _, id := range ids {
		for _, path := range []string{"/findings", ""} {
			_, raw := s.ask(http.MethodGet, "/api/v1/imports/"+id+path, nil)
			require.Empty(t, writings().in(raw), "%s", raw)
		}
		_, err := s.tryPost("/imports/"+id+"/accept", object{"despite": "uji"})
		require.NoError(t, err)
	}
	s.Stop()
	require.Empty(t, writings().in([]byte(s.Log())))
	found, _ := finderOf(append(secretWritings()[:4], beginning, mother, "Jalan Rahasia")...).folder(t, data)
	require.Empty(t, found)
}
