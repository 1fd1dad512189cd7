package bench_test

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the drivers, for filling
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite"

	"payung/domain/nik"
	"payung/internal/fixture"
	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
)

type imported struct {
	Rows, Good        int64
	Wall, CPU, Memory float64
}

// BenchmarkImport takes the same roster in against many people who are there
// already, one in five rows bad, one in twenty on another list too: our way,
// the usual way, and the fastest the database could with the same rows.
// IMPORT_ROWS and IMPORT_PEOPLE change the numbers; 10 million people need some
// minutes and 8 GB.
func BenchmarkImport(b *testing.B) {
	rows, err := strconv.Atoi(cmp.Or(os.Getenv("IMPORT_ROWS"), "100000"))
	require.NoError(b, err)
	folder := b.TempDir()
	program := filepath.Join(folder, "importer")
	out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, "./importer").CombinedOutput()
	require.NoError(b, err, string(out))
	file := filepath.Join(folder, "daftar.xlsx")
	writeRoster(b, file, rows)
	for _, engine := range []struct {
		name, people string
		url          func(testing.TB) string
	}{{"postgres", "1000000", testdb.Postgres}, {"sqlite", "200000", testdb.SQLite}} {
		people, err := strconv.Atoi(cmp.Or(os.Getenv("IMPORT_PEOPLE"), engine.people))
		require.NoError(b, err)
		url := engine.url(b)
		duties := importTarget(b, url)
		fill(b, url, people)
		var ours imported
		for n, how := range []string{"ours", "naive", "floor"} {
			b.Run(engine.name+"/"+how, func(b *testing.B) {
				var got imported
				for b.Loop() {
					cmd := exec.CommandContext(b.Context(), program, how, url, duties[n], file)
					cmd.Stderr = os.Stderr
					out, err := cmd.Output()
					require.NoError(b, err)
					require.NoError(b, json.Unmarshal(out, &got))
				}
				b.ReportMetric(float64(got.Rows)/got.Wall, "rows/s")
				b.ReportMetric(got.CPU, "CPU-s")
				b.ReportMetric(got.Memory, "rss-MB")
				if how == "ours" {
					ours = got
					return
				}
				b.ReportMetric(got.Wall/ours.Wall, "times-ours-wall")
				b.ReportMetric(got.CPU/ours.CPU, "times-ours-CPU")
			})
		}
	}
}

// importTarget is a kabupaten with three lists to come.
func importTarget(b *testing.B, url string) []string {
	b.Helper()
	_, err := ledger.Migrate(b.Context(), url)
	require.NoError(b, err)
	l, err := ledger.Open(b.Context(), ledger.Options{Database: url, Keys: func(bool) (*keyring.Ring, error) { return keyring.New("bench", make([]byte, 32)) }})
	require.NoError(b, err)
	defer func() { require.NoError(b, l.Close()) }()
	var duties []string
	require.NoError(b, l.Write(b.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		k, err := fixture.Make(tx, 3, nil)
		if err != nil {
			return err
		}
		if _, err := tx.RecordYear(k.Agreement.ID, ledger.YearInput{LineID: k.Line.ID, Year: 2027, KindOfUnit: "desa"}, ""); err != nil {
			return err
		}
		all, err := tx.Obligations(ledger.ObligationFilter{AgreementID: k.Agreement.ID}, ledger.Page{Size: 10})
		for _, o := range all {
			duties = append(duties, o.ID)
		}
		return err
	}))
	return duties
}

// fill puts people into a kabupaten that is not the target's, with lists of
// their own.
func fill(b *testing.B, url string, people int) {
	b.Helper()
	driver, dsn := "pgx", url
	series, random, hash := "generate_series(1, %d) n", "decode(md5(n::text || 'x'), 'hex')", "hashtextextended(n::text, 7)"
	if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
		driver, dsn = "sqlite", "file:"+path
		series, random, hash = "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %d) SELECT n FROM c)", "randomblob(16)", "random()"
	}
	db, err := sql.Open(driver, dsn)
	require.NoError(b, err)
	defer func() { require.NoError(b, db.Close()) }()
	from := fmt.Sprintf(series, people)
	for _, q := range []string{
		`INSERT INTO persons (id, province_code, regency_code, unit_id, branch_id, nik_cipher, nik_index, nik_last4, key_id, name, born, sex, likeness, created_at)
			SELECT 'p-' || n, '74', '74.02', '', '', ` + random + `, ` + random + `, 'AAAAAAAAAAAAAAAAAAAAAA', 'bench', 'Nama ' || n, '1980-01-01', 'male', ` + hash + `, 1 FROM ` + from,
		`INSERT INTO roster_rows (id, province_code, regency_code, unit_id, branch_id, roster_id, person_id, number, name, born, sex, wage, detail, content, from_day, to_day, leaving, removed_by, findings)
			SELECT 'r-' || n, '74', '74.02', 'u-' || (n / 1000), '', 'v-' || (n / 1000), 'p-' || n, n, 'Nama ' || n, '1980-01-01', 'male', 0, ` + random + `, 1, '', '', '', '', '' FROM ` + from,
		`ANALYZE`,
	} {
		_, err := db.ExecContext(context.WithoutCancel(b.Context()), q)
		require.NoError(b, err)
	}
}

// writeRoster writes a roster of ten columns: one row in five is bad.
func writeRoster(b *testing.B, file string, count int) {
	b.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(b, err)
	write := func(n int, values ...any) {
		at, err := excelize.CoordinatesToCellName(1, n)
		require.NoError(b, err)
		require.NoError(b, w.SetRow(at, values))
	}
	write(1, "No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P", "Nama Ibu Kandung", "Alamat", "Pekerjaan", "No HP")
	for i := range count {
		n := nik.Synthetic(i/9999, "1980-03-05", i%2 == 1, 1+i%9999).Reveal()
		if i%5 == 4 {
			n = n[:15]
		}
		write(i+2, strconv.Itoa(i+1), n, words(i), "Kendari", "05-03-1980", []string{"L", "P"}[i%2], words(i/3), "Dusun "+words(i%50), "Petani", "0812"+fmt.Sprintf("%08d", i))
	}
	require.NoError(b, w.Flush())
	require.NoError(b, f.SaveAs(file))
}

// words is a name for a number.
func words(n int) string {
	out := make([]byte, 0, 16)
	for n += 4000; n > 0; n /= 20 {
		out = append(out, "bcdfghjklmnprstvwyzq"[n%20], 'a')
	}
	return "Wa " + string(out)
}
