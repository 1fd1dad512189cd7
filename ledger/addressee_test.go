package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// headOf is the post of a unit's head.
func (b *book) headOf(unitID string) models.Post {
	b.t.Helper()
	var found models.Post
	b.read(func(tx *ledger.Tx) error {
		for _, p := range must(tx.Posts(b.pemda.ID, ledger.Page{Size: 1000})) {
			if p.UnitID == unitID && p.Role == "head" {
				found = p
			}
		}
		return nil
	})
	require.NotEmpty(b.t, found.ID)
	return found
}

func (b *book) hold(postID string, in ledger.HolderInput) models.PostHolder {
	b.t.Helper()
	var h models.PostHolder
	b.write(func(tx *ledger.Tx) (err error) {
		h, err = tx.AssignHolder(postID, in)
		return err
	})
	return h
}

func (b *book) toldFor(postID string) ledger.Addressee {
	b.t.Helper()
	var a ledger.Addressee
	b.read(func(tx *ledger.Tx) (err error) {
		a, err = tx.Addressee(postID)
		return err
	})
	return a
}

func TestWhoIsToldIsFoundOnTheDay(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		village := b.headOf(b.units[0].ID)
		camat := b.headOf(b.units[0].ParentID)
		none := b.toldFor(village.ID)
		require.Empty(t, none.Via, "nobody holds any post")
		require.False(t, none.Reachable())
		require.Empty(t, none.Channels)

		b.hold(camat.ID, ledger.HolderInput{Name: "Camat", Phone: "0812", ValidFrom: "2026-01-01"})
		above := b.toldFor(village.ID)
		require.Equal(t, ledger.ViaSuperior, above.Via)
		require.Equal(t, camat.ID, above.ViaPostID)
		require.Equal(t, "Camat", above.Name)
		require.Equal(t, "Desa 001", above.UnitName, "it stays the village's matter")
		require.True(t, above.Reachable())

		var sekdes models.Post
		b.write(func(tx *ledger.Tx) error {
			sekdes = must(tx.CreatePost(b.pemda.ID, ledger.PostInput{Title: "Sekretaris Desa 001", Role: "secretary", UnitID: b.units[0].ID}))
			_, err := tx.ChangePost(village.ID, ledger.PostChange{Title: village.Title, SuperiorID: village.SuperiorID, DeputyID: sekdes.ID})
			return err
		})
		require.Equal(t, ledger.ViaSuperior, b.toldFor(village.ID).Via, "a deputy that is vacant too is passed over")
		b.hold(sekdes.ID, ledger.HolderInput{Name: "Sekdes", Email: "sekdes@example.id", ValidFrom: "2026-01-01"})
		deputy := b.toldFor(village.ID)
		require.Equal(t, ledger.ViaDeputy, deputy.Via)
		require.Equal(t, []string{ledger.ChannelEmail, ledger.ChannelInbox}, deputy.Channels, "no phone: neither link nor WhatsApp")

		b.hold(village.ID, ledger.HolderInput{Name: "Pelaksana", Phone: "0813", Capacity: ledger.Plt, Mandate: "SK 12/2026", ValidFrom: "2026-11-01", ValidTo: "2026-11-30"})
		plt := b.toldFor(village.ID)
		require.Equal(t, ledger.ViaHolder, plt.Via)
		require.Equal(t, []string{"plt", "SK 12/2026"}, []string{plt.Capacity, plt.Mandate})
		require.Equal(t, []string{ledger.ChannelInbox, ledger.ChannelLink}, plt.Channels, "without consent no WhatsApp in our own name")
		b.clock.set(wita("2026-12-01", 8))
		require.Equal(t, ledger.ViaDeputy, b.toldFor(village.ID).Via, "the mandate has run out")
		b.clock.set(wita("2026-10-31", 8))
		require.Equal(t, ledger.ViaDeputy, b.toldFor(village.ID).Via, "the mandate has not begun")
	})
}

