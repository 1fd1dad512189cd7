package delivery_test

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"payung/domain/obligation"
	"payung/internal/mailhost"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestEveryVillageGetsItsReminderOnceAndThatIsProof(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 5, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		for _, o := range h.duties() {
			require.Zero(t, o.NoticedAt, "writing a reminder proves nothing")
		}
		h.bundle()
		require.Equal(t, map[string]int{"email queued": 5}, h.states())
		h.deliver()
		require.Zero(t, s.Count(), "the list of a morning stays open for a moment")
		h.morning()
		require.Equal(t, 5, s.Count())
		require.Equal(t, map[string]int{"email sent": 5}, h.states())
		for _, o := range h.duties() {
			require.NotZero(t, o.NoticedAt)
			require.Equal(t, ledger.ProofEmail, o.NoticedHow)
		}
		h.morning()
		require.Equal(t, 5, s.Count())
		m := s.Mails()[0]
		require.Contains(t, m.Head.Get("Subject"), "1 tugas")
		require.NotContains(t, m.Head.Get("Subject"), "Bapak")
		require.True(t, strings.HasSuffix(m.ID, "@pemda.example>"))
	})
}

func TestACamatGetsOneListForAllVillages(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 20, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-16", 8) // T+1 goes to the camat too; what was missed before collapses
		h.morning()
		to := map[string][]mailhost.Mail{}
		for _, m := range s.Mails() {
			to[m.To] = append(to[m.To], m)
		}
		require.Len(t, to["camat@kec.example"], 1)
		require.Equal(t, 21, s.Count())
		for _, m := range h.messages(ledger.OutboxFilter{PostID: h.heads[h.Camat.ID].ID}) {
			require.EqualValues(t, 20, m.Items)
			require.Contains(t, m.Text, "DI BAWAH JABATAN INI (20)")
			require.Contains(t, m.Text, "Desa 020")
		}
	})
}

func TestWhatWasDoneInTheMeantimeIsNotSent(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 2, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		h.bundle()
		h.write(func(tx *ledger.Tx) error {
			_, err := tx.Close(h.dutyOf(0).ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
			return err
		})
		h.morning()
		require.Equal(t, 1, s.Count())
		require.Equal(t, map[string]int{"email sent": 1, "email not_needed": 1}, h.states())
		require.Zero(t, h.dutyOf(0).NoticedAt)
	})
}

func TestWarningsGoApartAndTogether(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		full := obligation.Full()
		h, s := newHouse(t, url, 3, &full), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-18", 8) // T+3, a warning
		h.bundle()
		h.clock.add(time.Minute) // before the morning's list would go
		h.deliver()
		require.Equal(t, 4, s.Count(), "three villages, and one list of them for the camat")
		for _, m := range h.messages(ledger.OutboxFilter{}) {
			require.Equal(t, ledger.MessageUrgent, m.Kind)
			require.Contains(t, m.Subject, "segera")
		}
	})
}

func TestNothingGoesOutInQuietHours(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 1, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 20) // the machine was off all day
		h.bundle()
		h.clock.set(wita("2026-12-09", 3))
		h.deliver()
		require.Zero(t, s.Count())
		h.clock.set(wita("2026-12-09", 8).Add(5 * time.Minute))
		h.deliver()
		require.Equal(t, 1, s.Count())
	})
}

func TestAnAddressThatBouncesIsShownAndTheLinkTakesOver(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 4, nil), mailhost.New(t, nil)
		s.RCPT = func(to string) error {
			if to == "desa2@desa.example" {
				return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
			}
			return nil
		}
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, 3, s.Count(), "all others went out")
		require.Equal(t, map[string]int{"email sent": 3, "email bounced": 1, "wa_link queued": 1}, h.states())
		post := h.heads[h.Villages[1].ID]
		h.read(func(tx *ledger.Tx) error {
			bad, err := tx.BadAddresses(post.ID)
			require.Len(t, bad, 1)
			return err
		})
		h.wake("2026-12-14", 8) // T-1: the bad address is not tried again
		h.morning()
		require.Len(t, h.messages(ledger.OutboxFilter{State: ledger.DeadLetters}), 1)
		require.Equal(t, 1, h.states()["wa_link queued"], "the older link went along")
	})
}

func TestAMailServerThatIsDownForAnHourLosesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 5, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		s.SetDown(true)
		h.wake("2026-12-08", 8)
		h.bundle()
		for range 6 {
			h.clock.add(10 * time.Minute)
			h.deliver()
		}
		require.Zero(t, s.Count())
		for _, m := range h.messages(ledger.OutboxFilter{}) {
			require.Equal(t, ledger.MessageQueued, m.State)
			require.LessOrEqual(t, m.Attempts, 0, "nobody's attempt is lost")
		}
		h.read(func(tx *ledger.Tx) error {
			list, err := tx.ChannelsOf(h.Pemda.ID)
			require.NotZero(t, list[0].FailingSince)
			require.NotEmpty(t, list[0].Problem)
			return err
		})
		s.SetDown(false)
		h.clock.add(15 * time.Minute)
		h.deliver()
		require.Equal(t, 5, s.Count())
	})
}

