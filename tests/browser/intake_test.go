package browser_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/nik"
)

// received are the pages of files that have come in: each in a state somebody
// meets.
type received struct {
	list    string // of a village that has handed in nothing
	batch   string // files that came together
	held    string // a reading with much to mend
	missing string // a reading that lacks people of the list before
	desk    string // of the year these lists are for
	waiting string // who has not answered for it
}

// receive hands in lists of villages of the live agreement as people do.
func (s *site) receive(t *testing.T) {
	t.Helper()
	duties, year := s.duties(t)
	party := s.partyOf(t)
	one := s.form(t, "/lists/"+duties[0]+"/file", file{"daftar.csv", people("DAFTAR PERANGKAT", 1, 9)})
	s.form(t, one+"/accept")
	two := s.form(t, "/lists/"+duties[1]+"/file", file{"daftar perangkat.csv", people("DAFTAR PERANGKAT", 7, 12)})
	s.form(t, two+"/accept")
	bad := strings.ReplaceAll(people("DAFTAR PERANGKAT", 21, 29), "99010117", "9901017")
	s.received = received{
		list: "/lists/" + duties[5], desk: "/desk/" + path.Base(s.live) + "?year=" + year, waiting: "/desk/" + path.Base(s.live) + "/waiting?year=" + year,
		missing: s.form(t, "/lists/"+duties[0]+"/file", file{"daftar baru.csv", people("DAFTAR BARU", 1, 7)}),
		held:    s.form(t, "/lists/"+duties[2]+"/file", file{"daftar salah.csv", bad}),
	}
	batch := s.form(t, "/files", file{"party", party}, file{"sender", "0812-0000-1111"}, file{"IMG-20261120-WA0007.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00"},
		file{"daftar desa lambusa.csv", people("DAFTAR DESA LAMBUSA", 41, 47)}, file{"data.csv", people("DAFTAR", 51, 55)})
	s.batch, _, _ = strings.Cut(batch, "?")
}

// file is a file of a form; one whose name has no dot is a field.
type file struct{ name, content string }

// form sends a form and is told where to go on.
func (s *site) form(t *testing.T, to string, parts ...file) string {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, p := range parts {
		if !strings.Contains(p.name, ".") {
			require.NoError(t, w.WriteField(p.name, p.content))
			continue
		}
		part, err := w.CreateFormFile("file", p.name)
		require.NoError(t, err)
		_, err = part.Write([]byte(p.content))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	once := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	kind := w.FormDataContentType()
	if len(parts) == 0 {
		body.Reset()
		kind = "application/x-www-form-urlencoded"
	}
	resp, err := once.Post(s.url+to, kind, &body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusSeeOther, resp.StatusCode, to)
	return resp.Header.Get("Location")
}

// people are a list as villages send it.
func people(title string, from, to int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s;;;\nNo;NIK;Nama;L/P\n", title)
	for n := from; n <= to; n++ {
		fmt.Fprintf(&out, "%d;%s;Wa %c%ca Contoh;L\n", n, nik.Synthetic(101, "1980-05-17", false, n).Reveal(), 'B'+rune(n%20), 'a'+rune(n/20))
	}
	return out.String()
}

// duties are lists that villages of the live agreement owe for one year.
func (s *site) duties(t *testing.T) (ids []string, year string) {
	t.Helper()
	var list struct {
		Items []struct {
			ID   string
			Year string `json:"year_id"`
		}
	}
	s.ask(t, "/api/v1/obligations?"+url.Values{"agreement_id": {path.Base(s.live)}, "kind": {"roster"}, "state": {"open"}, "page_size": {"100"}}.Encode(), &list)
	require.NotEmpty(t, list.Items)
	year = list.Items[0].Year
	for _, o := range list.Items {
		if o.Year == year {
			ids = append(ids, o.ID)
		}
	}
	require.Greater(t, len(ids), 6)
	return ids, year
}

func (s *site) partyOf(t *testing.T) string {
	t.Helper()
	var a struct {
		Pemda string `json:"pemda_party_id"`
	}
	s.ask(t, "/api/v1"+s.live, &a)
	require.NotEmpty(t, a.Pemda)
	return a.Pemda
}

// ask reads something from the API.
func (s *site) ask(t *testing.T, at string, into any) {
	t.Helper()
	resp, err := http.Get(s.url + at)
	require.NoError(t, err)
	defer func() { require.NoError(t, resp.Body.Close()) }()
	require.Equal(t, http.StatusOK, resp.StatusCode, at)
	require.NoError(t, json.NewDecoder(resp.Body).Decode(into))
}
