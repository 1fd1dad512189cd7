package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
	"payung/notice"
	"payung/protocol"
)

// kecamatan adds another kecamatan with n villages to a kabupaten.
func (b *book) kecamatan(name string, n int) (camat models.Unit, villages []models.Unit) {
	b.t.Helper()
	b.write(func(tx *ledger.Tx) error {
		camat = must(tx.CreateUnits(b.pemda.ID, []ledger.UnitInput{{Kind: "kecamatan", Name: "Kecamatan " + name, HeadTitle: "Camat " + name}}))[0]
		in := make([]ledger.UnitInput, n)
		for i := range in {
			in[i] = ledger.UnitInput{Kind: "desa", Name: fmt.Sprintf("Desa %s %d", name, i+1), HeadTitle: fmt.Sprintf("Kepala Desa %s %d", name, i+1), ParentUnitID: camat.ID}
		}
		villages = must(tx.CreateUnits(b.pemda.ID, in))
		return nil
	})
	return camat, villages
}

func (b *book) kit() ledger.TellingKit {
	b.t.Helper()
	var k ledger.TellingKit
	b.read(func(tx *ledger.Tx) (err error) {
		k, err = tx.TellingKit(b.agreement.ID, must(tx.Periods(b.agreement.ID))[0].ID, "")
		return err
	})
	return k
}

func (b *book) tell(in ledger.TellingInput) (t models.Telling, again bool, err error) {
	b.t.Helper()
	err = b.Write(b.t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		t, again, err = tx.RecordTelling(b.agreement.ID, in)
		return err
	})
	return t, again, err
}

// textFor is a text that names all silent units of a desk.
func textFor(k ledger.TellingKit, d ledger.TellingDesk) ledger.TellingInput {
	in := ledger.TellingInput{PeriodID: k.Period.ID, Desk: d.ID, GroupName: "Kades Kec. Contoh", Part: 1, Parts: 1, Text: "Mohon dikirim"}
	for _, u := range d.Silent() {
		in.ObligationIDs = append(in.ObligationIDs, u.Cell.Obligation.ID)
	}
	return in
}

func TestATextInAGroupIsProofForTheUnitsItNames(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		_, others := b.kecamatan("Lain", 2)
		b.openYear("2026-12-15")
		k := b.kit()
		require.Len(t, k.Desks, 2)
		require.Equal(t, []string{"Kecamatan Contoh", "Kecamatan Lain"}, []string{k.Desks[0].Name, k.Desks[1].Name})
		require.Equal(t, "Sekretaris Daerah", k.Sender.Title)
		in := textFor(k, k.Desks[0])
		require.Len(t, in.ObligationIDs, 3)

		first, again, err := b.tell(in)
		require.NoError(t, err)
		require.False(t, again)
		in.GroupName = "KADES  kec contoh"
		in.Text = "Mohon dikirim\r\n"
		b.clock.add(time.Hour)
		second, again, err := b.tell(in)
		require.NoError(t, err)
		require.True(t, again, "the same text, group and day count once")
		require.Equal(t, first.ID, second.ID)
		b.clock.add(24 * time.Hour)
		_, again, err = b.tell(in)
		require.NoError(t, err)
		require.False(t, again, "another day is another time")

		k = b.kit()
		require.Equal(t, "KADES  kec contoh", k.Desks[0].GroupName, "kept for the next time")
		require.Len(t, k.Desks[0].Tellings, 2)
		require.Empty(t, k.Desks[1].Tellings)
		for _, o := range b.obligations() {
			named := o.UnitID != others[0].ID && o.UnitID != others[1].ID
			require.Equal(t, named, o.NoticedAt > 0)
			if !named {
				continue
			}
			require.Equal(t, first.CreatedAt, o.NoticedAt, "proved when it was told first")
			require.Equal(t, ledger.ProofGroup, o.NoticedHow)
			b.read(func(tx *ledger.Tx) error {
				list := must(tx.Tellings(o.ID))
				require.Len(t, list, 2)
				require.Equal(t, "operator", list[1].Actor)
				return nil
			})
		}
		b.write(func(tx *ledger.Tx) error {
			next := must(tx.RecordYear(b.agreement.ID, ledger.YearInput{LineID: b.line.ID, Year: 2028, KindOfUnit: "desa"}, ""))
			kit := must(tx.TellingKit(b.agreement.ID, next.ID, ""))
			require.Equal(t, "KADES  kec contoh", kit.Desks[0].GroupName, "also in another year")
			require.Empty(t, kit.Desks[0].Tellings)
			undated := textFor(kit, kit.Desks[1])
			_, _, err := tx.RecordTelling(b.agreement.ID, undated)
			require.NoError(t, err)
			require.Zero(t, must(tx.Obligation(undated.ObligationIDs[0])).NoticedAt, "what has no date cannot be late")
			return nil
		})
	})
}

