package ledger

import (
	"encoding/json"
	"maps"
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// Ways a letter goes out.
const (
	SentByHand     = "hand"
	SentByCourier  = "courier"
	SentByPost     = "post"
	SentByEmail    = "email"
	SentByWhatsApp = "whatsapp"
)

// SentWays lists them.
func SentWays() []string {
	return []string{SentByHand, SentByCourier, SentByPost, SentByEmail, SentByWhatsApp}
}

// LetterSending says that a letter went out.
type LetterSending struct {
	On         string // the day it really went; "": today
	How        string
	ReceivedBy string // who took it, if somebody is known to have
	Note       string
}

// Delivery is who received a letter.
type Delivery struct {
	ReceivedBy string `json:"received_by,omitempty"`
	Note       string `json:"note,omitempty"`
}

// Sent is what sending a letter did.
type Sent struct {
	models.Letter
	Dated   int // duties whose date counts from the sending
	Closed  int // duties that had been answered meanwhile
	Paused  int // duties whose clock stands still: their date is left
	Further int // duties that had a later date already
}

// SendLetter records that a letter went out. The time it gives to answer counts
// from that day, whatever day it bears, and no answer counts as silence from
// then on. Until a letter is sent it sets no date.
func (tx *Tx) SendLetter(id string, in LetterSending) (Sent, error) {
	l, err := tx.ownLetter(id)
	out := Sent{Letter: l}
	if err != nil {
		return out, err
	}
	if l.State != LetterIssued {
		return out, letterState(l)
	}
	a, err := tx.fresh(l.AgreementID)
	if err != nil {
		return out, err
	}
	on, err := tx.sendingDay(l, a, in)
	if err != nil {
		return out, err
	}
	raw, err := json.Marshal(Delivery{ReceivedBy: inWords(in.ReceivedBy), Note: inWords(in.Note)})
	if err != nil {
		return out, wrap("who received a letter", err)
	}
	l.State, l.SentOn, l.SentHow, l.UpdatedAt = LetterSent, string(on), in.How, tx.micros()
	l.Receipt = tx.l.keys.Seal(raw, deliveryOf(l.ID))
	out.Letter = l
	dated, err := tx.dateFromSending(a, &out, on)
	if err != nil {
		return out, err
	}
	if err := tx.tellLetter(out.Letter, dated); err != nil {
		return out, err
	}
	err = tx.db.Model(&models.Letter{ID: l.ID}).Select("State", "SentOn", "SentHow", "Receipt", "DueOn", "UpdatedAt").Updates(out.Letter).Error
	if err != nil {
		return out, err
	}
	return out, tx.audit("letter.sent", "letter", l.ID, l.Scope, map[string]any{
		"agreement": a.ID, "on": l.SentOn, "how": l.SentHow, "due_on": out.DueOn, "dated": out.Dated, "closed": out.Closed, "paused": out.Paused, "further": out.Further,
	})
}

// sendingDay is the day a letter went out: not before the one it bears, nor in
// time to come.
func (tx *Tx) sendingDay(l models.Letter, a models.Agreement, in LetterSending) (calendar.Day, error) {
	on := tx.today(a.Zone)
	switch {
	case !slices.Contains(SentWays(), in.How):
		return on, fault.New(fault.Invalid, "unknown_sending", "a letter goes by hand, courier, post, email or whatsapp").On("how")
	case tooLong("received_by", in.ReceivedBy, 200) != nil:
		return on, tooLong("received_by", in.ReceivedBy, 200)
	case tooLong("note", in.Note, 1000) != nil:
		return on, tooLong("note", in.Note, 1000)
	case in.On == "":
		return max(on, calendar.Day(l.OnDay)), nil
	}
	day, err := checkDay("on", in.On)
	switch {
	case err != nil:
		return on, err
	case day > on:
		return on, fault.New(fault.Invalid, "sent_in_the_future", "a letter that went out did so today at the latest").On("on")
	case string(day) < l.OnDay:
		return on, fault.New(fault.Invalid, "sent_before_its_date", "the letter bears the date %s: it cannot have gone out before", l.OnDay).On("on").With("date", l.OnDay)
	}
	return day, nil
}

// dateFromSending gives the duties of a letter their new date and counts the
// letter as the request that reached them. A date that lies further off stays:
// more time was given already. It returns the duties that have a new date.
func (tx *Tx) dateFromSending(a models.Agreement, out *Sent, on calendar.Day) ([]models.Obligation, error) {
	var rows []models.Obligation
	err := tx.forChange(tx.db).Where("id IN (SELECT obligation_id FROM letter_duties WHERE letter_id = ?)", out.ID).Order("id").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, wrap("duties of a letter", err)
	}
	due, err := tx.dueAfter(a, on, out.Workdays)
	if err != nil {
		return nil, err
	}
	out.DueOn = string(due)
	var asked []string
	var dated []models.Obligation
	for _, o := range rows {
		if !running(o) {
			out.Closed++
			continue
		}
		asked = append(asked, o.ID)
		switch {
		case due == "":
		case o.PausedAt != 0:
			out.Paused++
		case o.TargetOn >= string(due):
			out.Further++
		default:
			out.Dated++
			dated = append(dated, o)
		}
	}
	at := min(on.In(calendar.Zone(a.Zone), 8, 0).UnixMicro(), tx.micros())
	if err := tx.prove(asked, ProofLetter, at); err != nil {
		return nil, err
	}
	if err := tx.redateFromLetter(a, out.Letter, dated, on); err != nil {
		return nil, err
	}
	return dated, tx.stir(a.ID)
}

// redateFromLetter moves duties to the date a letter sets. The last day of all
// moves along where it would lie before.
func (tx *Tx) redateFromLetter(a models.Agreement, l models.Letter, rows []models.Obligation, on calendar.Day) error {
	byFatal := map[string][]models.Obligation{}
	for _, o := range rows {
		fatal := o.FatalOn
		if fatal != "" {
			fatal = max(fatal, l.DueOn)
		}
		byFatal[fatal] = append(byFatal[fatal], o)
	}
	reason := "surat " + l.Number
	if l.Number == "" {
		reason = "surat tanggal " + l.OnDay
	}
	for _, fatal := range slices.Sorted(maps.Keys(byFatal)) {
		d := dated{target: calendar.Day(l.DueOn), fatal: calendar.Day(fatal), from: on, workdays: l.Workdays}
		if err := tx.redateAll(a, byFatal[fatal], d, change{kind: "moved", reason: reason, on: tx.today(a.Zone)}); err != nil {
			return err
		}
	}
	return nil
}

// dueAfter is the n-th working day after a day on the calendar of the agreement;
// "" for none.
func (tx *Tx) dueAfter(a models.Agreement, on calendar.Day, n int) (calendar.Day, error) {
	if n == 0 {
		return "", nil
	}
	days, err := tx.calendarOf(a)
	if err != nil {
		return "", err
	}
	return days.AddWorkdays(on, n), nil
}

// delivery opens who received a letter.
func (tx *Tx) delivery(l models.Letter) (Delivery, error) {
	var out Delivery
	if len(l.Receipt) == 0 {
		return out, nil
	}
	raw, err := tx.l.keys.Open(l.Receipt, deliveryOf(l.ID))
	if err != nil {
		return out, wrap("who received a letter", err)
	}
	return out, wrap("who received a letter", json.Unmarshal(raw, &out))
}
