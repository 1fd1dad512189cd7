package ledger

import (
	"errors"
	"slices"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/models"
)

// ExtensionView is a request with the names people know it by.
type ExtensionView struct {
	models.ExtensionRequest
	UnitName    string
	Kecamatan   string
	Kind        string // of the duty
	GroupCode   string
	Year        int    // 0: of no year
	OwnerPostID string // of the duty
	NowOn       string // the duty's date now
	DutyState   string
	Extensions  int    // the duty has had
	Approver    string // title of the post that decided
	AskedPost   string // title of the post that asked for the unit
}

// Moot reports that a request waits for nothing any more: the duty is answered,
// or its date has moved past the one that was asked for.
func (v ExtensionView) Moot() bool {
	return v.State == ExtensionWaiting && (v.DutyState != StateOpen && v.DutyState != StateSubmitted || v.NowOn >= v.UntilOn)
}

// ExtensionFilter narrows a list of requests.
type ExtensionFilter struct {
	AgreementID  string
	ObligationID string
	State        string
}

// Extensions lists requests for more time, oldest first.
func (tx *Tx) Extensions(f ExtensionFilter, p Page) ([]ExtensionView, error) {
	q := tx.extensions().Where("extension_requests.id > ?", p.After)
	if f.AgreementID != "" {
		q = q.Where("extension_requests.agreement_id = ?", f.AgreementID)
	}
	if f.ObligationID != "" {
		q = q.Where("extension_requests.obligation_id = ?", f.ObligationID)
	}
	if f.State != "" {
		q = q.Where("extension_requests.state = ?", f.State)
	}
	var rows []ExtensionView
	err := q.Order("extension_requests.id").Limit(p.Size).Find(&rows).Error
	return rows, wrap("extension requests", err)
}

// Extension reads one request.
func (tx *Tx) Extension(id string) (ExtensionView, error) {
	var v ExtensionView
	err := tx.extensions().Where("extension_requests.id = ?", id).Take(&v).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return v, notFound("extension request")
	}
	return v, wrap("extension request", err)
}

func (tx *Tx) extensions() *gorm.DB {
	return tx.from("extension_requests").
		Select(`extension_requests.*, COALESCE(u.name, '') AS unit_name, COALESCE(k.name, '') AS kecamatan, o.kind, o.group_code, COALESCE(y.year, 0) AS year,
			o.owner_post_id, o.target_on AS now_on, o.state AS duty_state, o.extensions, COALESCE(p.title, '') AS approver, COALESCE(q.title, '') AS asked_post`).
		Joins("JOIN obligations o ON o.id = extension_requests.obligation_id LEFT JOIN periods y ON y.id = o.period_id").
		Joins("LEFT JOIN units u ON u.id = o.unit_id LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'").
		Joins("LEFT JOIN posts p ON p.id = extension_requests.approver_post_id LEFT JOIN posts q ON q.id = extension_requests.asked_post_id")
}

// WaitingExtensions maps an agreement's duties to the day that is asked for
// them and not decided yet.
func (tx *Tx) WaitingExtensions(agreementID string) (map[string]calendar.Day, error) {
	return tx.waitingExtensions(agreementID, nil)
}

// waitingExtensions is the same for some duties of an agreement; nil: all. What
// a request has nothing to wait for any more is left out.
func (tx *Tx) waitingExtensions(agreementID string, obligationIDs []string) (map[string]calendar.Day, error) {
	q := tx.from("extension_requests").Select("extension_requests.obligation_id, extension_requests.until_on").
		Joins("JOIN obligations o ON o.id = extension_requests.obligation_id AND o.state IN ? AND o.target_on < extension_requests.until_on", []string{StateOpen, StateSubmitted}).
		Where("extension_requests.state = ?", ExtensionWaiting)
	if agreementID != "" {
		q = q.Where("extension_requests.agreement_id = ?", agreementID)
	}
	if obligationIDs != nil {
		q = q.Where("extension_requests.obligation_id IN ?", obligationIDs)
	}
	var rows []models.ExtensionRequest
	err := q.Find(&rows).Error
	out := make(map[string]calendar.Day, len(rows))
	for _, r := range rows {
		out[r.ObligationID] = calendar.Day(r.UntilOn)
	}
	return out, wrap("waiting requests", err)
}

// askedUntil is the same for an obligation o in SQL.
const askedUntil = `(SELECT r.until_on FROM extension_requests r WHERE r.obligation_id = o.id AND r.state = '` + ExtensionWaiting + `'
	AND o.state IN ('` + StateOpen + `', '` + StateSubmitted + `') AND r.until_on > o.target_on)`

// AskedUntil is the day that is asked for a duty and not decided yet; "": none
// is.
func (tx *Tx) AskedUntil(obligationID string) (calendar.Day, error) {
	found, err := tx.waitingExtensions("", []string{obligationID})
	return found[obligationID], err
}

// AskedUntilEach is AskedUntil for many duties, in parts that stay under the
// engines' parameter limits.
func (tx *Tx) AskedUntilEach(obligationIDs []string) (map[string]calendar.Day, error) {
	out := map[string]calendar.Day{}
	for part := range slices.Chunk(obligationIDs, 500) {
		found, err := tx.waitingExtensions("", part)
		if err != nil {
			return nil, err
		}
		for id, until := range found {
			out[id] = until
		}
	}
	return out, nil
}
