package ledger_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// receive stores a file that came for the kabupaten.
func (b *book) receive(name, content string) models.Upload {
	b.t.Helper()
	sum := sha256.Sum256([]byte(content))
	var u models.Upload
	b.write(func(tx *ledger.Tx) error {
		var known bool
		var err error
		u, known, err = tx.BeginUpload(ledger.UploadInput{PemdaPartyID: b.pemda.ID, Name: name, Size: int64(len(content)), Hash: sum[:], OnBehalf: "Kepala Desa"})
		if err != nil || known {
			return err
		}
		if err := tx.AddPart(u.ID, 0, []byte(content)); err != nil {
			return err
		}
		u, err = tx.FinishUpload(u.ID, "csv", "", nil)
		return err
	})
	return u
}

func listed(numbers ...int) []ledger.ListedRow {
	rows := make([]ledger.ListedRow, len(numbers))
	for i, n := range numbers {
		p := person(n)
		rows[i] = ledger.ListedRow{Number: int64(i + 2), NIK: ledger.Digits(p.NIK), Name: p.Name, Born: "1990-01-17", Sex: "L"}
	}
	return rows
}

// prepare reads a file as the list of a duty, as far as the ledger is concerned.
func (b *book) prepare(uploadID, obligationID string, batches ...ledger.Batch) models.Import {
	b.t.Helper()
	var i models.Import
	b.write(func(tx *ledger.Tx) (err error) {
		i, err = tx.OpenImport(uploadID, ledger.ImportInput{ObligationID: obligationID})
		return err
	})
	for _, batch := range batches {
		require.NoError(b.t, b.StageBatch(b.t.Context(), ledger.Operator(), i.ID, batch))
	}
	return i
}

func (b *book) finish(i models.Import, r ledger.Reading) models.Import {
	b.t.Helper()
	b.write(func(tx *ledger.Tx) (err error) {
		i, err = tx.FinishReading(i.ID, r)
		return err
	})
	return i
}

func (b *book) accept(i models.Import, in ledger.Acceptance) (models.Roster, error) {
	b.t.Helper()
	var r models.Roster
	err := b.Write(b.t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
		r, err = tx.Accept(i.ID, in)
		return err
	})
	return r, err
}

func TestAFileIsKeptSealedAndKnownAgainByItsContent(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		u := b.receive(`C:\Users\desa\7405010101900001 data.csv`, "NIK;Nama\n9901011701900001;Ani")
		require.Equal(t, "************0001 data.csv", u.Name, "no folders, no NIK")
		again := b.receive("lain.csv", "NIK;Nama\n9901011701900001;Ani")
		require.Equal(t, u.ID, again.ID)
		b.read(func(tx *ledger.Tx) error {
			_, content, err := tx.UploadContent(u.ID)
			require.NoError(t, err)
			require.Equal(t, "NIK;Nama\n9901011701900001;Ani", string(content))
			return nil
		})
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM upload_parts WHERE data LIKE '%Ani%'"))
	})
}

func TestOnlyAGovernmentsOwnPeopleSendItFiles(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		send := func(a ledger.Actor) (u models.Upload, err error) {
			err = b.Write(t.Context(), a, func(tx *ledger.Tx) error {
				u, _, err = tx.BeginUpload(ledger.UploadInput{PemdaPartyID: b.pemda.ID, Name: "a.csv", Size: 1, Hash: []byte(a.Name)})
				return err
			})
			return u, err
		}
		_, err := send(ledger.Actor{Name: "lain", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.02"})
		require.Equal(t, "not_found", mustFault(t, err).Code)
		u, err := send(ledger.Actor{Name: "desa", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{b.units[0].ID}})
		require.NoError(t, err)
		require.Equal(t, b.units[0].ID, u.UnitID, "a village's file is the village's")
	})
}

