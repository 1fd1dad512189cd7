package ledger

import (
	"strings"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/models"
)

// SendInput says that complete forms and names went to the branch.
type SendInput struct {
	On      string // "": today
	Receipt string // number of the branch's receipt
	UnitIDs []string
}

// ready are the places on the lists of a year whose people may go to the
// branch: on no batch that is there, and not rejected or withdrawn as they stand.
// Disputed is a place of somebody who stands on several lists, about which nobody
// has decided.
const (
	ready = `roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0
		WHERE v.period_id = ? AND r.removed_by = ''
		AND NOT EXISTS (SELECT 1 FROM enrolment_rows b WHERE b.period_id = v.period_id AND b.person_id = r.person_id AND b.state IN ('waiting', 'registered'))
		AND NOT EXISTS (SELECT 1 FROM enrolment_rows b WHERE b.row_id = r.id AND b.state IN ('rejected', 'withdrawn'))`
	disputed = `EXISTS (SELECT 1 FROM conflict_sides s JOIN conflicts c ON c.id = s.conflict_id AND c.state = 'open' WHERE s.row_id = r.id)`
)

// SendEnrolment puts the names that are ready into a batch, up to what one
// worker file of SIPP takes, ends the clock of the forms and starts that of the
// branch. Whoever does not fit goes with the next batch.
func (tx *Tx) SendEnrolment(id string, in SendInput) (EnrolmentView, error) {
	e, a, err := tx.ownEnrolment(id)
	switch {
	case err != nil:
		return EnrolmentView{}, err
	case e.SentOn != "":
		return EnrolmentView{}, fault.New(fault.Conflict, "batch_sent", "this batch is at the branch already")
	case e.ClosedOn != "":
		return EnrolmentView{}, fault.New(fault.Conflict, "batch_closed", "this batch has ended")
	case len(in.UnitIDs) > maxUnits:
		return EnrolmentView{}, fault.New(fault.Invalid, "too_many_units", "send 1 to %d units at a time", maxUnits).On("unit_ids")
	}
	on, err := tx.dayOf(a, "on", in.On)
	if err != nil {
		return EnrolmentView{}, err
	}
	if string(on) < e.FormsOn {
		return EnrolmentView{}, tooEarly("on", e.FormsOn)
	}
	n, err := tx.takeNames(e, in.UnitIDs)
	if err != nil {
		return EnrolmentView{}, err
	}
	if n == 0 {
		return EnrolmentView{}, fault.New(fault.Refused, "nobody_to_enrol", "nobody on the lists of this year is ready to be sent")
	}
	terms, err := termsOf(e)
	if err != nil {
		return EnrolmentView{}, err
	}
	if err := tx.endBatchDuty(e, KindForms, on); err != nil {
		return EnrolmentView{}, err
	}
	owner, err := tx.atBranch(e)
	if err != nil {
		return EnrolmentView{}, err
	}
	if err := tx.openBatchDuty(a, e, KindCards, owner, on, terms.Cards.Workdays); err != nil {
		return EnrolmentView{}, err
	}
	e.SentOn, e.SentReceipt = string(on), strings.TrimSpace(in.Receipt)
	if err := tx.countPeople(a, e, on, nil); err != nil {
		return EnrolmentView{}, err
	}
	if err := tx.settleBatch(a, e, on); err != nil {
		return EnrolmentView{}, err
	}
	if err := tx.audit("enrolment.sent", "enrolment", e.ID, e.Scope, map[string]any{"on": on, "people": n}); err != nil {
		return EnrolmentView{}, err
	}
	return tx.Enrolment(e.ID)
}

func tooEarly(field, day string) error {
	return fault.New(fault.Invalid, "too_early", "the day must not lie before %s", day).On(field).With("date", day)
}

// atBranch is the post that owes what the branch owes. Where no post of the
// branch is on record the desk of the Pemda does: somebody has to ask.
func (tx *Tx) atBranch(e models.Enrolment) (models.Post, error) {
	id := e.BranchPostID
	if id == "" {
		id = e.DeskPostID
	}
	var p models.Post
	return p, tx.db.Take(&p, "id = ?", id).Error
}

// takeNames writes the rows of a batch in one statement, numbered by unit and
// name.
func (tx *Tx) takeNames(e models.Enrolment, units []string) (int64, error) {
	within, args := "", []any{e.ID, e.AgreementID, e.PeriodID, string(enrolment.Waiting), []byte{}, e.PeriodID}
	if len(units) > 0 {
		within, args = " AND r.unit_id IN ?", append(args, units)
	}
	res := tx.db.Exec(`INSERT INTO enrolment_rows (enrolment_id, number, province_code, regency_code, unit_id, branch_id, agreement_id, period_id, obligation_id,
			row_id, person_id, state, reason, on_day, card, employer, correction_id)
		SELECT ?, t.place, t.province_code, t.regency_code, t.unit_id, t.branch_id, ?, ?, t.obligation_id, t.id, t.person_id, ?, '', '', ?, '', '' FROM (
			SELECT n.*, ROW_NUMBER() OVER (ORDER BY u.name, u.id, n.name, n.id) AS place FROM (
				SELECT r.*, v.obligation_id, ROW_NUMBER() OVER (PARTITION BY r.person_id ORDER BY r.id) AS nth FROM `+ready+` AND NOT `+disputed+within+`
			) n JOIN units u ON u.id = n.unit_id WHERE n.nth = 1
		) t WHERE t.place <= `+itoa(enrolment.MaxRows), args...)
	return res.RowsAffected, wrap("names of a batch", res.Error)
}

// ReadyUnit is a unit with people who could go to the branch now.
type ReadyUnit struct {
	UnitID   string
	UnitName string
	People   int64
	Held     int64 // of them on other lists too, which nobody has decided yet
}

// ReadyToEnrol counts the people of a year who could go with the next batch, by
// unit.
func (tx *Tx) ReadyToEnrol(agreementID, periodID string) ([]ReadyUnit, error) {
	p, err := tx.period(agreementID, periodID)
	if err != nil {
		return nil, err
	}
	var rows []ReadyUnit
	counted := tx.db.Raw(`SELECT r.province_code, r.regency_code, r.branch_id, r.unit_id, CASE WHEN `+disputed+` THEN 1 ELSE 0 END AS held FROM `+ready, p.ID)
	err = tx.actor.limit(tx.db.Table("(?) AS t", counted), "t").Select("t.unit_id, u.name AS unit_name, COUNT(*) AS people, SUM(t.held) AS held").
		Joins("JOIN units u ON u.id = t.unit_id").Group("t.unit_id, u.name").Order("u.name, t.unit_id").Find(&rows).Error
	return rows, wrap("ready to enrol", err)
}

// batchDay reads the day of a fact about a batch that was sent.
func (tx *Tx) batchDay(a models.Agreement, e models.Enrolment, day string) (calendar.Day, error) {
	if e.SentOn == "" {
		return "", fault.New(fault.Conflict, "batch_not_sent", "this batch has not been sent to the branch yet")
	}
	on, err := tx.dayOf(a, "on", day)
	if err == nil && string(on) < e.SentOn {
		err = tooEarly("on", e.SentOn)
	}
	return on, err
}