func TestThreeDaysWithoutALineCollapseIntoOneList(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		full := obligation.Full()
		h, s := newHouse(t, url, 3, &full), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		s.SetDown(true)
		for _, day := range []string{"2026-12-14", "2026-12-15", "2026-12-16"} { // T-1, T+0, T+1
			h.wake(day, 8)
			h.morning()
		}
		require.Zero(t, s.Count())
		s.SetDown(false)
		h.clock.set(wita("2026-12-16", 10))
		h.deliver()
		require.Equal(t, 4, s.Count(), "one for each village and one for the camat")
		for _, m := range h.messages(ledger.OutboxFilter{State: ledger.MessageSent}) {
			if m.PostID == h.heads[h.Camat.ID].ID {
				continue
			}
			require.Equal(t, 1, strings.Count(m.Text, "Permintaan ke-2"), m.Text)
			require.NotContains(t, m.Text, "Pengingat")
		}
		require.Equal(t, map[string]int{"email sent": 4, "email superseded": 6}, h.states())
	})
}

func TestOneUnitWithBrokenDataHoldsUpNobody(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 5, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		h.exec("DELETE FROM posts WHERE id = $1", h.heads[h.Villages[2].ID].ID)
		h.morning()
		require.Equal(t, 4, s.Count())
		h.wake("2026-12-14", 8)
		h.morning()
		require.Equal(t, 8, s.Count())
	})
}

func TestAMessageThatCannotBePreparedIsSetAside(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 5, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		h.bundle()
		h.exec("UPDATE posts SET party_id = 'gone' WHERE id = $1", h.heads[h.Villages[2].ID].ID)
		h.clock.add(5 * time.Minute)
		h.deliver()
		require.Equal(t, 4, s.Count())
	})
}

func TestACapForTheDayPutsTheRestOffToTheNextMorning(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 5, nil), mailhost.New(t, nil)
		h.hold()
		h.channel(ledger.ChannelInput{Kind: ledger.ChannelEmail, Enabled: true, DailyCap: 3, Settings: map[string]string{
			"host": s.Host, "port": s.Port, "security": "none", "from": "payung@pemda.example",
		}})
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, 3, s.Count())
		waiting := h.messages(ledger.OutboxFilter{State: ledger.MessageQueued})
		require.Len(t, waiting, 2)
		require.Equal(t, "cap_reached", waiting[0].Problem)
		h.clock.set(wita("2026-12-09", 8).Add(5 * time.Minute))
		h.deliver()
		require.Equal(t, 5, s.Count())
	})
}

func TestAKilledSenderLeavesOneMessageUnknownThatKeepsItsName(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 3, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		h.bundle()
		h.clock.add(5 * time.Minute)
		lane := ledger.Lane{Channel: ledger.ChannelEmail, SenderID: h.Pemda.ID}
		got, err := h.TakeMessage(t.Context(), lane, "killed", free, nil) // and the process dies after it was sent
		require.NoError(t, err)
		require.NotNil(t, got.Dispatch)
		h.deliver()
		require.Equal(t, 2, s.Count(), "the others go out meanwhile")
		h.clock.add(5 * time.Minute)
		h.deliver()
		require.Equal(t, 3, s.Count())
		require.Equal(t, "<"+got.Dispatch.Key+"@pemda.example>", s.Mails()[2].ID, "the recipient knows it again")
		unknown := 0
		for _, m := range h.messages(ledger.OutboxFilter{}) {
			unknown += m.Unknowns
		}
		require.Equal(t, 1, unknown)
	})
}

func TestANewHolderGetsWhatTheOldOneWasToGet(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 1, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		h.bundle()
		h.write(func(tx *ledger.Tx) error {
			_, err := tx.AssignHolder(h.heads[h.Villages[0].ID].ID, ledger.HolderInput{Name: "Pj", Capacity: "pj", Mandate: "SK 1", Email: "pj@desa.example", ValidFrom: "2026-12-08"})
			return err
		})
		h.morning()
		h.morning()
		require.Equal(t, 1, s.Count())
		require.Equal(t, "pj@desa.example", s.Mails()[0].To)
	})
}

func TestWithoutAnyAddressItLiesInTheInboxAndProvesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h := newHouse(t, url, 2, nil)
		h.wake("2026-12-08", 8)
		h.morning()
		require.Equal(t, map[string]int{"inbox sent": 2}, h.states())
		require.Zero(t, h.dutyOf(0).NoticedAt)
		village := h.Villages[0]
		own := ledger.Actor{Name: "desa", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{village.ID}}
		var id string
		h.read(func(tx *ledger.Tx) error {
			list, err := tx.Inbox(ledger.InboxFilter{PostID: h.heads[village.ID].ID}, 10)
			id = list[0].ID
			return err
		})
		h.write(func(tx *ledger.Tx) error { return tx.MarkRead(id) })
		require.Zero(t, h.dutyOf(0).NoticedAt, "somebody at the machine is not the holder")
		require.NoError(t, h.Write(t.Context(), own, func(tx *ledger.Tx) error { return tx.MarkRead(id) }))
		require.Equal(t, ledger.ProofInbox, h.dutyOf(0).NoticedHow)
	})
}

func TestAClockThatJumpsStopsSendingUntilSomebodyLooks(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		h, s := newHouse(t, url, 2, nil), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		h.wake("2026-12-08", 8)
		h.bundle()
		h.clock.jump(24 * time.Hour)
		h.clock.add(5 * time.Minute)
		h.deliver()
		h.write(func(tx *ledger.Tx) error { // and what is written meanwhile waits
			_, err := tx.RecordTold(h.Agreement.ID, ledger.Told{PeriodID: h.year.ID, How: ledger.ProofPhone})
			return err
		})
		h.exec("UPDATE notices SET bundled_at = 0")
		h.bundle()
		require.Zero(t, s.Count())
		h.write(func(tx *ledger.Tx) error { return tx.ConfirmClock() })
		h.deliver()
		require.Equal(t, 2, s.Count())
	})
}
