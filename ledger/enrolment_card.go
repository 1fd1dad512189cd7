package ledger

import (
	"strings"

	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/models"
)

// CardsInput says that the branch's certificate and cards came.
type CardsInput struct {
	On          string // "": today
	Certificate string // its number
}

// RecordCards starts the clock of the hand-over. Cards may come for some while
// others wait for their answer; while a hand-over is owed, more cards give it no
// later date.
func (tx *Tx) RecordCards(id string, in CardsInput) (EnrolmentView, error) {
	e, a, err := tx.ownEnrolment(id)
	if err != nil {
		return EnrolmentView{}, err
	}
	on, err := tx.batchDay(a, e, in.On)
	if err != nil {
		return EnrolmentView{}, err
	}
	counts, err := tx.countsOf(e.ID)
	if err != nil {
		return EnrolmentView{}, err
	}
	if counts[e.ID].Left() == 0 {
		return EnrolmentView{}, fault.New(fault.Refused, "nobody_without_card", "nobody who is registered waits for a card")
	}
	e.CardsOn = max(e.CardsOn, string(on))
	if in.Certificate != "" {
		e.Certificate = strings.TrimSpace(in.Certificate)
	}
	owed, err := tx.runningDuty(e, KindHandover)
	if err != nil {
		return EnrolmentView{}, err
	}
	if owed.ID == "" {
		terms, err := termsOf(e)
		if err != nil {
			return EnrolmentView{}, err
		}
		desk, err := take[models.Post](tx, "posts", "post", e.DeskPostID)
		if err != nil {
			return EnrolmentView{}, err
		}
		if err := tx.openBatchDuty(a, e, KindHandover, desk, on, terms.Handover.Workdays); err != nil {
			return EnrolmentView{}, err
		}
	}
	if err := tx.settleBatch(a, e, on); err != nil {
		return EnrolmentView{}, err
	}
	if err := tx.audit("enrolment.cards", "enrolment", e.ID, e.Scope, map[string]any{"on": on}); err != nil {
		return EnrolmentView{}, err
	}
	return tx.Enrolment(e.ID)
}

// ReceiptInput is cards handed over to the people of one unit.
type ReceiptInput struct {
	UnitID   string
	People   int64
	On       string // "": today
	Number   string // of the receipt
	Receiver string // who signed for them
	SourceID string
}

// HandOver records a receipt for cards. It ends the hand-over once everybody who
// is registered has a card. That cards were handed over says that they came.
func (tx *Tx) HandOver(id string, in ReceiptInput) (models.CardReceipt, error) {
	var r models.CardReceipt
	e, err := takeLocked[models.Enrolment](tx, "enrolments", "enrolment", id)
	if err != nil {
		return r, err
	}
	a, err := tx.fresh(e.AgreementID)
	if err != nil {
		return r, err
	}
	scope := e.Scope
	scope.UnitID = in.UnitID
	if err := tx.actor.may(scope); err != nil { // a unit may say so itself
		return r, err
	}
	on, err := tx.batchDay(a, e, in.On)
	if err != nil {
		return r, err
	}
	left, err := tx.cardsLeft(e, in.UnitID)
	receiver := strings.TrimSpace(in.Receiver)
	switch {
	case err != nil:
		return r, err
	case receiver == "":
		return r, missing("receiver")
	case in.People < 1 || in.People > left:
		return r, fault.New(fault.Invalid, "more_cards_than_people", "between 1 and %d people of this unit wait for a card", left).On("people").With("max", itoa(left))
	}
	for field, text := range map[string]string{"receiver": receiver, "number": in.Number} {
		if err := tooLong(field, text, maxName); err != nil {
			return r, err
		}
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return r, err
	}
	r = models.CardReceipt{
		ID: newID(), Scope: scope, EnrolmentID: e.ID, AgreementID: a.ID, People: in.People, OnDay: string(on), Number: strings.TrimSpace(in.Number),
		SourceID: in.SourceID, Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	r.Receiver = tx.l.keys.Seal([]byte(receiver), receiverOf(r.ID))
	if err := insert(tx, []models.CardReceipt{r}); err != nil {
		return r, err
	}
	if e.CardsOn == "" {
		e.CardsOn = string(on)
	}
	if err := tx.settleBatch(a, e, on); err != nil {
		return r, err
	}
	return r, tx.audit("enrolment.handed_over", "enrolment", e.ID, scope, map[string]any{"receipt": r.ID, "people": r.People, "on": on})
}

// maxName bounds a name or number typed by hand, in characters.
const maxName = 200

func receiverOf(receiptID string) string { return "card_receipts/" + receiptID + "/receiver" }

// cardsLeft is how many registered people of a unit have no card yet.
func (tx *Tx) cardsLeft(e models.Enrolment, unitID string) (int64, error) {
	var registered, handed int64
	err := tx.db.Model(&models.EnrolmentRow{}).Where("enrolment_id = ? AND unit_id = ? AND state = ?", e.ID, unitID, enrolment.Registered).Count(&registered).Error
	if err != nil {
		return 0, err
	}
	err = tx.db.Model(&models.CardReceipt{}).Where("enrolment_id = ? AND unit_id = ?", e.ID, unitID).Select("COALESCE(SUM(people), 0)").Scan(&handed).Error
	return max(0, registered-handed), err
}

// ReceiptView is a receipt with who signed it.
type ReceiptView struct {
	models.CardReceipt
	UnitName string
	Signed   string `gorm:"-"`
}

// CardReceipts lists the receipts of a batch, the oldest first.
func (tx *Tx) CardReceipts(id string) ([]ReceiptView, error) {
	var rows []ReceiptView
	err := tx.from("card_receipts").Select("card_receipts.*, COALESCE(u.name, '') AS unit_name").Joins("LEFT JOIN units u ON u.id = card_receipts.unit_id").
		Where("card_receipts.enrolment_id = ?", id).Order("card_receipts.on_day, card_receipts.id").Find(&rows).Error
	if err != nil {
		return nil, wrap("receipts", err)
	}
	for i, r := range rows {
		plain, err := tx.l.keys.Open(r.Receiver, receiverOf(r.ID))
		if err != nil {
			return nil, wrap("who received cards", err)
		}
		rows[i].Signed = string(plain)
	}
	return rows, nil
}