func TestAListIsPreparedUnseenAndTurnedInOneStep(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty := b.obligations()[0].ID
		u := b.receive("a.csv", "a")
		bad := []models.ImportFinding{{ImportID: "x", Number: 4, Field: "nik", Level: "error", Rule: "too_short", Params: "{}"}}
		i := b.prepare(u.ID, duty, ledger.Batch{Rows: listed(1, 2), Position: 3, Total: 5})
		bad[0].ImportID = i.ID
		last := ledger.Batch{Rows: listed(3), Findings: bad, Bad: 1, Skipped: 1, Position: 6, Total: 5}
		last.Rows[0].Number = 5
		require.NoError(t, b.StageBatch(t.Context(), ledger.Operator(), i.ID, last))
		require.NoError(t, b.StageBatch(t.Context(), ledger.Operator(), i.ID, last), "a stretch read again after a crash counts once")

		b.read(func(tx *ledger.Tx) error {
			require.Empty(t, must(tx.Rosters(duty)))
			require.Empty(t, must(tx.Listed(duty, "2026-12-31", page)))
			return nil
		})
		_, err := b.accept(i, ledger.Acceptance{})
		require.Equal(t, "import_reading", mustFault(t, err).Code)

		i = b.finish(i, ledger.Reading{State: ledger.ImportReady, Result: "{}"})
		require.Equal(t, []int64{3, 1, 4, 1}, []int64{i.Good, i.Bad, i.Rows, i.Skipped}, "rows in are rows kept and rows held")
		r, err := b.accept(i, ledger.Acceptance{})
		require.NoError(t, err)
		require.Equal(t, []any{1, int64(3), int64(3), int64(0), "Kepala Desa"}, []any{r.Version, r.People, r.Added, r.Removed, r.OnBehalf})
		require.Equal(t, ledger.StateSubmitted, b.obligations()[0].State, "a row is still to be mended")
		require.NotZero(t, b.obligations()[0].NextAt, "so its reminders go on")

		// The rest comes: what was good is not touched.
		u = b.receive("b.csv", "b")
		i = b.prepare(u.ID, duty, ledger.Batch{Rows: listed(1, 2, 3, 4), Position: 9})
		var c ledger.Comparison
		b.write(func(tx *ledger.Tx) (err error) { c, err = tx.Compare(i.ID); return err })
		require.Equal(t, ledger.Comparison{Before: 3, Added: 1, Same: 3}, c)
		i = b.finish(i, ledger.Reading{State: ledger.ImportReady, Result: "{}"})
		r, err = b.accept(i, ledger.Acceptance{})
		require.NoError(t, err)
		require.Equal(t, []any{2, int64(4), int64(1), int64(0)}, []any{r.Version, r.People, r.Added, r.Removed})
		require.Equal(t, ledger.StateClosed, b.obligations()[0].State)
		b.fold()
		require.Equal(t, 4, b.rollup("listed"))
		require.Zero(t, b.recount())
	})
}

func TestNobodyLeavesAListBySilence(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty := b.obligations()[0].ID
		first, err := b.submit(duty, person(1), person(2), person(3), person(4))
		require.NoError(t, err)
		i := b.prepare(b.receive("a.csv", "a").ID, duty, ledger.Batch{Rows: listed(1), Position: 2})
		i = b.finish(i, ledger.Reading{State: ledger.ImportReady, Result: "{}", Base: first.Roster.ID})
		_, err = b.accept(i, ledger.Acceptance{})
		f := mustFault(t, err)
		require.Equal(t, []string{"missing_people", "3"}, []string{f.Code, f.Params["count"]})

		var missing []ledger.MissingPerson
		b.read(func(tx *ledger.Tx) (err error) { missing, err = tx.MissingPeople(i.ID, 10); return err })
		require.Len(t, missing, 3)
		b.clock.set(wita("2027-04-01", 9))
		for day, code := range map[string]string{
			"2027-04-02": "leaves_later", "2026-12-30": "left_before_joining", "2028-01-01": "outside_year", "1 April": "bad_date", "": "bad_date",
		} {
			for _, reason := range []string{"died", "resigned"} {
				err := b.do(func(tx *ledger.Tx) error {
					_, err := tx.Answer(i.ID, ledger.Answers{missing[0].RowID: {Reason: reason, On: day}}, nil)
					return err
				})
				require.Equal(t, code, mustFault(t, err).Code, "%s on %s", reason, day)
			}
		}
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Answer(i.ID, ledger.Answers{missing[0].RowID: {Reason: "died", On: "2027-03-05"}, missing[1].RowID: {Reason: "resigned", On: "2027-02-28"}},
				&ledger.Leaver{Reason: ledger.Forgotten})
			return err
		})
		r, err := b.accept(i, ledger.Acceptance{})
		require.NoError(t, err)
		require.Equal(t, []any{2, int64(2), int64(2)}, []any{r.Version, r.People, r.Removed})
		b.read(func(tx *ledger.Tx) error {
			names := func(people []ledger.RosterPerson) string {
				var out []string
				for _, p := range people {
					out = append(out, strings.TrimPrefix(p.Name, "Pekerja "))
				}
				return strings.Join(out, "")
			}
			require.Equal(t, "1234", names(must(tx.Listed(duty, "2027-02-28", page))), "the last day still counts")
			require.Equal(t, "124", names(must(tx.Listed(duty, "2027-03-01", page))))
			require.Equal(t, "14", names(must(tx.Listed(duty, "2027-03-06", page))))
			require.Equal(t, "1234", names(must(tx.RosterRows(first.Roster.ID, page))), "an earlier version stays what it was")
			require.Equal(t, "14", names(must(tx.RosterRows(r.ID, page))))
			return nil
		})
	})
}

