package ledger

import (
	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/models"
)

// EnrolmentView is a batch with where it stands.
type EnrolmentView struct {
	models.Enrolment
	Agreement string // its title
	Zone      string
	Year      int
	Stage     enrolment.Stage  `gorm:"-"`
	Counts    enrolment.Counts `gorm:"-"`
	Clocks    []BatchClock     `gorm:"-"` // in the order in which they begin
}

// BatchClock is one of the obligations that time a batch.
type BatchClock struct {
	models.Obligation
	OwnerTitle string // of the post that owes; "": none
}

// Late reports whether its date has passed unmet by a day.
func (c BatchClock) Late(today calendar.Day) bool {
	return running(c.Obligation) && c.PausedAt == 0 && c.TargetOn != "" && c.TargetOn < string(today)
}

// Running reports whether the clock runs.
func (c BatchClock) Running() bool { return running(c.Obligation) }

// Now is the clock that runs; nil: none does.
func (v EnrolmentView) Now() *BatchClock {
	for i := range v.Clocks {
		if v.Clocks[i].Running() {
			return &v.Clocks[i]
		}
	}
	return nil
}

// Enrolments lists the batches of an agreement, the newest first.
func (tx *Tx) Enrolments(agreementID string, p Page) ([]EnrolmentView, error) {
	q := tx.from("enrolments").Where("enrolments.agreement_id = ?", agreementID)
	if p.After != "" {
		q = q.Where("enrolments.id < ?", p.After)
	}
	return tx.batches(q.Order("enrolments.id DESC").Limit(p.Size))
}

// Enrolment reads one batch.
func (tx *Tx) Enrolment(id string) (EnrolmentView, error) {
	rows, err := tx.batches(tx.from("enrolments").Where("enrolments.id = ?", id))
	if err == nil && len(rows) == 0 {
		err = notFound("enrolment")
	}
	if err != nil {
		return EnrolmentView{}, err
	}
	return rows[0], nil
}

// batches reads the batches a query finds, with their counts and clocks.
func (tx *Tx) batches(q *gorm.DB) ([]EnrolmentView, error) {
	var rows []EnrolmentView
	err := q.Select("enrolments.*, a.title AS agreement, a.zone, COALESCE(y.year, 0) AS year").
		Joins("JOIN agreements a ON a.id = enrolments.agreement_id LEFT JOIN periods y ON y.id = enrolments.period_id").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, wrap("batches", err)
	}
	ids, at := make([]string, len(rows)), make(map[string]int, len(rows))
	for i, e := range rows {
		ids[i], at[e.ID] = e.ID, i
	}
	counts, err := tx.countsOf(ids...)
	if err != nil {
		return nil, err
	}
	var clocks []BatchClock
	err = tx.db.Table("obligations").Select("obligations.*, COALESCE(p.title, '') AS owner_title").Joins("LEFT JOIN posts p ON p.id = obligations.owner_post_id").
		Where("obligations.agreement_id IN (?) AND obligations.ordered_by = ? AND obligations.ordered_by_id IN ? AND obligations.kind <> ?",
			tx.db.Model(&models.Enrolment{}).Select("agreement_id").Where("id IN ?", ids), OrderedByEnrolment, ids, KindCorrection).
		Order("obligations.id").Find(&clocks).Error
	if err != nil {
		return nil, wrap("clocks of batches", err)
	}
	for _, c := range clocks {
		e := &rows[at[c.OrderedByID]]
		e.Clocks = append(e.Clocks, c)
	}
	for i := range rows {
		rows[i].Counts = counts[rows[i].ID]
		rows[i].Stage = batchOf(rows[i].Enrolment, rows[i].Counts).Stage()
	}
	return rows, nil
}

// EnrolmentUnit is one unit of a batch.
type EnrolmentUnit struct {
	UnitID       string
	UnitName     string
	CorrectionID string           // its open correction; "": none
	Counts       enrolment.Counts `gorm:"-"`
}

// EnrolmentUnits lists the units of a batch with their counts, what waits for
// somebody first.
func (tx *Tx) EnrolmentUnits(id string) ([]EnrolmentUnit, error) {
	if _, err := take[models.Enrolment](tx, "enrolments", "enrolment", id); err != nil {
		return nil, err
	}
	var states []struct {
		EnrolmentUnit
		State enrolment.State
		N     int64
	}
	err := tx.from("enrolment_rows").Select(`enrolment_rows.unit_id, COALESCE(u.name, '') AS unit_name, enrolment_rows.state, COUNT(*) AS n,
			MAX(CASE WHEN enrolment_rows.state = 'rejected' THEN enrolment_rows.correction_id ELSE '' END) AS correction_id`).
		Joins("LEFT JOIN units u ON u.id = enrolment_rows.unit_id").Where("enrolment_rows.enrolment_id = ?", id).
		Group("enrolment_rows.unit_id, u.name, enrolment_rows.state").Order("u.name, enrolment_rows.unit_id").Find(&states).Error
	if err != nil {
		return nil, wrap("units of a batch", err)
	}
	var handed []struct {
		UnitID string
		N      int64
	}
	err = tx.from("card_receipts").Select("unit_id, SUM(people) AS n").Where("enrolment_id = ?", id).Group("unit_id").Find(&handed).Error
	if err != nil {
		return nil, wrap("cards of a batch", err)
	}
	cards := make(map[string]int64, len(handed))
	for _, h := range handed {
		cards[h.UnitID] = h.N
	}
	var out []EnrolmentUnit
	for _, s := range states {
		if n := len(out); n == 0 || out[n-1].UnitID != s.UnitID {
			s.Counts.Handed = cards[s.UnitID]
			out = append(out, s.EnrolmentUnit)
		}
		u := &out[len(out)-1]
		u.Counts.Add(s.State, s.N)
		if s.CorrectionID != "" {
			u.CorrectionID = s.CorrectionID
		}
	}
	return out, nil
}
