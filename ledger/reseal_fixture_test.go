package ledger_test

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/keyring"
	"payung/ledger"
)

// sealed is a book whose keys are in a file, with people, a detail about one of
// them and a received file.
type sealed struct {
	*book
	path   string // of the key file
	detail string // row with one
	upload string
}

const (
	mother  = "Sitti Contoh"
	content = "the content of a file"
)

// another opens the same ledger as a process that starts now.
func (b *sealed) another() *book {
	b.t.Helper()
	l, err := b.start()
	require.NoError(b.t, err)
	out := *b.book
	out.Ledger = l
	b.t.Cleanup(func() { require.NoError(b.t, l.Close()) })
	return &out
}

func (b *sealed) start() (*ledger.Ledger, error) {
	return ledger.Open(b.t.Context(), ledger.Options{
		Database: b.url, Now: b.clock.now, Log: slog.New(slog.DiscardHandler), Keys: func(bool) (*keyring.Ring, error) { return keyring.Load(b.path) },
	})
}

func newSealed(t *testing.T, url string, people int) *sealed {
	t.Helper()
	s := &sealed{book: &book{t: t, url: url, clock: &clock{at: wita("2026-11-23", 9)}}, path: filepath.Join(t.TempDir(), "key")}
	_, err := ledger.Migrate(t.Context(), url)
	require.NoError(t, err)
	_, err = keyring.Create(s.path)
	require.NoError(t, err)
	first := s.another()
	s.book = first
	first.settle(1)
	first.openYear("2026-12-15")
	first.write(func(tx *ledger.Tx) error {
		list := ledger.RosterInput{}
		for i := range people {
			list.Rows = append(list.Rows, person(i+1))
		}
		o := must(tx.Obligations(ledger.ObligationFilter{Kind: ledger.KindRoster}, page))[0]
		roster := must(tx.SubmitRoster(o.ID, list)).Roster
		s.detail = must(tx.RosterRows(roster.ID, page))[0].ID
		sum := sha256.Sum256([]byte(content))
		u, _, err := tx.BeginUpload(ledger.UploadInput{PemdaPartyID: first.pemda.ID, Name: "a.pdf", Size: int64(len(content)), Hash: sum[:]})
		if err != nil {
			return err
		}
		s.upload = u.ID
		for i, part := range []string{content[:10], content[10:]} {
			if err := tx.AddPart(u.ID, i, []byte(part)); err != nil {
				return err
			}
		}
		_, err = tx.FinishUpload(u.ID, "pdf", "", nil)
		return err
	})
	s.setDetail(first.Keys().Seal([]byte(mother), s.place()))
	return s
}

func (b *sealed) place() string { return "roster_rows/" + b.detail + "/detail" }

func (b *sealed) setDetail(value []byte) {
	b.t.Helper()
	_, err := rawDB(b.t, b.url).ExecContext(b.t.Context(), "UPDATE roster_rows SET detail = $1 WHERE id = $2", value, b.detail)
	require.NoError(b.t, err)
}

// reads requires that a process finds and opens everything.
func (b *sealed) reads(by *book, people int) {
	b.t.Helper()
	rows, err := rawDB(b.t, b.url).QueryContext(b.t.Context(), "SELECT id, nik_cipher, nik_index FROM persons")
	require.NoError(b.t, err)
	defer func() { require.NoError(b.t, rows.Close()) }()
	found := map[string]bool{}
	for rows.Next() {
		var id string
		var cipher, index []byte
		require.NoError(b.t, rows.Scan(&id, &cipher, &index))
		nik, err := by.Keys().OpenNIK(cipher, id)
		require.NoError(b.t, err)
		require.Equal(b.t, by.Keys().Index(nik), index)
		found[nik] = true
	}
	require.NoError(b.t, rows.Err())
	require.Len(b.t, found, people)
	var detail []byte
	require.NoError(b.t, rawDB(b.t, b.url).QueryRowContext(b.t.Context(), "SELECT detail FROM roster_rows WHERE id = $1", b.detail).Scan(&detail))
	plain, err := by.Keys().Open(detail, b.place())
	require.NoError(b.t, err)
	require.Equal(b.t, mother, string(plain))
	by.read(func(tx *ledger.Tx) error {
		_, file, err := tx.UploadContent(b.upload)
		require.Equal(b.t, content, string(file))
		return err
	})
}

// reseal runs a worker's loop for one pass and returns its turns.
func (b *book) reseal() int {
	b.t.Helper()
	return b.pass(b.Resealer())
}

// pass works until there is nothing more.
func (b *book) pass(work func(context.Context, *ledger.Hold) (bool, error)) (turns int) {
	b.t.Helper()
	b.turn("reseal", func(ctx context.Context, h *ledger.Hold) (more bool, err error) {
		for more = true; more && err == nil; turns++ {
			more, err = work(ctx, h)
		}
		return more, err
	})
	return turns
}

// under is how many rows each key of the ring has, newest first.
func (b *book) under() []int64 {
	b.t.Helper()
	uses, err := b.KeyUses(b.t.Context())
	require.NoError(b.t, err)
	var out []int64
	for _, u := range uses {
		out = append(out, u.Rows)
	}
	return out
}
