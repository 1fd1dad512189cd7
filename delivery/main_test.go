package delivery_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/channel"
	"payung/delivery"
	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/internal/fixture"
	"payung/internal/mailhost"
	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
)

func TestMain(m *testing.M) {
	_ = flag.Set("rapid.checks", "25") // each plays weeks; the command line may ask for more
	code := m.Run()
	testdb.Stop()
	os.Exit(code)
}

// clock only moves when told.
type clock struct {
	mu   sync.Mutex
	at   time.Time
	leap time.Duration // of what it says, nothing has gone by
}

// elapsed is how much time has really gone by.
func (c *clock) elapsed() (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at.Sub(time.Unix(0, 0)) - c.leap, true
}

// jump sets the clock wrong.
func (c *clock) jump(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.leap = c.at.Add(d), c.leap+d
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

func (c *clock) add(d time.Duration) { c.set(c.now().Add(d)) }

// house is a ledger with a kabupaten whose posts are held by people with e-mail
// addresses, and an office that sends.
type house struct {
	*ledger.Ledger
	t      *testing.T
	url    string
	clock  *clock
	office *delivery.Office
	fixture.Kabupaten
	heads map[string]models.Post // by unit
	year  models.Period
}

// wita is a day's time in Sulawesi.
func wita(day string, hour int) time.Time { return calendar.Day(day).In(calendar.WITA, hour, 0) }

func keys(bool) (*keyring.Ring, error) { return keyring.New("test", make([]byte, 32)) }

// newHouse is a house with n villages whose lists are due on 15 December 2026.
func newHouse(t *testing.T, url string, villages int, ladder *obligation.Ladder) *house {
	t.Helper()
	h := &house{t: t, url: url, clock: &clock{at: wita("2026-11-23", 9)}, heads: map[string]models.Post{}}
	_, err := ledger.Migrate(t.Context(), url)
	require.NoError(t, err)
	h.Ledger, err = ledger.Open(t.Context(), ledger.Options{
		Database: url, Keys: keys, Now: h.clock.now, Elapsed: h.clock.elapsed, Log: slog.New(slog.DiscardHandler), PublicURL: "https://payung.example",
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	h.office = delivery.New(delivery.Options{Ledger: h.Ledger, Log: slog.New(slog.DiscardHandler)})
	h.write(func(tx *ledger.Tx) (err error) {
		if h.Kabupaten, err = fixture.Make(tx, villages, ladder); err != nil {
			return err
		}
		posts, err := tx.Posts(h.Pemda.ID, ledger.Page{Size: 10_000})
		for _, p := range posts {
			h.heads[p.UnitID] = p
		}
		return err
	})
	h.write(func(tx *ledger.Tx) error {
		return tx.Propose(ledger.Proposal{RequestID: "year", AgreementID: h.Agreement.ID, Kind: agreement.OpenYear, Hash: []byte("year"), Payload: ledger.YearInput{
			LineID: h.Line.ID, Year: 2027, KindOfUnit: "desa", TargetOn: "2026-12-15",
		}})
	})
	_, err = h.Decide(t.Context(), protocol.DecideInput{AgreementID: h.Agreement.ID, Epoch: 1, RequestID: "year", Kind: agreement.OpenYear})
	require.NoError(t, err)
	h.read(func(tx *ledger.Tx) error {
		years, err := tx.Periods(h.Agreement.ID)
		h.year = years[0]
		return err
	})
	return h
}

func (h *house) write(fn func(*ledger.Tx) error) {
	h.t.Helper()
	require.NoError(h.t, h.Write(h.t.Context(), ledger.Operator(), fn))
}

func (h *house) read(fn func(*ledger.Tx) error) {
	h.t.Helper()
	require.NoError(h.t, h.Read(h.t.Context(), ledger.Operator(), fn))
}

// hold puts people into the posts of villages, and into the camat's, with an
// address each.
func (h *house) hold() {
	h.t.Helper()
	h.write(func(tx *ledger.Tx) error {
		for i, v := range h.Villages {
			_, err := tx.AssignHolder(h.heads[v.ID].ID, ledger.HolderInput{
				Name: fmt.Sprintf("Bapak %d", i+1), Email: fmt.Sprintf("desa%d@desa.example", i+1), Phone: fmt.Sprintf("0812000000%02d", i+1), ValidFrom: "2026-01-01",
			})
			if err != nil {
				return err
			}
		}
		_, err := tx.AssignHolder(h.heads[h.Camat.ID].ID, ledger.HolderInput{Name: "Ibu Camat", Email: "camat@kec.example", Phone: "081299999999", ValidFrom: "2026-01-01"})
		return err
	})
}

// prefer sets how everybody wants to be told.
func (h *house) prefer(in ledger.PreferenceInput) {
	h.t.Helper()
	h.write(func(tx *ledger.Tx) error {
		for _, v := range append([]models.Unit{h.Camat}, h.Villages...) {
			holders, err := tx.Holders(h.heads[v.ID].ID)
			if err != nil {
				return err
			}
			if _, err := tx.SetPreference(holders[0].ID, in); err != nil {
				return err
			}
		}
		return nil
	})
}

// mail sets up the Pemda's mail server.
func (h *house) mail(s *mailhost.Server) {
	h.t.Helper()
	h.channel(ledger.ChannelInput{Kind: channel.Email, Enabled: true, Settings: map[string]string{
		"host": s.Host, "port": s.Port, "security": "none", "from": "payung@pemda.example",
	}})
}

func (h *house) channel(in ledger.ChannelInput) models.Channel {
	h.t.Helper()
	var c models.Channel
	h.write(func(tx *ledger.Tx) (err error) {
		c, err = delivery.SaveChannel(tx, h.Pemda.ID, in)
		return err
	})
	return c
}

// wake is what a day's alarm does, at an hour.
func (h *house) wake(day string, hour int) {
	h.t.Helper()
	h.wakeAt(wita(day, hour))
}

func (h *house) wakeAt(at time.Time) {
	h.t.Helper()
	h.clock.set(at)
	_, err := h.TakeSteps(h.t.Context(), protocol.TakeStepsInput{AgreementID: h.Agreement.ID, Epoch: 1})
	require.NoError(h.t, err)
}

// bundle puts everything that waits into messages.
func (h *house) bundle() {
	h.t.Helper()
	h.turn("bundle", h.office.Bundle)
}

// deliver sends what is due now.
func (h *house) deliver() {
	h.t.Helper()
	h.turn("deliver", h.office.Deliver)
	h.office.Wait()
}

// morning bundles, waits until lists go out, and sends; twice, because what was
// refused finds another way.
func (h *house) morning() {
	h.t.Helper()
	for range 2 {
		h.bundle()
		h.clock.add(5 * time.Minute)
		h.deliver()
	}
}

func (h *house) turn(name string, work func(context.Context, *ledger.Hold) (bool, error)) {
	h.t.Helper()
	for more, err := true, error(nil); more; {
		more, err = h.Turn(h.t.Context(), ledger.Loop{Name: name, Work: work}, "test")
		require.NoError(h.t, err)
	}
}

func (h *house) messages(f ledger.OutboxFilter) []ledger.Dispatched {
	h.t.Helper()
	var rows []ledger.Dispatched
	h.read(func(tx *ledger.Tx) (err error) {
		rows, err = tx.Outbox(f, 10_000)
		return err
	})
	return rows
}

// states counts messages by channel and state.
func (h *house) states() map[string]int {
	h.t.Helper()
	out := map[string]int{}
	for _, m := range h.messages(ledger.OutboxFilter{}) {
		out[m.Channel+" "+m.State]++
	}
	return out
}

func (h *house) duties() []models.Obligation {
	h.t.Helper()
	var rows []models.Obligation
	h.read(func(tx *ledger.Tx) (err error) {
		rows, err = tx.Obligations(ledger.ObligationFilter{AgreementID: h.Agreement.ID}, ledger.Page{Size: 10_000})
		return err
	})
	return rows
}

// dutyOf is the list a village owes.
func (h *house) dutyOf(village int) models.Obligation {
	h.t.Helper()
	for _, o := range h.duties() {
		if o.UnitID == h.Villages[village].ID {
			return o
		}
	}
	h.t.Fatal("no such duty")
	return models.Obligation{}
}