func TestOnlyAnHonestTellingIsRecorded(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.kecamatan("Lain", 1)
		b.openYear("2026-12-15")
		k := b.kit()
		good := textFor(k, k.Desks[0])
		foreign := textFor(k, k.Desks[1]).ObligationIDs
		for name, c := range map[string]struct {
			code   string
			change func(*ledger.TellingInput)
		}{
			"no group":           {"missing_field", func(in *ledger.TellingInput) { in.GroupName = " . " }},
			"no text":            {"missing_field", func(in *ledger.TellingInput) { in.Text = "" }},
			"no unit":            {"missing_field", func(in *ledger.TellingInput) { in.ObligationIDs = nil }},
			"a long text":        {"text_too_long", func(in *ledger.TellingInput) { in.Text = strings.Repeat("é", 4097) }},
			"a long name":        {"text_too_long", func(in *ledger.TellingInput) { in.GroupName = strings.Repeat("x", 101) }},
			"part 3 of 2":        {"no_such_part", func(in *ledger.TellingInput) { in.Part, in.Parts = 3, 2 }},
			"another kecamatan":  {"another_desk", func(in *ledger.TellingInput) { in.ObligationIDs = foreign }},
			"a duty that is not": {"not_found", func(in *ledger.TellingInput) { in.ObligationIDs = []string{"x"} }},
			"another year":       {"not_found", func(in *ledger.TellingInput) { in.PeriodID = "x" }},
		} {
			in := good
			c.change(&in)
			_, _, err := b.tell(in)
			require.True(t, fault.Is(err, c.code), "%s: %v", name, err)
		}
		for _, o := range b.obligations() {
			require.Zero(t, o.NoticedAt)
		}
		in := good
		in.Text = "Ini NIK 9901011701900001"
		got, _, err := b.tell(in)
		require.NoError(t, err)
		require.NotContains(t, got.Text, "990101170190", "what somebody pastes by mistake is not kept")
	})
}

// camatOf is somebody at the desk of a kecamatan: they see it and its villages.
func (b *book) camatOf(camat models.Unit, villages []models.Unit) ledger.Actor {
	ids := []string{camat.ID}
	for _, u := range villages {
		ids = append(ids, u.ID)
	}
	return ledger.Actor{Name: "camat", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: ids}
}

