package scenario_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/nik"
	"payung/tests/internal/program"
)

// desas are villages whose names are their own.
var desas = []string{
	"Wunduhaka", "Lamboo", "Andoolo", "Moramo", "Laeya", "Kolono", "Tinanggea", "Palangga", "Basala", "Benua", "Angata", "Lalembuu",
	"Mowila", "Landono", "Ranomeeto", "Konda", "Wolasi", "Lainea", "Laonti", "Buke", "Sabulakoa", "Baito", "Puriala", "Amonggedo",
}

// waiting makes a kabupaten that waits for the lists of its villages.
func waiting(t *testing.T, s *server) {
	t.Helper()
	id := func(o map[string]any) string { return o["id"].(string) }
	pemda := id(s.made("/parties", object{"kind": "pemda", "name": "Kabupaten Contoh", "region_code": "74.05"}))
	bpjs := id(s.made("/parties", object{"kind": "bpjs", "name": "BPJS Contoh", "region_code": "74.71"}))
	camat := s.made("/parties/"+pemda+"/units", object{"units": []object{{"kind": "kecamatan", "name": "Kecamatan Contoh", "head_title": "Camat"}}})
	var units []object
	for _, name := range desas {
		units = append(units, object{
			"kind": "desa", "name": "Desa " + name, "head_title": "Kepala Desa " + name, "parent_unit_id": camat["items"].([]any)[0].(map[string]any)["id"],
		})
	}
	s.made("/parties/"+pemda+"/units", object{"units": units})
	made := s.made("/agreements", object{
		"title": "PKS Contoh", "pemda_party_id": pemda, "bpjs_party_id": bpjs,
		"lines": []object{{"group_code": "village_officials", "funding_source": "apbdes", "wage": 2_351_870}},
	})
	perbup := id(s.made("/regulations", object{
		"kind": "perbup", "number": "24", "year": 2021, "title": "Jaminan sosial", "region_code": "74.05", "in_force_from": "2021-06-01",
	}))
	s.made("/agreements/"+id(made)+"/bases", object{"regulation_id": perbup, "from": object{"on": "2021-06-01"}})
	s.made("/agreements/"+id(made)+"/signatures", object{"signed_on": object{"on": "2026-01-27"}, "signatures": []object{
		{"party_id": pemda, "post_title": "Bupati"}, {"party_id": bpjs, "post_title": "Kepala Cabang"},
	}})
	s.made("/agreements/"+id(made)+"/decisions/open-year", object{
		"line_id": made["lines"].([]any)[0].(map[string]any)["id"], "year": 2027, "kind_of_unit": "desa", "target_on": "2026-12-15",
	})
}

// inbox is a folder as WhatsApp leaves it: a list of each village, half of them
// workbooks, and photos and letters between them.
func inbox(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "WhatsApp")
	keep := func(name string, content []byte) {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, content, 0o600))
	}
	for i, name := range desas {
		number := func(row int) string { return nik.Synthetic(7391, "1987-06-21", false, 10*i+row).Reveal() }
		if i%2 == 0 {
			list := "DAFTAR PERANGKAT DESA " + name + ";\n\nNIK;Nama\n"
			for row := 1; row <= 4; row++ {
				list += fmt.Sprintf("%s;Pekerja %c%c\n", number(row), 'A'+i, 'A'+row)
			}
			keep(fmt.Sprintf("lama/daftar %d.csv", i), []byte(list+number(5)[:15]+";Pekerja Salah\n"))
			continue
		}
		book := excelize.NewFile()
		require.NoError(t, book.SetSheetRow("Sheet1", "A1", &[]any{"NIK", "Nama"}))
		for row := 1; row <= 4; row++ {
			require.NoError(t, book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row+1), &[]any{number(row), fmt.Sprintf("Pekerja %c%c", 'A'+i, 'A'+row)}))
		}
		var b bytes.Buffer
		require.NoError(t, book.Write(&b))
		keep(fmt.Sprintf("DATA DESA %s FIX.xlsx", name), b.Bytes())
	}
	for i := range 4 {
		keep(fmt.Sprintf("IMG-20261120-WA%04d.jpg", i), fmt.Appendf(nil, "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01 photo %d", i))
	}
	keep("surat "+secretNIK(1)+".pdf", []byte("%PDF-1.7\nsurat"))
	keep("daftar.csv", []byte("NIK;Nama\n"+secretNIK(2)+";Pekerja Entah\n"))
	keep(".DS_Store", []byte("x"))
	keep("~$terbuka.xlsx", []byte("x"))
	return folder
}

