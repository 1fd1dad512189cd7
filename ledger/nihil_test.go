package ledger_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
)

func TestASignedNihilIsKeptWithItsStatement(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-15")
		duties := b.obligations()
		var scan, other string
		b.write(func(tx *ledger.Tx) error {
			scan, other = b.upload(tx, duties[0].ID, "sptjm.pdf"), b.upload(tx, duties[1].ID, "lain.pdf")
			return nil
		})
		closing := ledger.Closing{
			How: ledger.ByNihil, Signatory: "Kepala Desa 001", SignedBy: "Andi", SignedOn: "2026-11-20", Number: "470/12/2026", Text: "Tidak ada pekerja rentan.", UploadID: scan,
		}
		try := func(change func(*ledger.Closing)) error {
			in := closing
			change(&in)
			return b.do(func(tx *ledger.Tx) error { _, err := tx.Close(duties[0].ID, in); return err })
		}
		for name, tt := range map[string]struct {
			change func(*ledger.Closing)
			code   string
		}{
			"nobody signed":                 {func(c *ledger.Closing) { c.Signatory = " " }, "missing_field"},
			"signed after it was handed in": {func(c *ledger.Closing) { c.SignedOn = "2026-11-24" }, "signed_after_closing"},
			"signed on no day":              {func(c *ledger.Closing) { c.SignedOn = "2026-11-31" }, "bad_date"},
			"the scan of another unit":      {func(c *ledger.Closing) { c.UploadID = other }, "scan_of_another_unit"},
			"a scan nobody knows":           {func(c *ledger.Closing) { c.UploadID = "x" }, "not_found"},
			"a book instead of a statement": {func(c *ledger.Closing) { c.Text = strings.Repeat("x", 4001) }, "text_too_long"},
		} {
			require.Equal(t, tt.code, mustFault(t, try(tt.change)).Code, name)
		}
		require.NoError(t, try(func(*ledger.Closing) {}))
		b.read(func(tx *ledger.Tx) error {
			s := must(tx.Statement(duties[0].ID))
			require.Equal(t, []string{"470/12/2026", "2026-11-20", "Kepala Desa 001", "Andi", scan, "Tidak ada pekerja rentan."},
				[]string{s.Number, s.OnDay, s.Signatory, s.Name, s.UploadID, s.Text})
			require.Empty(t, must(tx.Statement(duties[1].ID)).ID)
			for _, row := range must(tx.Overview(b.agreement.ID, "")).Matrix.Groups[0].Rows {
				cell := row.Cells[0]
				require.Equal(t, cell.Obligation.ID == duties[0].ID, cell.Statement.Number == "470/12/2026", "the unit's row shows it")
				require.Equal(t, cell.Obligation.ID == duties[0].ID, cell.State == ledger.CellNihil, "no answer is never zero")
			}
			return nil
		})
		b.fold()
		require.Equal(t, []int{1, 0, 3}, []int{b.rollup(ledger.MeasureNihil), b.rollup(ledger.MeasureAnswered), b.rollup(ledger.MeasureDuties)})
	})
}

// upload keeps a small file of a unit.
func (b *book) upload(tx *ledger.Tx, obligation, name string) string {
	b.t.Helper()
	sum := sha256.Sum256([]byte(name))
	u, _, err := tx.BeginUpload(ledger.UploadInput{PemdaPartyID: b.pemda.ID, Name: name, Size: 4, Hash: sum[:]})
	require.NoError(b.t, err)
	require.NoError(b.t, tx.AddPart(u.ID, 0, []byte("%PDF")))
	must(tx.FinishUpload(u.ID, "pdf", "not_a_sheet", nil))
	must(tx.PlaceUpload(u.ID, obligation, ""))
	return u.ID
}

func TestAListTakesThePlaceOfANihil(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		id := b.obligations()[0].ID
		b.write(func(tx *ledger.Tx) error { return nihil(tx, id) })
		b.fold()
		require.Equal(t, []int{1, 0}, []int{b.rollup(ledger.MeasureNihil), b.rollup(ledger.MeasureAnswered)})
		b.clock.set(wita("2026-11-25", 9))
		_, err := b.submit(id, person(1))
		require.NoError(t, err)
		b.fold()
		require.Equal(t, []int{0, 1}, []int{b.rollup(ledger.MeasureNihil), b.rollup(ledger.MeasureAnswered)})
		require.Zero(t, b.recount())
		b.read(func(tx *ledger.Tx) error {
			o := must(tx.Obligation(id))
			require.Equal(t, []string{ledger.StateClosed, ledger.ByRoster, "2026-11-25"}, []string{o.State, o.ClosedHow, o.ClosedOn})
			changes := must(tx.Changes(id))
			require.Equal(t, []string{ledger.ByNihil, ledger.ByRoster}, []string{changes[0].ClosedHow, changes[1].ClosedHow})
			require.NotEmpty(t, must(tx.Statement(id)).ID, "what was signed stays on record")
			past := must(tx.Overview(b.agreement.ID, "2026-11-24")).Duties
			require.Equal(t, []int64{1, 0}, []int64{past.Nihil, past.Answered}, "as it was the day before")
			return nil
		})
		_, err = b.submit(id, person(1), person(2))
		require.NoError(t, err)
		require.Zero(t, b.recount(), "a correction answers nothing twice")

		other := b.obligations()[1].ID
		_, err = b.submit(other, person(5))
		require.NoError(t, err)
		err = b.do(func(tx *ledger.Tx) error { return nihil(tx, other) })
		require.Equal(t, "obligation_not_open", mustFault(t, err).Code)
		exec(t, url, "UPDATE obligations SET state = 'submitted' WHERE id = '"+other+"'")
		err = b.do(func(tx *ledger.Tx) error { return nihil(tx, other) })
		require.Equal(t, "names_on_list", mustFault(t, err).Code, "nobody signs that there is nobody beside a name")
	})
}
