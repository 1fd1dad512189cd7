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
	today  calendar.Day
}

func newDesk(t *testing.T, url string, villages int) *desk {
	t.Helper()
	_, err := ledger.Migrate(t.Context(), url)
	require.NoError(t, err)
	keys := func(bool) (*keyring.Ring, error) { return keyring.New("test", make([]byte, 32)) }
	d := &desk{t: t, today: "2026-12-01"}
	now := func() time.Time { return d.today.In(calendar.WITA, 9, 0) }
	l, err := ledger.Open(t.Context(), ledger.Options{Database: url, Keys: keys, Now: now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	d.Intake = intake.New(l, func(context.Context, string) error { return nil })
	d.write(func(tx *ledger.Tx) error {
		d.Kabupaten, err = fixture.Make(tx, villages, nil)
		return err
	})
	d.duties = d.year(2027, "2026-12-15")
	return d
}

// year asks all villages for their lists of a year, and returns their duties.
func (d *desk) year(year int, target string) []models.Obligation {
	d.t.Helper()
	var out []models.Obligation
	d.write(func(tx *ledger.Tx) error {
		period, err := tx.RecordYear(d.Agreement.ID, ledger.YearInput{LineID: d.Line.ID, Year: year, KindOfUnit: "desa", TargetOn: target}, "")
		if err != nil {
			return err
		}
		all, err := tx.Obligations(ledger.ObligationFilter{AgreementID: d.Agreement.ID, Kind: ledger.KindRoster}, ledger.Page{Size: 1000})
		for _, u := range d.Villages {
			for _, o := range all {
				if o.UnitID == u.ID && o.PeriodID == period.ID {
					out = append(out, o)
				}
			}
		}
		return err
	})
	require.Len(d.t, out, len(d.Villages))
	return out
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
	return d.readFor(name, content, d.duties[village])
}

// readFor reads a file as the list of a duty. Every row of it is somewhere.
func (d *desk) readFor(name string, content []byte, duty models.Obligation) (models.Import, intake.Result) {
	d.t.Helper()
	i, err := d.Begin(d.t.Context(), ledger.Operator(), d.send(name, content).ID, ledger.ImportInput{ObligationID: duty.ID})
	require.NoError(d.t, err)
	require.Equal(d.t, i.Rows, i.Good+i.Bad+i.Leavers+i.Waiting, "rows in are rows kept and rows told")
	return i, d.result(i)
}

func (d *desk) result(i models.Import) (out intake.Result) {
	d.t.Helper()
	require.NoError(d.t, json.Unmarshal([]byte(i.Result), &out))
	return out
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
