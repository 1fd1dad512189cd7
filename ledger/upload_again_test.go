package ledger_test

import (
	"crypto/sha256"
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