func TestACamatHearsOnlyOfTheOwnVillages(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		camat, own := b.kecamatan("Sendiri", 2)
		b.openYear("2026-12-15")
		b.clock.set(wita("2026-12-16", 9))
		b.takeSteps()
		mine := map[string]bool{own[0].Name: true, own[1].Name: true}
		post := b.headOf(camat.ID)
		b.read(func(tx *ledger.Tx) error {
			list := must(tx.Inbox(ledger.InboxFilter{PostID: post.ID}, 100))
			require.Len(t, list, 2, "one for each own village, none for the three others")
			for _, m := range list {
				require.True(t, mine[m.UnitName], m.UnitName)
			}
			return nil
		})
		actor := b.camatOf(camat, own)
		require.NoError(t, b.Read(t.Context(), actor, func(tx *ledger.Tx) error {
			for _, m := range must(tx.Inbox(ledger.InboxFilter{}, 100)) {
				require.True(t, mine[m.UnitName], m.UnitName)
			}
			for _, u := range must(tx.Silent(b.agreement.ID, must(tx.Periods(b.agreement.ID))[0].ID)) {
				require.True(t, mine[u.UnitName], u.UnitName)
			}
			kit := must(tx.TellingKit(b.agreement.ID, must(tx.Periods(b.agreement.ID))[0].ID, ""))
			require.Len(t, kit.Desks, 1)
			require.Len(t, kit.Desks[0].Units, 2)
			for _, r := range must(tx.PostRows(b.pemda.ID)) {
				require.Contains(t, []string{"Sekretaris Daerah", "Camat Sendiri", "Kepala Desa Sendiri 1", "Kepala Desa Sendiri 2"}, r.Title)
			}
			return nil
		}))
		k := b.kit()
		_, _, err := b.tell(textFor(k, k.Desks[0]))
		require.NoError(t, err)
		require.NoError(t, b.Write(t.Context(), actor, func(tx *ledger.Tx) error {
			d, _ := k.Desk(camat.ID)
			told, _, err := tx.RecordTelling(b.agreement.ID, textFor(k, d))
			require.NoError(t, err, "the camat's own people record what they sent")
			require.Equal(t, "camat", told.Actor)
			return nil
		}))
		err = b.Write(t.Context(), actor, func(tx *ledger.Tx) error {
			_, _, err := tx.RecordTelling(b.agreement.ID, textFor(k, k.Desks[0]))
			return err
		})
		require.True(t, fault.Is(err, "not_found"), "%v", err)
	})
}

func TestEscalationClimbsFromVillageToCamatToTheOfficeForVillages(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.kecamatan("Lain", 1)
		var plan ledger.SuperiorPlan
		var dpmd models.Post
		b.write(func(tx *ledger.Tx) error {
			must(tx.CreatePost(b.pemda.ID, ledger.PostInput{Title: "Bupati", Role: "regent"}))
			must(tx.CreateUnits(b.pemda.ID, []ledger.UnitInput{
				{Kind: "opd", Name: "Dinas Pemberdayaan Masyarakat dan Desa", HeadTitle: "Kepala DPMD"}, {Kind: "opd", Name: "Dinas Kesehatan", HeadTitle: "Kepala Dinas Kesehatan"},
			}))
			must(tx.CreatePost(b.pemda.ID, ledger.PostInput{Title: "Sekretaris Desa 001", Role: "secretary", UnitID: b.units[0].ID}))
			in := must(tx.GuessSuperiors(b.pemda.ID))
			plan = must(tx.PlanSuperiors(b.pemda.ID, in))
			require.Equal(t, plan.Changes, must(tx.SetSuperiors(b.pemda.ID, in)).Changes)
			require.Empty(t, must(tx.PlanSuperiors(b.pemda.ID, in)).Changes, "all of it is done")
			dpmd = must(tx.Post(in.VillagesPostID))
			return nil
		})
		said := map[string]string{}
		for _, c := range plan.Changes {
			key := c.Post.Title
			if c.Deputy() {
				key += " (deputy)"
			}
			said[key] = c.From + " > " + c.To
		}
		require.Equal(t, map[string]string{
			"Sekretaris Daerah": " > Bupati", "Kepala DPMD": " > Sekretaris Daerah", "Kepala Dinas Kesehatan": " > Sekretaris Daerah",
			"Camat Contoh": "Sekretaris Daerah > Kepala DPMD", "Camat Lain": " > Kepala DPMD", "Kepala Desa 001 (deputy)": " > Sekretaris Desa 001",
		}, said)
		require.Equal(t, 3, plan.Unchanged, "the villages were below their camat already")

		_, err := b.decide("open-year", agreement.OpenYear, ledger.YearInput{LineID: b.line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: "2026-12-15"})
		require.NoError(t, err)
		exec(t, url, `UPDATE agreements SET ladder = '{"code":"x","steps":[{"code":"T+1","offset":"P1D","tone":"warning","level":2}]}'`)
		exec(t, url, `UPDATE obligations SET next_at = 1`)
		b.clock.set(wita("2026-12-16", 9))
		_, err = b.TakeSteps(t.Context(), protocol.TakeStepsInput{AgreementID: b.agreement.ID, Epoch: 1})
		require.NoError(t, err)
		heard := map[string]int{}
		for _, n := range b.notices() {
			heard[n.PostID]++
		}
		require.Equal(t, 3, heard[dpmd.ID], "all villages of both kecamatan")
		require.Equal(t, 2, heard[b.headOf(b.units[0].ParentID).ID])
	})
}

