package ledger_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func (b *book) news() []models.News {
	b.t.Helper()
	var rows []models.News
	each(b.t, rawDB(b.t, b.url), "SELECT post_id, kind, details FROM news WHERE kind = 'handover' ORDER BY created_at", func(r *sql.Rows) error {
		var n models.News
		err := r.Scan(&n.PostID, &n.Kind, &n.Values)
		rows = append(rows, n)
		return err
	})
	return rows
}

func TestWhatIsOpenPassesToTheNextHolder(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		post := b.headOf(b.units[0].ID)
		first := b.hold(post.ID, ledger.HolderInput{Name: "Yang Lama", Phone: "0811", ValidFrom: "2026-01-01"})
		b.clock.set(wita("2026-12-08", 9))
		b.takeSteps()

		next := b.hold(post.ID, ledger.HolderInput{Name: "Yang Baru", Phone: "0822", Capacity: ledger.Plt, Mandate: "SPT 800/1", ValidFrom: "2026-12-10"})
		require.Equal(t, "Yang Lama", b.toldFor(post.ID).Name, "until the day comes")
		welcome := func() { require.NoError(t, b.TellHandovers(context.Background())) }
		welcome()
		require.Empty(t, b.news())
		b.clock.set(wita("2026-12-10", 8))
		require.Equal(t, "Yang Baru", b.toldFor(post.ID).Name)
		welcome()
		welcome()
		told := b.news()
		require.Len(t, told, 1, "once")
		require.Equal(t, post.ID, told[0].PostID)
		require.JSONEq(t, `{"post":"Kepala Desa 001","from":"Yang Lama","open":"1","date":"2026-12-10"}`, told[0].Values)

		var note ledger.HandoverNote
		b.read(func(tx *ledger.Tx) (err error) {
			note, err = tx.Handover(first.ID)
			return err
		})
		require.Equal(t, next.ID, note.To.ID)
		require.Equal(t, "2026-12-09", string(note.On))
		require.Len(t, note.Duties, 1)
		require.Equal(t, 1, note.Duties[0].Told)
		require.Equal(t, "T-7", note.Duties[0].LastStep)

		// What is answered later was open on the day the post passed.
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Close(note.Duties[0].ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
			return err
		})
		b.read(func(tx *ledger.Tx) error {
			require.Empty(t, must(tx.PostDuties(post.ID)))
			require.Len(t, must(tx.Handover(first.ID)).Duties, 1)
			require.Empty(t, must(tx.Handover(next.ID)).Duties)
			return nil
		})
	})
}

func TestACamatHandsOverWhatHangsBelow(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-15")
		camat := b.headOf(b.units[0].ParentID)
		h := b.hold(camat.ID, ledger.HolderInput{Name: "Camat", ValidFrom: "2026-01-01"})
		b.read(func(tx *ledger.Tx) error {
			note := must(tx.Handover(h.ID))
			require.Empty(t, note.Duties)
			require.Len(t, note.Below, 3)
			require.Equal(t, int64(1), note.Below[0].Open)
			return nil
		})
		later := b.hold(camat.ID, ledger.HolderInput{Name: "Camat Baru", ValidFrom: "2027-01-02"})
		err := b.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.Handover(later.ID)
			return err
		})
		require.True(t, fault.Is(err, "not_in_office_yet"), "%v", err)
	})
}

func TestHoldersFollowEachOther(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		post := b.headOf(b.units[0].ID)
		times := func() []string {
			var out []string
			b.read(func(tx *ledger.Tx) error {
				for _, h := range must(tx.Holdings(post.ID)) {
					now := ""
					if h.Now {
						now = " *"
					}
					out = append(out, h.Name+" "+h.ValidFrom+" "+h.ValidTo+now)
				}
				return nil
			})
			return out
		}
		b.hold(post.ID, ledger.HolderInput{Name: "Satu", ValidFrom: "2026-01-01"})
		three := b.hold(post.ID, ledger.HolderInput{Name: "Tiga", ValidFrom: "2027-01-01"})
		b.hold(post.ID, ledger.HolderInput{Name: "Dua", ValidFrom: "2026-06-01"})
		require.Equal(t, []string{"Tiga 2027-01-01 ", "Dua 2026-06-01 2026-12-31 *", "Satu 2026-01-01 2026-05-31"}, times())
		b.hold(post.ID, ledger.HolderInput{Name: "Dua B", ValidFrom: "2026-06-01"})
		require.Equal(t, []string{"Tiga 2027-01-01 ", "Dua B 2026-06-01 2026-12-31 *", "Satu 2026-01-01 2026-05-31"}, times(), "whoever was recorded by mistake never held it")
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Vacate(three.ID, "2027-03-31")
			return err
		})
		require.Equal(t, "Tiga 2027-01-01 2027-03-31", times()[0])
		for code, in := range map[string]ledger.HolderInput{
			"missing_field":         {ValidFrom: "2026-01-01"},
			"bad_date":              {Name: "x", ValidFrom: "kemarin"},
			"ends_before_it_begins": {Name: "x", ValidFrom: "2026-01-02", ValidTo: "2026-01-01"},
			"unknown_capacity":      {Name: "x", ValidFrom: "2026-01-02", Capacity: "raja"},
		} {
			err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.AssignHolder(post.ID, in)
				return err
			})
			require.True(t, fault.Is(err, code), "%s: %v", code, err)
		}
		for code, day := range map[string]string{"ends_before_it_begins": "2026-12-31", "bad_date": "besok"} {
			err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.Vacate(three.ID, day)
				return err
			})
			require.True(t, fault.Is(err, code), "%s: %v", code, err)
		}
	})
}

func TestAHandoverThatIsTakenBackIsNotTold(t *testing.T) {
	t.Parallel()
	b := kabupaten(t, testdb.SQLite(t), 1)
	b.openYear("2026-12-15")
	post := b.headOf(b.units[0].ID)
	b.hold(post.ID, ledger.HolderInput{Name: "Satu", ValidFrom: "2026-01-01"})
	b.hold(post.ID, ledger.HolderInput{Name: "Salah", ValidFrom: "2026-11-23"})
	b.hold(post.ID, ledger.HolderInput{Name: "Satu", ValidFrom: "2026-11-23", Capacity: ledger.Definitive})
	require.NoError(t, b.TellHandovers(t.Context()))
	require.Empty(t, b.news(), "the same person goes on")
}

func TestPostsThatNobodyIsToldOfAreFound(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-15")
		b.hold(b.headOf(b.units[0].ID).ID, ledger.HolderInput{Name: "Berponsel", Phone: "0811", ValidFrom: "2026-01-01"})
		b.hold(b.headOf(b.units[1].ID).ID, ledger.HolderInput{Name: "Tanpa Alamat", ValidFrom: "2026-01-01"})
		state := map[string][3]any{}
		b.read(func(tx *ledger.Tx) error {
			for _, r := range must(tx.PostRows(b.pemda.ID)) {
				state[r.Title] = [3]any{r.Vacant(), r.Unheard(), r.Open}
			}
			return nil
		})
		require.Equal(t, map[string][3]any{
			"Sekretaris Daerah": {true, true, int64(0)}, "Camat Contoh": {true, true, int64(0)},
			"Kepala Desa 001": {false, false, int64(1)}, "Kepala Desa 002": {false, true, int64(1)}, "Kepala Desa 003": {true, true, int64(1)},
		}, state)
	})
}
