package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/intake"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func TestAVillagesListIsReadAndItsBadRowsAreNamedAsExcelShowsThem(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 2)
		short := "3;" + number(3)[:15] + ";Wa Tiga;L"
		i, out := d.read("data desa.csv", list(row(1, 1), row(2, 2), short, row(4, 4), "", "Jumlah;;4;"), 0)
		require.Equal(t, []any{ledger.ImportReady, ""}, []any{i.State, i.Problem})
		require.Equal(t, []int64{3, 1, 4}, []int64{i.Good, i.Bad, i.Rows})
		require.Equal(t, []string{"6 error nik_too_short"}, d.found(i.ID))
		require.Equal(t, ledger.Comparison{Added: 3}, *out.Comparison)
		require.EqualValues(t, 3, out.Effect.People)
		require.Positive(t, out.Effect.Cost)
	})
}

func TestANumericNIKIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		f := excelize.NewFile()
		for i, v := range []any{"NIK", "Nama"} {
			cell, _ := excelize.CoordinatesToCellName(i+1, 1)
			require.NoError(t, f.SetCellValue("Sheet1", cell, v))
		}
		require.NoError(t, f.SetCellStr("Sheet1", "A2", number(1)))
		require.NoError(t, f.SetCellStr("Sheet1", "B2", "Satu"))
		require.NoError(t, f.SetCellValue("Sheet1", "A3", 9901011701900002))
		require.NoError(t, f.SetCellStr("Sheet1", "B3", "Dua"))
		var b bytes.Buffer
		require.NoError(t, f.Write(&b))
		i, _ := d.read("a.xlsx", b.Bytes(), 0)
		require.Equal(t, []int64{1, 1}, []int64{i.Good, i.Bad})
		require.Contains(t, d.found(i.ID), "3 error numeric_nik")
	})
}

func TestAReadingThatWasCutOffComesToTheSameEnd(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		var rows []string
		for n := range 3500 {
			if n%5 == 4 {
				rows = append(rows, fmt.Sprintf("%d;%s;;L", n, number(n+1)))
				continue
			}
			rows = append(rows, row(n, n+1))
		}
		u := d.send("besar.csv", list(rows...))
		var i models.Import
		d.write(func(tx *ledger.Tx) (err error) {
			i, err = tx.OpenImport(u.ID, ledger.ImportInput{ObligationID: d.duties[0].ID})
			return err
		})
		// The process dies after each batch.
		for range 10 {
			ctx, die := context.WithCancel(t.Context())
			_, err := d.Read(ctx, i.ID, func(intake.Progress) { die() })
			die()
			if err == nil {
				break
			}
		}
		require.NoError(t, d.Ledger.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
			i, err = tx.Import(i.ID)
			return err
		}))
		require.Equal(t, []any{int64(2800), int64(700), ledger.ImportHeld, "hold_bad"}, []any{i.Good, i.Bad, i.State, i.Problem})
		require.EqualValues(t, 700, d.errors(i.ID))
	})
}

// How far a reading has come is known while it goes on.
func TestAReadingTellsHowManyRowsAreStillToCome(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		var rows []string
		for n := range 12_000 {
			rows = append(rows, row(n, 1+n%9999))
		}
		u := d.send("besar.csv", list(rows...))
		var i models.Import
		d.write(func(tx *ledger.Tx) (err error) {
			i, err = tx.OpenImport(u.ID, ledger.ImportInput{ObligationID: d.duties[0].ID})
			return err
		})
		current := func() (now models.Import) {
			require.NoError(t, d.Ledger.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
				now, err = tx.Import(i.ID)
				return err
			}))
			return now
		}
		var seen []models.Import
		end, err := d.Read(t.Context(), i.ID, func(intake.Progress) { seen = append(seen, current()) })
		require.NoError(t, err)
		require.NotEmpty(t, seen)
		require.Less(t, seen[0].Position, seen[0].Total, "a part was read ahead, so it is a little less than there are")
		require.InDelta(t, 12_003, seen[0].Total, 8000)
		require.Equal(t, end.Position, end.Total)
		require.Equal(t, current(), end, "what is returned is what is kept")
	})
}

func TestPhotosAndLettersAreReceivedAndKept(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d := newDesk(t, url, 1)
		u := d.send("IMG-20260115-WA0003.jpg", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01 a photo"))
		require.Equal(t, []string{ledger.UploadNeedsSheet, "picture", "picture_file"}, []string{u.State, u.Kind, u.Problem})
		_, err := d.Begin(t.Context(), ledger.Operator(), u.ID, ledger.ImportInput{ObligationID: d.duties[0].ID})
		require.ErrorContains(t, err, "kept")
	})
}