func TestACircleOfDeputiesEnds(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		one, two, camat := b.headOf(b.units[0].ID), b.headOf(b.units[1].ID), b.headOf(b.units[0].ParentID)
		b.write(func(tx *ledger.Tx) error {
			must(tx.ChangePost(one.ID, ledger.PostChange{Title: one.Title, SuperiorID: one.SuperiorID, DeputyID: two.ID}))
			must(tx.ChangePost(two.ID, ledger.PostChange{Title: two.Title, SuperiorID: two.SuperiorID, DeputyID: one.ID}))
			_, err := tx.ChangePost(one.ID, ledger.PostChange{Title: one.Title, DeputyID: one.ID})
			require.True(t, fault.Is(err, "own_deputy"), "%v", err)
			return nil
		})
		// Data of other programs may hold circles that ours refuses.
		exec(t, url, "UPDATE posts SET superior_id = '"+one.ID+"' WHERE id = '"+camat.ID+"'")
		require.Empty(t, b.toldFor(one.ID).Via)
		b.hold(camat.ID, ledger.HolderInput{Name: "Camat", ValidFrom: "2026-01-01"})
		require.Equal(t, ledger.ViaSuperior, b.toldFor(one.ID).Via)
		b.read(func(tx *ledger.Tx) error {
			require.Len(t, must(tx.PostRows(b.pemda.ID)), 4)
			return nil
		})
	})
}

func TestAHolderSaysHowTheyAreTold(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		village := b.headOf(b.units[0].ID)
		h := b.hold(village.ID, ledger.HolderInput{Name: "Kepala", Phone: "0812-3456-789", Email: "desa@example.id", ValidFrom: "2026-01-01"})
		require.Equal(t, []string{ledger.ChannelEmail, ledger.ChannelInbox, ledger.ChannelLink}, b.toldFor(village.ID).Channels)
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.SetPreference(h.ID, ledger.PreferenceInput{
				Channels: []string{"whatsapp", "email"}, Stopped: []string{"email"}, Language: "en", OptedInOn: "2026-11-20", OptedInHow: "balasan YA",
			})
			return err
		})
		a := b.toldFor(village.ID)
		require.Equal(t, []string{"whatsapp", "email", "inbox"}, a.Channels)
		require.Equal(t, map[string]bool{"email": true}, a.Stopped)
		require.Equal(t, "en", a.Language)

		for code, in := range map[string]ledger.PreferenceInput{
			"unknown_channel":   {Channels: []string{"merpati"}},
			"cannot_be_stopped": {Stopped: []string{"inbox"}},
			"unknown_language":  {Language: "jv"},
			"consent_in_future": {OptedInOn: "2027-01-01", OptedInHow: "x"},
			"missing_field":     {OptedInOn: "2026-11-20"},
		} {
			err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.SetPreference(h.ID, in)
				return err
			})
			require.True(t, fault.Is(err, code), "%s: %v", code, err)
		}

		b.write(func(tx *ledger.Tx) error { return tx.StopChannel(h.ID, ledger.ChannelWhatsApp) })
		a = b.toldFor(village.ID)
		require.Equal(t, []string{"email", "inbox"}, a.Channels, "who stops WhatsApp takes the consent back")
		require.True(t, a.Stopped["whatsapp"])

		// Definitive after having been acting, with the same number: the same person.
		again := b.hold(village.ID, ledger.HolderInput{Name: "KEPALA", Phone: "+62 812 3456 789", Email: "desa@example.id", ValidFrom: "2026-11-23"})
		require.NotEqual(t, h.ID, again.ID)
		require.Equal(t, "en", b.toldFor(village.ID).Language)
		other := b.hold(village.ID, ledger.HolderInput{Name: "Orang Lain", Email: "lain@example.id", ValidFrom: "2026-11-23"})
		require.Equal(t, "id", b.toldFor(village.ID).Language, "%s said nothing yet", other.Name)
	})
}

func TestWhoIsCalledHoldsThePostToday(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		b.openYear("2026-12-15")
		post := b.headOf(b.units[0].ID)
		b.hold(post.ID, ledger.HolderInput{Name: "Lama", Phone: "0811-1111-1111", ValidFrom: "2026-01-01"})
		b.hold(post.ID, ledger.HolderInput{Name: "Pelaksana", Phone: "0822-2222-2222", Capacity: ledger.Plt, ValidFrom: "2026-12-01", ValidTo: "2026-12-31"})
		called := func() (names []string) {
			b.read(func(tx *ledger.Tx) error {
				for _, c := range must(tx.Silent(b.agreement.ID, must(tx.Periods(b.agreement.ID))[0].ID))[0].Contacts {
					names = append(names, c.Name)
				}
				require.Equal(t, len(names), len(must(tx.PhoneOwners(b.pemda.ID, "081111111111")))+len(must(tx.PhoneOwners(b.pemda.ID, "082222222222"))))
				return nil
			})
			return names
		}
		require.Equal(t, []string{"Lama"}, called(), "although the last day is known")
		b.clock.set(wita("2026-12-02", 9))
		require.Equal(t, []string{"Pelaksana"}, called(), "although the mandate ends")
		b.clock.set(wita("2027-01-01", 9))
		require.Empty(t, called())
	})
}
