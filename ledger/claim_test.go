package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
)

func TestADeathOpensAClaimByTheTableOfItsDay(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 1, person(1), person(2), person(3))
		var claim ledger.ClaimView
		b.write(func(tx *ledger.Tx) error {
			left := must(tx.Leave(b.row(id, 1), ledger.LeavingInput{Reason: "died", On: "2027-03-05", Note: "sakit"}))
			claim = must(tx.Claim(left.Claim.ID))
			return nil
		})
		require.Equal(t, []any{"death", "2027-03-05", ledger.ClaimOpen, int64(42_000_000), "pp_82_2019", "2032-03-05", "", "Pekerja 1", "Desa 001", 2027},
			[]any{claim.Event, claim.OnDay, claim.State, claim.Estimate, claim.RuleTable, claim.ClaimBy, claim.ReportBy, claim.Name, claim.UnitName, claim.Year})
		require.NotEmpty(t, claim.RuleVersion)
		require.Equal(t, 7, claim.Missing(), "a marriage book is not asked of everybody")

		b.write(func(tx *ledger.Tx) error {
			left := must(tx.Leave(b.row(id, 2), ledger.LeavingInput{Reason: "died", On: "2027-03-05", AtWork: true}))
			// 48 × the wage of the line, and what any death adds.
			require.Equal(t, []any{"accident_death", int64(48*2_351_870 + 22_000_000), "2027-03-07"}, []any{left.Claim.Event, left.Claim.Estimate, left.Claim.ReportBy})
			return nil
		})
		told := map[string]int{}
		for _, n := range b.notices() {
			if n.Kind == "claim" {
				require.Equal(t, "inform", n.Tone)
				told[n.PostID]++
			}
		}
		require.Equal(t, map[string]int{b.obligations()[0].OwnerPostID: 2}, told)
		b.read(func(tx *ledger.Tx) error {
			require.Len(t, must(tx.Claims(ledger.ClaimFilter{AgreementID: b.agreement.ID, State: ledger.ClaimOpen}, page)), 2)
			require.Empty(t, must(tx.Claims(ledger.ClaimFilter{State: ledger.ClaimComplete}, page)))
			return nil
		})
	})
}

func TestAClaimIsCompleteWithItsLastPaper(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 1, person(1))
		var claim ledger.ClaimView
		b.write(func(tx *ledger.Tx) error {
			left := must(tx.Leave(b.row(id, 1), ledger.LeavingInput{Reason: "died", On: "2027-06-01"}))
			claim = must(tx.Claim(left.Claim.ID))
			return nil
		})
		receive := func(code string, in ledger.PaperInput) error {
			return b.do(func(tx *ledger.Tx) (err error) { _, err = tx.ReceivePaper(claim.ID, code, in); return err })
		}
		for name, tt := range map[string]struct {
			code string
			in   ledger.PaperInput
			want string
		}{
			"a paper nobody asks for": {"diploma", ledger.PaperInput{}, "not_found"},
			"before the death":        {"ktp_heir", ledger.PaperInput{On: "2027-05-31"}, "received_at_no_time"},
			"tomorrow":                {"ktp_heir", ledger.PaperInput{On: "2027-06-11"}, "received_at_no_time"},
			"on no day":               {"ktp_heir", ledger.PaperInput{On: "x"}, "bad_date"},
		} {
			require.Equal(t, tt.want, mustFault(t, receive(tt.code, tt.in)).Code, name)
		}
		for _, p := range claim.Papers {
			if !p.Optional {
				require.NoError(t, receive(p.Code, ledger.PaperInput{On: "2027-06-04"})) // a Friday
			}
		}
		now := func() (c ledger.ClaimView) {
			b.read(func(tx *ledger.Tx) error { c = must(tx.Claim(claim.ID)); return nil })
			return c
		}
		require.Equal(t, []string{ledger.ClaimComplete, "2027-06-04", "2027-06-09"}, []string{now().State, now().CompleteOn, now().PayBy})
		require.NoError(t, receive("bank_book", ledger.PaperInput{Missing: true}))
		require.Equal(t, []any{ledger.ClaimOpen, "", "", 1}, []any{now().State, now().CompleteOn, now().PayBy, now().Missing()})
		require.NoError(t, receive("bank_book", ledger.PaperInput{}))
		require.Equal(t, []string{ledger.ClaimComplete, "2027-06-10"}, []string{now().State, now().CompleteOn})

		b.write(func(tx *ledger.Tx) error { _, err := tx.Restore(claim.RowID, "keliru"); return err })
		require.Equal(t, "claim_withdrawn", mustFault(t, receive("bank_book", ledger.PaperInput{})).Code)
	})
}

func TestAPersonOnTwoListsHasOneClaim(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 2, person(1))
		other := b.obligations()[1].ID
		_, err := b.submit(other, person(1))
		require.NoError(t, err)
		b.write(func(tx *ledger.Tx) error {
			require.NotEmpty(t, must(tx.Leave(b.row(id, 1), ledger.LeavingInput{Reason: "died", On: "2027-03-05"})).Claim.ID)
			return nil
		})
		b.write(func(tx *ledger.Tx) error {
			require.Empty(t, must(tx.Leave(b.row(other, 1), ledger.LeavingInput{Reason: "died", On: "2027-03-05"})).Claim.ID, "JKM is paid once")
			return nil
		})
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM claims"))
	})
}

func TestADeathThatComesToLightWithANewListOpensItsClaim(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b, id := running(t, url, 1, person(1), person(2), person(3))
		latest := ""
		b.read(func(tx *ledger.Tx) error { latest = must(tx.LatestRoster(id)).ID; return nil })
		i := b.prepare(b.receive("a.csv", "a").ID, id, ledger.Batch{Rows: listed(1), Position: 2})
		i = b.finish(i, ledger.Reading{State: ledger.ImportReady, Result: "{}", Base: latest})
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Answer(i.ID, ledger.Answers{
				b.row(id, 2): {Reason: "died", On: "2027-03-05"}, b.row(id, 3): {Reason: "became_pppk", On: "2027-03-05"},
			}, nil)
			return err
		})
		_, err := b.accept(i, ledger.Acceptance{})
		require.NoError(t, err)
		require.Equal(t, [][]string{names(1, 2, 3), names(1, 2), names(1)}, [][]string{b.on(id, "2027-03-04"), b.on(id, "2027-03-05"), b.on(id, "2027-03-06")})
		b.read(func(tx *ledger.Tx) error {
			claims := must(tx.Claims(ledger.ClaimFilter{}, page))
			require.Len(t, claims, 1)
			require.Equal(t, []string{"Pekerja 2", "2027-03-05"}, []string{claims[0].Name, claims[0].OnDay})
			return nil
		})
	})
}
