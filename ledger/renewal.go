package ledger

import (
	"strings"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// OpenRenewal asks whether the year after an agreement's last one is to be
// covered. It is one duty of the coordinator's post, due when the last period
// ends, with the renewal's own reminders from T-180 on.
func (tx *Tx) OpenRenewal(agreementID, ownerPostID string) (models.Renewal, error) {
	a, err := tx.ownAgreement(agreementID)
	if err != nil {
		return models.Renewal{}, err
	}
	if a.ClosedOn != "" {
		return models.Renewal{}, agreement.Closed()
	}
	post, err := take[models.Post](tx, "posts", "post", ownerPostID)
	if err != nil {
		return models.Renewal{}, err
	}
	last, err := tx.lastPeriods(a.ID)
	if err != nil {
		return models.Renewal{}, err
	}
	if len(last) == 0 {
		return models.Renewal{}, agreement.Refusal(agreement.DecideRenewal, []fault.Reason{{Code: agreement.NeedPeriod}})
	}
	end := calendar.Day(last[0].ToDay)
	next := agreement.Period{From: calendar.Day(last[0].FromDay), To: end}.Next()
	r := models.Renewal{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, Year: next.From.Year(), State: "open", OpenedOn: string(tx.today(a.Zone)), CreatedAt: tx.micros(),
	}
	if err := insert(tx, []models.Renewal{r}); err != nil {
		if duplicate(err) {
			return r, fault.New(fault.Conflict, "renewal_open", "a renewal of this agreement is open already")
		}
		return r, err
	}
	duty, err := tx.duty(a, TaskInput{Kind: KindRenewal, TargetOn: string(end)}, order{by: "renewal", id: r.ID})
	if err != nil {
		return r, err
	}
	duty.ID, duty.OwnerPostID = newID(), post.ID
	if err := insert(tx, []models.Obligation{duty}); err != nil {
		return r, err
	}
	if err := tx.count(a.ID, "", MeasureDuties, 1); err != nil {
		return r, err
	}
	if err := tx.stir(a.ID); err != nil {
		return r, err
	}
	return r, tx.audit("renewal.opened", "agreement", a.ID, a.Scope, map[string]any{"year": r.Year})
}

// lastPeriods lists the last current period of each active line, latest end
// first.
func (tx *Tx) lastPeriods(agreementID string) ([]models.Period, error) {
	var rows []models.Period
	err := tx.db.Raw(`SELECT p.* FROM periods p JOIN lines l ON l.id = p.line_id AND l.known_to = 0 AND l.state = 'active'
		WHERE p.agreement_id = ? AND p.known_to = 0
		AND p.to_day = (SELECT MAX(q.to_day) FROM periods q WHERE q.line_id = p.line_id AND q.known_to = 0)
		ORDER BY p.to_day DESC, p.id`, agreementID).Scan(&rows).Error
	return rows, err
}

// RenewalInput answers an open renewal. A renewal opens the next period of
// each line that had one, with the same units; their lists are asked for by the
// given date. A wanted gap needs a reason.
type RenewalInput struct {
	Answer   agreement.Answer
	Reason   string
	TargetOn string
	FatalOn  string
}

// decideRenewal answers an open renewal.
func (tx *Tx) decideRenewal(a models.Agreement, in RenewalInput) (map[string]string, error) {
	var r models.Renewal
	if err := tx.locked("renewals").Where("agreement_id = ? AND state = 'open'", a.ID).Limit(1).Find(&r).Error; err != nil {
		return nil, err
	}
	if r.ID == "" {
		return nil, fault.New(fault.Refused, "no_open_renewal", "no renewal of this agreement is open")
	}
	made := map[string]string{"renewal": r.ID, "year": itoa(int64(r.Year))}
	state, opened := "renewed", 0
	switch in.Answer {
	case agreement.Decline:
		if strings.TrimSpace(in.Reason) == "" {
			return nil, missing("reason")
		}
		state = "declined"
	case agreement.Renew:
		var err error
		if opened, err = tx.renewPeriods(a, in); err != nil {
			return nil, err
		}
		made["periods"] = itoa(int64(opened))
	default:
		return nil, fault.New(fault.Invalid, "unknown_answer", "a renewal is answered with renew or decline").On("answer")
	}
	res := tx.db.Model(&models.Renewal{}).Where("id = ? AND state = 'open'", r.ID).
		Updates(map[string]any{"state": state, "reason": in.Reason, "decided_on": string(tx.today(a.Zone))})
	if res.Error != nil {
		return nil, res.Error
	}
	var duty models.Obligation
	if err := tx.locked("obligations").Where("ordered_by = 'renewal' AND ordered_by_id = ? AND state = ?", r.ID, StateOpen).Limit(1).Find(&duty).Error; err != nil {
		return nil, err
	}
	if duty.ID != "" {
		if err := tx.close(duty, ByDone, change{kind: "closed", reason: string(in.Answer), on: tx.today(a.Zone)}); err != nil {
			return nil, err
		}
	}
	if err := tx.reach(a, mark{code: agreement.RenewalDecided, about: itoa(int64(r.Year))}, tx.today(a.Zone)); err != nil {
		return nil, err
	}
	return made, tx.audit("renewal.decided", "agreement", a.ID, a.Scope, map[string]any{"year": r.Year, "answer": in.Answer, "periods": opened})
}

// renewPeriods opens the next period of each line, beginning the day after the
// last one ends and of the same calendar length, with the units that owed lists
// before.
func (tx *Tx) renewPeriods(a models.Agreement, in RenewalInput) (int, error) {
	last, err := tx.lastPeriods(a.ID)
	if err != nil {
		return 0, err
	}
	for _, p := range last {
		next := agreement.Period{From: calendar.Day(p.FromDay), To: calendar.Day(p.ToDay)}.Next()
		var units []string
		err := tx.db.Model(&models.Obligation{}).Joins("JOIN units u ON u.id = obligations.unit_id AND u.valid_to = ''").
			Where("obligations.period_id = ? AND obligations.kind = ? AND obligations.state <> ?", p.ID, KindRoster, StateCancelled).
			Order("obligations.unit_id").Pluck("obligations.unit_id", &units).Error
		if err != nil {
			return 0, err
		}
		_, _, err = tx.addYear(a, YearInput{
			LineID: p.LineID, Year: next.From.Year(), From: string(next.From), To: string(next.To), UnitIDs: units,
			TargetOn: in.TargetOn, FatalOn: in.FatalOn,
		}, "", false)
		if err != nil {
			return 0, err
		}
	}
	return len(last), nil
}

// Renewals lists an agreement's renewals, newest first.
func (tx *Tx) Renewals(agreementID string) ([]models.Renewal, error) {
	var rows []models.Renewal
	err := tx.from("renewals").Where("agreement_id = ?", agreementID).Order("id DESC").Find(&rows).Error
	return rows, err
}
