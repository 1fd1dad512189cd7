package ledger_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
)

// seal turns the sealer until nothing is left.
func (b *book) seal() {
	b.t.Helper()
	b.turn("sealer", func(ctx context.Context, h *ledger.Hold) (bool, error) {
		for {
			if more, err := h.Seal(ctx); err != nil || !more {
				return false, err
			}
		}
	})
}

func (b *book) verify(chain string) ledger.Verification {
	b.t.Helper()
	var v ledger.Verification
	b.read(func(tx *ledger.Tx) (err error) { v, err = tx.VerifyAudit(chain); return })
	return v
}

func TestEntriesAreSealedInOneChainForEachKabupaten(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.write(func(tx *ledger.Tx) error {
			must(tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Provinsi", RegionCode: "74"}))
			must(tx.CreateRegulation(ledger.RegulationInput{Kind: "pp", Number: "50", Year: 2025, Title: "PP"}))
			return nil
		})
		all := number(t, url, "SELECT COUNT(*) FROM audit_entries")
		require.EqualValues(t, number(t, url, "SELECT COUNT(*) FROM audit_entries WHERE chain = '74.05'"), b.verify("74.05").Unsealed)
		b.seal()
		sealed := 0
		for _, chain := range []string{"74.05", "74", "national"} {
			v := b.verify(chain)
			require.Positive(t, v.Sealed, chain)
			require.Zero(t, v.Unsealed, chain)
			require.Empty(t, v.Broken, chain)
			sealed += int(v.Sealed)
		}
		require.Equal(t, all, sealed)

		before := b.verify("74.05")
		b.openYear("2026-12-15")
		require.Positive(t, b.verify("74.05").Unsealed)
		b.seal()
		b.seal()
		after := b.verify("74.05")
		require.Greater(t, after.Sealed, before.Sealed)
		require.Zero(t, after.Unsealed)
		require.Empty(t, after.Broken)
		require.EqualValues(t, 1, b.verify("74").Sealed, "the others stand still")
	})
}

func TestVerifyingFindsWhatWasDoneToTheTrail(t *testing.T) {
	t.Parallel()
	const third, fourth = "chain = '74.05' AND seq = 3", "chain = '74.05' AND seq = 4"
	damages := map[string][]string{
		"nothing":                    nil,
		"a changed detail":           {"UPDATE audit_entries SET detail = '{}' WHERE " + third},
		"a changed actor":            {"UPDATE audit_entries SET actor = 'nobody' WHERE " + third},
		"a changed instant":          {"UPDATE audit_entries SET at = at + 1 WHERE " + third},
		"a changed subject":          {"UPDATE audit_entries SET subject_id = '' WHERE " + third},
		"an entry of another region": {"UPDATE audit_entries SET chain = '74.71', seq = 90 WHERE " + third},
		"a hash that was swapped": {
			"UPDATE audit_entries SET content_hash = (SELECT content_hash FROM audit_entries WHERE " + fourth + ") WHERE " + third,
		},
		"an entry removed":        {"DELETE FROM audit_entries WHERE " + third},
		"an entry unsealed":       {"UPDATE audit_entries SET seq = 0 WHERE " + third},
		"the first entry removed": {"DELETE FROM audit_entries WHERE chain = '74.05' AND seq = 1"},
		"two entries reordered": {
			"UPDATE audit_entries SET seq = 9999 WHERE " + third, "UPDATE audit_entries SET seq = 3 WHERE " + fourth,
			"UPDATE audit_entries SET seq = 4 WHERE chain = '74.05' AND seq = 9999",
		},
		"an entry removed and the rest moved up": {
			"DELETE FROM audit_entries WHERE " + third, "UPDATE audit_entries SET seq = 3 WHERE " + fourth,
		},
		"the end cut off": {"DELETE FROM audit_entries WHERE chain = '74.05' AND seq > 4"},
		"all of it":       {"DELETE FROM audit_entries WHERE chain = '74.05'"},
	}
	testdb.Each(t, func(t *testing.T, url string) {
		for name, damage := range damages {
			b := kabupaten(t, freshDatabase(t, url), 1)
			b.seal()
			require.Greater(t, b.verify("74.05").Sealed, int64(4))
			for _, statement := range damage {
				exec(t, b.url, statement)
			}
			require.Equal(t, damage != nil, b.verify("74.05").Broken != "", name)
		}
	})
}

func TestAnEntryThatIsCommittedLateIsSealedOnTheNextTurn(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		exec(t, url, "CREATE TABLE kept AS SELECT * FROM audit_entries WHERE action = 'agreement.created'")
		exec(t, url, "DELETE FROM audit_entries WHERE action = 'agreement.created'")
		b.seal()
		sealed := b.verify("74.05").Sealed
		exec(t, url, "INSERT INTO audit_entries SELECT * FROM kept") // with its old, lower ID
		b.seal()
		v := b.verify("74.05")
		require.Equal(t, sealed+1, v.Sealed)
		require.Empty(t, v.Broken)
		require.Zero(t, v.Unsealed)
	})
}
