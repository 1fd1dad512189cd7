package intake_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/intake"
	"payung/internal/fixture"
	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
	"payung/models"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testdb.Stop()
	os.Exit(code)
}

// desk is where files come in: a kabupaten that waits for lists.
type desk struct {
	*intake.Intake
	fixture.Kabupaten
	t      *testing.T
	duties []models.Obligation // one for each village, in their order
}

func newDesk(t *testing.T, url string, villages int) *desk {
	t.Helper()
	_, err := ledger.Migrate(t.Context(), url)
	require.NoError(t, err)
	keys := func(bool) (*keyring.Ring, error) { return keyring.New("test", make([]byte, 32)) }
	now := func() time.Time { return calendar.Day("2026-12-01").In(calendar.WITA, 9, 0) }
	l, err := ledger.Open(t.Context(), ledger.Options{Database: url, Keys: keys, Now: now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	d := &desk{t: t, Intake: intake.New(l, func(context.Context, string) error { return nil })}
	d.write(func(tx *ledger.Tx) error {
		if d.Kabupaten, err = fixture.Make(tx, villages, nil); err != nil {
			return err
		}
		_, err := tx.RecordYear(d.Agreement.ID, ledger.YearInput{LineID: d.Line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: "2026-12-15"}, "")
		if err != nil {
			return err
		}
		all, err := tx.Obligations(ledger.ObligationFilter{AgreementID: d.Agreement.ID, Kind: ledger.KindRoster}, ledger.Page{Size: 1000})
		for _, u := range d.Villages {
			for _, o := range all {
				if o.UnitID == u.ID {
					d.duties = append(d.duties, o)
				}
			}
		}
		return err
	})
	require.Len(t, d.duties, villages)
	return d
}

func (d *desk) write(fn func(*ledger.Tx) error) {
	d.t.Helper()
	require.NoError(d.t, d.Ledger.Write(d.t.Context(), ledger.Operator(), fn))
}

// send receives a file.
func (d *desk) send(name string, content []byte) models.Upload {
	d.t.Helper()
	sum := sha256.Sum256(content)
	u, _, err := d.Receive(d.t.Context(), ledger.Operator(), intake.File{
		PemdaPartyID: d.Pemda.ID, Name: name, Size: int64(len(content)), Hash: sum[:], Content: bytes.NewReader(content),
	})
	require.NoError(d.t, err)
	return u
}

// read reads a file as the list of a village.
func (d *desk) read(name string, content []byte, village int) (models.Import, intake.Result) {
	d.t.Helper()
	i, err := d.Begin(d.t.Context(), ledger.Operator(), d.send(name, content).ID, ledger.ImportInput{ObligationID: d.duties[village].ID})
	require.NoError(d.t, err)
	var out intake.Result
	require.NoError(d.t, json.Unmarshal([]byte(i.Result), &out))
	return i, out
}

func number(serial int) string {
	return nik.Synthetic(101, "1990-01-17", false, serial).Reveal()
}

// list is a village's list as many send it: CSV with semicolons and a title.
func list(rows ...string) []byte {
	return []byte("DAFTAR PERANGKAT DESA;;\n\nNo;NIK;Nama;L/P\n" + strings.Join(rows, "\n") + "\n")
}

// name is a different name for each number.
func name(n int) string {
	out := ""
	for n++; n > 0; n /= 20 {
		out += string("bcdfghjklmnprstvwyzq"[n%20]) + "a"
	}
	return "Wa " + out
}

func row(no, serial int) string { return fmt.Sprintf("%d;%s;%s;L", no, number(serial), name(serial)) }

func (d *desk) found(importID string) (out []string) {
	d.t.Helper()
	require.NoError(d.t, d.Ledger.Read(d.t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		rows, err := tx.Findings(importID, ledger.FindingPage{Size: 1000})
		for _, f := range rows {
			out = append(out, fmt.Sprintf("%d %s %s", f.Number, f.Level, f.Rule))
		}
		return err
	}))
	return out
}

func (d *desk) errors(importID string) (n int64) {
	d.t.Helper()
	require.NoError(d.t, d.Ledger.Read(d.t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		counts, err := tx.RuleCounts(importID)
		for _, c := range counts {
			if c.Level == "error" {
				n += c.Count
			}
		}
		return err
	}))
	return n
}

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
			err := d.Read(ctx, i.ID, func(intake.Progress) { die() })
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