func TestADroppedReadingLeavesNobodyBehind(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty := b.obligations()[0].ID
		_, err := b.submit(duty, person(1))
		require.NoError(t, err)
		i := b.prepare(b.receive("a.csv", "a").ID, duty, ledger.Batch{Rows: listed(1, 2, 3), Position: 4})
		require.Equal(t, 3, number(t, url, "SELECT COUNT(*) FROM persons"))
		b.write(func(tx *ledger.Tx) error { _, err := tx.DropImport(i.ID); return err })
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM persons"))
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM roster_rows"))
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM uploads"), "the file stays")
	})
}

func TestTheSamePersonInTwoRowsIsPutOnTheListOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		i := b.prepare(b.receive("a.csv", "a").ID, b.obligations()[0].ID, ledger.Batch{Rows: listed(1, 2, 1), Position: 4})
		i = b.finish(i, ledger.Reading{State: ledger.ImportReady, Result: "{}"})
		require.Equal(t, []int64{2, 1}, []int64{i.Good, i.Bad})
		b.read(func(tx *ledger.Tx) error {
			found := must(tx.Findings(i.ID, ledger.FindingPage{Size: 10}))
			require.Len(t, found, 1)
			require.Equal(t, []any{int64(4), "repeated", "error"}, []any{found[0].Number, found[0].Rule, found[0].Level})
			return nil
		})
	})
}

func TestAConflictIsQueuedToldAndDecidedOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		duties := b.obligations()
		_, err := b.submit(duties[0].ID, person(1), person(2))
		require.NoError(t, err)
		_, err = b.submit(duties[1].ID, person(2), person(3))
		require.NoError(t, err)
		village := ledger.Actor{Name: "desa", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{duties[1].UnitID}}
		require.NoError(t, b.Read(t.Context(), village, func(tx *ledger.Tx) error {
			seen := must(tx.Conflicts(ledger.ConflictFilter{State: "open"}, page))
			require.Len(t, seen, 1)
			require.Len(t, seen[0].Sides, 1, "a unit sees its own place")
			require.Equal(t, 1, seen[0].Others, "and that there is another")
			return nil
		}))
		var queue []ledger.ConflictView
		b.read(func(tx *ledger.Tx) (err error) { queue, err = tx.Conflicts(ledger.ConflictFilter{}, page); return err })
		require.Len(t, queue, 1)
		require.Len(t, queue[0].Sides, 2)
		require.Equal(t, 2, number(t, url, "SELECT COUNT(*) FROM notices WHERE kind = 'conflict'"), "both units are told")

		decide := func(keeps ...string) error {
			return b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.DecideConflict(queue[0].ID, ledger.Ruling{Keeps: keeps, Reason: "tinggal di desa ini"})
				return err
			})
		}
		require.Equal(t, "unknown_side", mustFault(t, decide("0")).Code)
		require.NoError(t, decide(duties[0].ID))
		require.Equal(t, "conflict_decided", mustFault(t, decide(duties[0].ID)).Code)
		b.read(func(tx *ledger.Tx) error {
			require.Len(t, must(tx.Listed(duties[0].ID, "2027-06-01", page)), 2)
			require.Len(t, must(tx.Listed(duties[1].ID, "2027-06-01", page)), 1)
			require.Equal(t, "decision", must(tx.Rosters(duties[1].ID))[1].Kind)
			return nil
		})
		b.fold()
		require.Equal(t, 3, b.rollup("listed"))
		require.Zero(t, b.recount())
	})
}
