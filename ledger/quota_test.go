package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/quota"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func TestUnitsUnderTheirMinimumAreNamedWithHowManyAreMissing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 4)
		b.openYear("2026-12-15")
		period := b.periods()[0].ID
		duties := b.obligations()
		var source models.Source
		set := func(in ...ledger.QuotaInput) (n int, err error) {
			err = b.do(func(tx *ledger.Tx) (err error) {
				n, err = tx.SetQuotas(b.agreement.ID, period, in, source.ID)
				return err
			})
			return n, err
		}
		b.write(func(tx *ledger.Tx) error {
			source = must(tx.CreateSource(ledger.SourceInput{Kind: "letter", Title: "SE Bupati", RegionCode: "74.05"}))
			return nil
		})
		n, err := set(
			ledger.QuotaInput{KindOfUnit: "desa", Quota: quota.Quota{Minimum: 3, Reserve: 1}},
			ledger.QuotaInput{Name: " desa  002", Quota: quota.Quota{Minimum: 1, Ceiling: 2}},
			ledger.QuotaInput{UnitID: b.units[2].ID, Quota: quota.Quota{}},
		)
		require.NoError(t, err)
		require.Equal(t, 4, n)
		_, err = b.submit(duties[0].ID, person(1), person(2))
		require.NoError(t, err)
		_, err = b.submit(duties[1].ID, person(3), person(4), person(5))
		require.NoError(t, err)
		b.write(func(tx *ledger.Tx) error { return nihil(tx, duties[3].ID) })
		b.read(func(tx *ledger.Tx) error {
			s := must(tx.Shortfalls(b.agreement.ID, period))
			type line struct {
				unit, answer                    string
				listed, missing, excess, source any
			}
			var got []line
			for _, r := range s.Rows {
				require.Equal(t, "Kecamatan Contoh", r.Kecamatan)
				require.Equal(t, source.ID, r.SourceID)
				got = append(got, line{r.UnitName, r.Answer, r.Listed, r.Missing(), r.Excess(), r.Reserve})
			}
			require.Equal(t, []line{
				{"Desa 001", ledger.AnswerList, int64(2), int64(1), int64(0), int64(1)},
				{"Desa 002", ledger.AnswerList, int64(3), int64(0), int64(1), int64(0)},
				{"Desa 003", ledger.AnswerNone, int64(0), int64(0), int64(0), int64(0)},
				{"Desa 004", ledger.AnswerNihil, int64(0), int64(3), int64(0), int64(1)},
			}, got)
			require.Equal(t, ledger.ShortfallTotals{Units: 4, Set: 4, Below: 2, Above: 1, Minimum: 7, Ceiling: 2, Listed: 5, Missed: 4, Excess: 1}, s.Totals)
			return nil
		})

		n, err = set(ledger.QuotaInput{KindOfUnit: "desa", Quota: quota.Quota{Minimum: 3, Reserve: 1}})
		require.NoError(t, err)
		require.Equal(t, 2, n, "those that change, and no more")
		n, err = set(ledger.QuotaInput{KindOfUnit: "desa", Quota: quota.Quota{Minimum: 3, Reserve: 1}})
		require.NoError(t, err)
		require.Zero(t, n)
		require.Equal(t, 6, number(t, url, "SELECT COUNT(*) FROM quotas"), "what stood before stays")
		require.Equal(t, 4, number(t, url, "SELECT COUNT(*) FROM quotas WHERE known_to = 0"))
	})
}

func TestAQuotaForNobodyIsRefusedAtItsRow(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-15")
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.CreateUnits(b.pemda.ID, []ledger.UnitInput{{Kind: "desa", Name: "Desa 001", HeadTitle: "Kepala Desa"}})
			return err
		})
		good := ledger.QuotaInput{Name: "Desa 002", Quota: quota.Quota{Minimum: 1}}
		for name, tt := range map[string]struct {
			rows        []ledger.QuotaInput
			code, field string
		}{
			"no row":                      {nil, "too_many_units", "rows"},
			"a unit nobody knows":         {[]ledger.QuotaInput{good, {Name: "Desa 099"}}, "unknown_unit", "rows[1].name"},
			"a region nobody knows":       {[]ledger.QuotaInput{{RegionCode: "74.05.01.2099"}}, "unknown_unit", "rows[0].region_code"},
			"two of that name":            {[]ledger.QuotaInput{good, {Name: "Desa 001"}}, "several_units", "rows[1].name"},
			"a unit twice":                {[]ledger.QuotaInput{good, good}, "unit_repeated", "rows[1].unit_id"},
			"a kind without duties":       {[]ledger.QuotaInput{{KindOfUnit: "opd"}}, "no_unit_of_kind", "rows[0].kind_of_unit"},
			"a ceiling below the minimum": {[]ledger.QuotaInput{good, {Name: "Desa 002", Quota: quota.Quota{Minimum: 5, Ceiling: 4}}}, "ceiling_below_minimum", "rows[1].ceiling"},
		} {
			err := b.do(func(tx *ledger.Tx) error {
				_, err := tx.SetQuotas(b.agreement.ID, b.periods()[0].ID, tt.rows, "")
				return err
			})
			f := mustFault(t, err)
			require.Equal(t, []string{tt.code, tt.field}, []string{f.Code, f.Field}, name)
		}
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM quotas"))
	})
}
