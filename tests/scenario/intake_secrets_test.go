package scenario_test

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// What lists tell of people besides their NIKs.
const (
	address = "Jalan Rahasia Gang Tersembunyi"
	phone   = "081277770077"
)

// told is a list that tells all there is of people, two of whom cannot be taken
// in.
func told(from int) table {
	l := table{{"NIK", "Nama", "Nama Ibu Kandung", "Alamat", "No HP", "Pekerjaan", "Keterangan"}}
	for n := range 6 {
		l = append(l, []string{secretNIK(from + n), "Pekerja Contoh " + letters(n), mother, address, phone, "Petani", "anak dari " + mother + " " + secretNIK(from+n)})
	}
	return append(l, []string{secretNIK(from)[:15], "Pekerja Salah", mother, address, phone, "", ""}, []string{secretNIK(from + 1), "Pekerja Kembar", mother, address, phone, "", ""})
}

// old is a workbook as Excel wrote it before 2007; nothing where there is no
// LibreOffice.
func old(tb testing.TB, workbook []byte) []byte {
	tb.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		return nil
	}
	dir := tb.TempDir()
	require.NoError(tb, os.WriteFile(filepath.Join(dir, "a.xlsx"), workbook, 0o600))
	cmd := exec.CommandContext(tb.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xls:MS Excel 97", "--outdir", dir, filepath.Join(dir, "a.xlsx"))
	cmd.Env = append(os.Environ(), "TMPDIR="+dir, "HOME="+dir)
	said, err := cmd.CombinedOutput()
	require.NoError(tb, err, "%s", said)
	content, err := os.ReadFile(filepath.Join(dir, "a.xls"))
	require.NoError(tb, err)
	return content
}

// sendLists hands in lists of every format, good and bad, and fetches what is
// made of them.
func sendLists(t *testing.T, s *server) {
	t.Helper()
	duty := s.all("/api/v1/obligations?kind=roster")[0]["id"].(string)
	fetched := func(path string) []byte {
		a, err := s.try(http.MethodGet, path, nil, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, a.status, "%s: %s", path, a.raw)
		return a.raw
	}
	lists := map[string][]byte{"a.csv": told(50).csv(), "a.ods": told(60).ods(), "a.xlsx": told(70).xlsx(t)}
	if content := old(t, told(80).xlsx(t)); content != nil {
		lists["a.xls"] = content
	}
	for name, content := range lists {
		a := s.handed(duty, name, content)
		require.Equal(t, []any{6.0, 2.0}, []any{a.object["good"], a.object["bad"]}, "%s: %s", name, a.raw)
		require.Empty(t, finderOf(beginning, mother, address, phone).in(a.raw), "%s: %s", name, a.raw)
		path := "/imports/" + a.object["id"].(string)
		book, err := excelize.OpenReader(bytes.NewReader(fetched(path + "/errors.xlsx")))
		require.NoError(t, err)
		require.NotEmpty(t, book.GetSheetList())
		require.True(t, bytes.Equal(content, fetched("/uploads/"+a.object["upload_id"].(string)+"/content")))
		require.Empty(t, finderOf(beginning, mother).in(fetched(path+"/findings?page_size=500")))
		s.made(path+"/answers", object{"rest": object{"reason": "forgotten"}})
		if name == "a.ods" {
			s.made(path+"/drop", nil)
			continue
		}
		s.made(path+"/accept", object{"despite": "uji"})
	}

	var locked bytes.Buffer
	require.NoError(t, told(90).book(t).Write(&locked, excelize.Options{Password: "rahasia"}))
	secret := strings.Join(told(90)[1], " ")
	for name, content := range map[string][]byte{
		"locked.xlsx": locked.Bytes(), "macros.xlsm": zipped(parts(`<row><c t="str"><v>`+secret+`</v></c></row>`, "xl/vbaProject.bin", secret)),
		"a.pdf": []byte("%PDF-1.7\n" + secret), "a.jpg": []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + secret), "a.zip": zipped(map[string]string{"a.txt": secret}),
		"cut.xlsx": lists["a.xlsx"][:len(lists["a.xlsx"])/2], "odd.bin": append([]byte{0, 1, 2}, secret...), "long.csv": append(told(95).csv(), strings.Repeat("1;x\n", 100_001)...),
		"no heading.csv": []byte(secret), "mapped.csv": bytes.Replace(told(97).csv(), []byte("NIK;Nama"), []byte("Sebutan;Panggilan"), 1),
	} {
		a := s.hand(duty, name, content)
		require.Less(t, a.status, 500, "%s: %s", name, a.raw)
		require.Empty(t, finderOf(beginning, mother, address, phone).in(a.raw), "%s: %s", name, a.raw)
		if a.object["problem"] == "mapping_without_nik" {
			_, err := s.tryPost("/imports/"+a.object["id"].(string)+"/mapping", object{"columns": object{"nik": "A", "name": "B"}, "remember": true})
			require.NoError(t, err)
		}
	}
	pasted := strings.ReplaceAll(string(told(99).csv()), ";", "\t")
	s.made("/obligations/"+duty+"/paste", object{"text": pasted})
	s.withKey(t, "/api/v1/obligations/"+duty+"/paste", "a paste", object{"text": pasted + "\n"})
	template, err := excelize.OpenReader(bytes.NewReader(fetched("/obligations/" + duty + "/template.xlsx")))
	require.NoError(t, err)
	require.NotEmpty(t, template.GetSheetList())
}
