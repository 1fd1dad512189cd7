package ledger_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
)

func TestRule38_OneLocalDeadlineIsThreeInstantsAndEachZoneIsRemindedInItsOwn(t *testing.T) {
	t.Parallel()
	regions := map[calendar.Zone]string{calendar.WIB: "32.01", calendar.WITA: "74.05", calendar.WIT: "81.01"}
	// In the order in which a local hour comes: from the east.
	zones := []calendar.Zone{calendar.WIT, calendar.WITA, calendar.WIB}
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		agreements := map[calendar.Zone]models.Agreement{}
		b.write(func(tx *ledger.Tx) error {
			bpjs := must(tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS", Zone: string(calendar.WIB)}))
			for zone, region := range regions {
				pemda := must(tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: region, RegionCode: region}))
				must(tx.CreateUnits(pemda.ID, []ledger.UnitInput{{Kind: "desa", Name: "Desa", HeadTitle: "Kepala Desa"}}))
				a := must(tx.CreateAgreement(ledger.AgreementInput{
					Title: region, PemdaPartyID: pemda.ID, BPJSPartyID: bpjs.ID,
					Lines: []ledger.LineInput{{GroupCode: "village_officials", FundingSource: "apbdes"}},
				}))
				line := must(tx.Lines(a.ID))[0]
				must(tx.RecordYear(a.ID, ledger.YearInput{LineID: line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: "2027-01-15"}, ""))
				require.Equal(t, string(zone), a.Zone)
				agreements[zone] = a
			}
			return nil
		})
		duty := func(z calendar.Zone) (o models.Obligation) {
			b.read(func(tx *ledger.Tx) error {
				o = must(tx.Obligations(ledger.ObligationFilter{AgreementID: agreements[z].ID}, page))[0]
				return nil
			})
			return o
		}
		var next, target []int64
		for _, z := range zones {
			o := duty(z)
			next, target = append(next, o.NextAt), append(target, o.TargetAt)
			require.Equal(t, calendar.Day("2027-01-08").In(z, 8, 0).UnixMicro(), o.NextAt)
			require.Equal(t, calendar.Day("2027-01-15").End(z).UnixMicro(), o.TargetAt)
		}
		hour := time.Hour.Microseconds()
		require.Equal(t, []int64{next[0], next[0] + hour, next[0] + 2*hour}, next)
		require.Equal(t, []int64{target[0], target[0] + hour, target[0] + 2*hour}, target)
		for i, at := range next {
			b.clock.set(time.UnixMicro(at).Add(-time.Microsecond))
			b.takeAll(agreements)
			require.Len(t, b.reminded(agreements), i, "a moment too early")
			b.clock.set(time.UnixMicro(at))
			b.takeAll(agreements)
			require.Equal(t, slices.Sorted(slices.Values(zones[:i+1])), b.reminded(agreements))
		}
	})
}

// takeAll wakes every agreement.
func (b *book) takeAll(agreements map[calendar.Zone]models.Agreement) {
	b.t.Helper()
	for _, a := range agreements {
		_, err := b.TakeSteps(b.t.Context(), protocol.TakeStepsInput{AgreementID: a.ID, Epoch: 1})
		require.NoError(b.t, err)
	}
}

// reminded lists the zones in which a reminder went out.
func (b *book) reminded(agreements map[calendar.Zone]models.Agreement) []calendar.Zone {
	b.t.Helper()
	var zones []calendar.Zone
	b.read(func(tx *ledger.Tx) error {
		for z, a := range agreements {
			if len(must(tx.Notices(ledger.NoticeFilter{AgreementID: a.ID}, page))) > 0 {
				zones = append(zones, z)
			}
		}
		return nil
	})
	return slices.Sorted(slices.Values(zones))
}
