package ledger_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func TestOfAFileThatComesTwiceAtOnceOneStays(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		sum := sha256.Sum256([]byte("isi"))
		begin := func() (u models.Upload) {
			b.write(func(tx *ledger.Tx) (err error) {
				u, _, err = tx.BeginUpload(ledger.UploadInput{PemdaPartyID: b.pemda.ID, Name: "a.csv", Size: 3, Hash: sum[:]})
				return err
			})
			return u
		}
		finish := func(u models.Upload) (out models.Upload) {
			b.write(func(tx *ledger.Tx) (err error) {
				if err := tx.AddPart(u.ID, 0, []byte("isi")); err != nil {
					return err
				}
				out, err = tx.FinishUpload(u.ID, "csv", "", nil)
				return err
			})
			return out
		}
		first, second := begin(), begin()
		require.NotEqual(t, first.ID, second.ID, "neither could know of the other")
		require.Equal(t, second.ID, finish(second).ID)
		require.Equal(t, second.ID, finish(first).ID)
		b.read(func(tx *ledger.Tx) error {
			require.Len(t, must(tx.Uploads(ledger.UploadFilter{}, page)), 1)
			_, content, err := tx.UploadContent(second.ID)
			require.Equal(t, "isi", string(content))
			return err
		})
	})
}

func TestTheSameReadingIsFoundAgain(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty := b.obligations()[0].ID
		u := b.receive("a.csv", "isi")
		same := func(in ledger.ImportInput) (id string) {
			in.ObligationID = duty
			b.write(func(tx *ledger.Tx) error {
				i, ok, err := tx.SameImport(u.ID, in)
				if ok {
					id = i.ID
				}
				return err
			})
			return id
		}
		require.Empty(t, same(ledger.ImportInput{}), "it was never read")
		i := b.prepare(u.ID, duty)
		require.Equal(t, i.ID, same(ledger.ImportInput{}), "it is being read")
		require.Equal(t, i.ID, same(ledger.ImportInput{On: i.OnDay}))
		require.Empty(t, same(ledger.ImportInput{Mapping: "{}"}), "other columns are another reading")
		require.Empty(t, same(ledger.ImportInput{Sheet: "Lain"}))
		require.NoError(t, b.StageBatch(t.Context(), ledger.Operator(), i.ID, ledger.Batch{Rows: listed(1), Position: 2}))
		i = b.finish(i, ledger.Reading{State: ledger.ImportReady, Result: "{}"})
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Accept(i.ID, ledger.Acceptance{})
			return err
		})
		require.Equal(t, i.ID, same(ledger.ImportInput{}), "the list came from it")
		_, err := b.submit(duty, person(2))
		require.NoError(t, err)
		require.Empty(t, same(ledger.ImportInput{}), "the list is another by now: whoever wants it back reads it again")
	})
}

// What the first versions kept as it was is hidden by and by, and means the same.
func TestWhatWasKeptAsItWasIsHidden(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		duty := b.obligations()[0].ID
		_, err := b.submit(duty, person(1), person(427))
		require.NoError(t, err)
		u := b.receive("a.csv", "a")
		sum := sha256.Sum256([]byte("a"))
		require.Equal(t, sum[:], u.Hash)
		exec(t, url, "UPDATE persons SET nik_last4 = '0427' WHERE name LIKE '%427'")
		exec(t, url, fmt.Sprintf("UPDATE uploads SET digest = %s, hash = %s", blob(url, nil), blob(url, sum[:])))
		same := func() {
			require.Equal(t, u.ID, b.receive("again.csv", "a").ID, "the same file is known")
			b.read(func(tx *ledger.Tx) error {
				people := must(tx.Listed(duty, "2027-01-01", page))
				require.Equal(t, []string{"0001", "0427"}, []string{people[0].NIKLast4, people[1].NIKLast4})
				return nil
			})
		}
		same()
		more, err := b.Hide(t.Context())
		require.NoError(t, err)
		require.False(t, more)
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM persons WHERE length(nik_last4) < 22"))
		require.Zero(t, number(t, url, fmt.Sprintf("SELECT COUNT(*) FROM uploads WHERE hash = %s OR digest = %s", blob(url, sum[:]), blob(url, sum[:]))))
		same()
		b.read(func(tx *ledger.Tx) error {
			require.Equal(t, sum[:], must(tx.Upload(u.ID)).Hash, "a receipt says what it said")
			return nil
		})
	})
}

// blob is bytes in the SQL of an engine.
func blob(url string, b []byte) string {
	if strings.HasPrefix(url, "sqlite") {
		return fmt.Sprintf("x'%x'", b)
	}
	return fmt.Sprintf(`'\x%x'::bytea`, b)
}