func TestNobodyIsAboveThemselves(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		village, camat := b.headOf(b.units[0].ID), b.headOf(b.units[0].ParentID)
		refused := func(code string, fn func(*ledger.Tx) error) {
			t.Helper()
			err := b.Write(t.Context(), ledger.Operator(), fn)
			require.True(t, fault.Is(err, code), "%s: %v", code, err)
		}
		refused("post_above_itself", func(tx *ledger.Tx) error {
			_, err := tx.ChangePost(camat.ID, ledger.PostChange{Title: camat.Title, SuperiorID: village.ID})
			return err
		})
		refused("post_above_itself", func(tx *ledger.Tx) error {
			_, err := tx.ChangePost(camat.ID, ledger.PostChange{Title: camat.Title, SuperiorID: camat.ID})
			return err
		})
		refused("unknown_post", func(tx *ledger.Tx) error {
			other := must(tx.CreatePost(b.bpjs.ID, ledger.PostInput{Title: "Kepala Cabang", Role: "branch_head"}))
			_, err := tx.ChangePost(camat.ID, ledger.PostChange{Title: camat.Title, SuperiorID: other.ID})
			return err
		})
		refused("post_above_itself", func(tx *ledger.Tx) error {
			regent := must(tx.CreatePost(b.pemda.ID, ledger.PostInput{Title: "Bupati", Role: "regent", SuperiorID: camat.ID}))
			_, err := tx.SetSuperiors(b.pemda.ID, ledger.SuperiorsInput{RegentPostID: regent.ID, SekdaPostID: camat.SuperiorID})
			return err
		})
		refused("unknown_post", func(tx *ledger.Tx) error {
			_, err := tx.PlanSuperiors(b.pemda.ID, ledger.SuperiorsInput{SekdaPostID: "x"})
			return err
		})
		require.Equal(t, camat.SuperiorID, b.headOf(b.units[0].ParentID).SuperiorID)
	})
}

func TestACamatGetsOneListOfTheOwnVillages(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		camat, own := b.kecamatan("Sendiri", 2)
		b.hold(b.headOf(camat.ID).ID, ledger.HolderInput{Name: "Camat", Phone: "0812 3456 789", ValidFrom: "2026-01-01"})
		b.hold(b.headOf(b.units[0].ParentID).ID, ledger.HolderInput{Name: "Camat Lain", Phone: "0812 3456 780", ValidFrom: "2026-01-01"})
		b.openYear("2026-12-15")
		b.clock.set(wita("2026-12-16", 9))
		b.takeSteps()
		b.clock.add(10 * time.Minute)
		b.turn("bundle", func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Bundle(ctx) })
		b.clock.set(wita("2026-12-17", 10))
		b.read(func(tx *ledger.Tx) error {
			var texts []string
			for _, l := range must(tx.Links(100)) {
				if l.Name == "Camat" {
					texts = append(texts, notice.Compose(l.Letter, 4096).Body)
				}
			}
			require.Len(t, texts, 1, "one list, not a message for each village")
			for _, u := range own {
				require.Contains(t, texts[0], u.Name)
			}
			for _, u := range b.units {
				require.NotContains(t, texts[0], u.Name, "a village of another kecamatan")
			}
			return nil
		})
	})
}