type brought struct {
	Files []struct {
		File, Unit, State, Next string
		People, Bad             int
		Known                   bool
	}
	Received, Known, Accepted, Failed int
}

// bring runs the command over a folder.
func bring(t *testing.T, s *server, args ...string) brought {
	t.Helper()
	said, err := program.Run(t, append([]string{"import", "roster", "--server", s.URL, "--json"}, args...)...)
	require.NoError(t, err, said)
	require.NotContains(t, said, beginning)
	var out brought
	require.NoError(t, json.Unmarshal([]byte(said), &out), said)
	return out
}

func TestAWholeFolderOfListsComesInWithOneCommand(t *testing.T) {
	t.Parallel()
	s := serve(t, dataFolder(t))
	waiting(t, s)
	folder := inbox(t)

	dry := bring(t, s, folder, "--dry-run")
	require.Equal(t, []int{30, 0}, []int{len(dry.Files), dry.Received})
	require.Empty(t, s.items("/api/v1/uploads"), "nothing was sent")

	first := bring(t, s, folder, "--accept", "--on-behalf", "para kepala desa", "--sender", "grup WhatsApp kecamatan")
	require.Equal(t, []int{30, 30, 0, 24, 0}, []int{len(first.Files), first.Received, first.Known, first.Accepted, first.Failed})
	states := map[string]int{}
	for _, f := range first.Files {
		states[f.State]++
		if f.State == "accepted" {
			require.NotEmpty(t, f.Unit, f.File)
			require.Equal(t, 4, f.People, f.File)
		}
	}
	require.Equal(t, map[string]int{"accepted": 24, "needs_sheet": 5, "unplaced": 1}, states)
	duties := map[any]int{}
	for _, o := range s.all("/api/v1/obligations?kind=roster") {
		duties[o["state"]]++
	}
	require.Equal(t, map[any]int{"closed": 12, "submitted": 12}, duties, "half of them have a row to mend")

	uploads, imports := len(s.all("/api/v1/uploads")), len(s.all("/api/v1/imports"))
	second := bring(t, s, folder, "--accept")
	require.Equal(t, []int{30, 30, 24, 0}, []int{second.Received, second.Known, second.Accepted, second.Failed})
	require.Len(t, s.all("/api/v1/uploads"), uploads, "no copies")
	require.Len(t, s.all("/api/v1/imports"), imports, "and nothing is read twice")

	one := bring(t, s, filepath.Join(folder, "daftar.csv"), "--unit", "wunduhaka")
	require.Equal(t, []any{"Desa Wunduhaka", "ready", 1}, []any{one.Files[0].Unit, one.Files[0].State, one.Files[0].People})
	said, err := program.Run(t, "import", "roster", "--server", s.URL, folder, "--unit", "Antah Berantah")
	require.Error(t, err)
	require.Contains(t, said, "there is no unit called")

	empty := filepath.Join(t.TempDir(), "kosong.csv")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	said, err = program.Run(t, "import", "roster", "--server", s.URL, empty)
	require.Error(t, err, "something was not received")
	require.Contains(t, said, "1 of 1 files were not received")

	status, _ := s.ask(http.MethodGet, "/api/v1/imports/none/events", nil)
	require.Equal(t, http.StatusNotFound, status)
	s.Stop()
	require.NotContains(t, s.Log(), beginning)
}
