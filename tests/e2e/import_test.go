package e2e_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/nik"
	"payung/intake"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// aList is a roster too large to be read while somebody waits.
func aList(people int) []byte {
	var b bytes.Buffer
	b.WriteString("NIK;Nama;Alamat\n")
	for i := range people {
		n := nik.Synthetic(i/9999, "1985-06-07", false, 1+i%9999).Reveal()
		if i%50 == 49 {
			n = n[:15]
		}
		fmt.Fprintf(&b, "%s;%s;Dusun %s\n", n, spoken(i), spoken(i%40))
	}
	return b.Bytes()
}

// spoken is a name for a number.
func spoken(n int) string {
	out := []byte("Wa ")
	for n += 500; n > 0; n /= 20 {
		out = append(out, "bcdfghjklmnprstvwyzq"[n%20], 'a')
	}
	return string(out)
}

func (r *realm) send(content []byte) models.Import {
	r.t.Helper()
	in := intake.New(r.ledger, r.engine.StartImport)
	sum := sha256.Sum256(content)
	u, _, err := in.Receive(r.t.Context(), ledger.Operator(), intake.File{
		PemdaPartyID: r.Pemda.ID, Name: "besar.csv", Size: int64(len(content)), Hash: sum[:], Content: bytes.NewReader(content),
	})
	require.NoError(r.t, err)
	i, err := in.Begin(r.t.Context(), ledger.Operator(), u.ID, ledger.ImportInput{ObligationID: r.obligations()[0].ID})
	require.NoError(r.t, err)
	return i
}

func (r *realm) imported(id string) (i models.Import) {
	r.t.Helper()
	require.NoError(r.t, r.ledger.Read(r.t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
		i, err = tx.Import(id)
		return err
	}))
	return i
}

// A large file is read in the background. The worker goes away in the middle;
// the next one goes on where it stopped, and nobody is counted twice.
func TestALargeFileIsReadToItsEndWhoeverDies(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := start(t, url, 1, nil)
		r.openYear(tomorrow())
		const people = 30_000
		i := r.send(aList(people))
		require.Equal(t, ledger.ImportReading, i.State)
		soon(t, "a part is kept", 30*time.Second, func() bool { return r.imported(i.ID).Position > 0 })
		r.stopWorker()
		stopped := r.imported(i.ID)
		r.startWorker()
		soon(t, "the file is read", 90*time.Second, func() bool { return r.imported(i.ID).State != ledger.ImportReading })
		i = r.imported(i.ID)
		require.Equal(t, []any{ledger.ImportReady, int64(people), int64(people - people/50), int64(people / 50)}, []any{i.State, i.Rows, i.Good, i.Bad})
		t.Logf("stopped at row %d of %d", stopped.Position, people)
	})
}

// The engine is away when a file comes: it is kept, and read as soon as
// somebody looks.
func TestAFileThatCameWhileTheEngineWasAwayIsReadLater(t *testing.T) {
	t.Parallel()
	r := start(t, testdb.SQLite(t), 1, nil)
	r.openYear(tomorrow())
	duty := r.obligations()[0].ID
	r.stopWorker()
	content := aList(100)
	sum := sha256.Sum256(content)
	in := intake.New(r.ledger, r.engine.StartImport)
	u, _, err := in.Receive(t.Context(), ledger.Operator(), intake.File{
		PemdaPartyID: r.Pemda.ID, Name: "a.csv", Size: int64(len(content)), Hash: sum[:], Content: bytes.NewReader(content),
	})
	require.NoError(t, err)
	var i models.Import
	require.NoError(t, r.ledger.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		i, err = tx.OpenImport(u.ID, ledger.ImportInput{ObligationID: duty}) // and the process died before it read
		return err
	}))
	r.startWorker()
	soon(t, "the sweep finds it", 90*time.Second, func() bool { return r.imported(i.ID).State == ledger.ImportReady })
}
