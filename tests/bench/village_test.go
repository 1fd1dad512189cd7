package bench_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/nik"
	"payung/intake"
	"payung/internal/testdb"
	"payung/ledger"
)

// BenchmarkVillageFile takes in 200 workbooks of 100 people, one after the
// other, each from the bytes to the accepted list, beside people who are there
// already.
func BenchmarkVillageFile(b *testing.B) {
	for _, engine := range []struct {
		name string
		url  func(testing.TB) string
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(engine.name, func(b *testing.B) {
			m := start(b, engine.url(b))
			fill(b, m.url, 200_000)
			k := m.kabupaten(b, 200)
			var duties []string
			require.NoError(b, m.ledger.Write(b.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				if _, err := tx.RecordYear(k.Agreement.ID, ledger.YearInput{LineID: k.Line.ID, Year: 2027, KindOfUnit: "desa"}, ""); err != nil {
					return err
				}
				all, err := tx.Obligations(ledger.ObligationFilter{AgreementID: k.Agreement.ID}, ledger.Page{Size: 1000})
				for _, o := range all {
					duties = append(duties, o.ID)
				}
				return err
			}))
			in := intake.New(m.ledger, func(context.Context, string) error { return nil })
			for b.Loop() {
				var took []time.Duration
				for v, duty := range duties {
					content := villageFile(b, v)
					begun := time.Now()
					sum := sha256.Sum256(content)
					u, _, err := in.Receive(b.Context(), ledger.Operator(), intake.File{
						PemdaPartyID: k.Pemda.ID, Name: "daftar.xlsx", Size: int64(len(content)), Hash: sum[:], Content: bytes.NewReader(content),
					})
					require.NoError(b, err)
					i, err := in.Begin(b.Context(), ledger.Operator(), u.ID, ledger.ImportInput{ObligationID: duty})
					require.NoError(b, err)
					require.Equal(b, ledger.ImportReady, i.State)
					require.NoError(b, m.ledger.Write(b.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
						_, err := tx.Accept(i.ID, ledger.Acceptance{})
						return err
					}))
					took = append(took, time.Since(begun))
				}
				percentiles(b, took, "village")
			}
		})
	}
}

func villageFile(b *testing.B, village int) []byte {
	b.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(b, err)
	require.NoError(b, w.SetRow("A1", []any{"No", "NIK", "Nama Lengkap", "Tanggal Lahir", "L/P", "Alamat"}))
	for i := range 100 {
		at, err := excelize.CoordinatesToCellName(1, i+2)
		require.NoError(b, err)
		n := nik.Synthetic(village, "1980-03-05", false, 1+i).Reveal()
		require.NoError(b, w.SetRow(at, []any{strconv.Itoa(i + 1), n, words(village*100 + i), "05-03-1980", "L", "Dusun"}))
	}
	require.NoError(b, w.Flush())
	var out bytes.Buffer
	require.NoError(b, f.Write(&out))
	return out.Bytes()
}
