package ledger

import (
	"cmp"
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// ExtensionAnswer is what becomes of requests for more time.
type ExtensionAnswer struct {
	Approve        bool
	UntilOn        string // another date than was asked for; "": that one
	ApproverPostID string // who decides; it stands above the post that owes
	Reason         string // needed for a refusal
}

// requestsAtOnce bounds the requests of one answer: the largest regency has 852
// villages.
const requestsAtOnce = 1000

// AnswerExtensions approves or refuses requests of one agreement, all or none.
// An approved one gives its duty the new date in a new generation; the old date
// stays in its history. Whoever asked is told.
func (tx *Tx) AnswerExtensions(agreementID string, ids []string, in ExtensionAnswer) ([]models.ExtensionRequest, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return nil, err
	}
	if err := tx.actor.may(a.Scope); err != nil {
		return nil, err
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	switch {
	case len(ids) == 0:
		return nil, missing("ids")
	case len(ids) > requestsAtOnce:
		return nil, fault.New(fault.Invalid, "too_many_requests_at_once", "at most %d requests can be answered at once", requestsAtOnce).On("ids").With("max", itoa(requestsAtOnce))
	case !in.Approve && strings.TrimSpace(in.Reason) == "":
		return nil, missing("reason")
	}
	asked, err := tx.waitingRequests(a, ids)
	if err != nil {
		return nil, err
	}
	duties, err := tx.dutiesOf(asked)
	if err != nil {
		return nil, err
	}
	w, err := tx.approversOf(a)
	if err != nil {
		return nil, err
	}
	for _, r := range asked {
		if err := w.must(duties[r.ObligationID].OwnerPostID, in.ApproverPostID); err != nil {
			return nil, err
		}
	}
	if in.Approve {
		err = tx.approveAll(a, asked, duties, w.posts[in.ApproverPostID].Title, in)
	} else {
		err = tx.answerAll(asked, ExtensionRefused, "", in)
	}
	if err != nil {
		return nil, err
	}
	for i, r := range asked {
		if asked[i], err = take[models.ExtensionRequest](tx, "extension_requests", "extension request", r.ID); err != nil {
			return nil, err
		}
		if err := tx.tellAsker(duties[r.ObligationID], asked[i]); err != nil {
			return nil, err
		}
	}
	return asked, tx.audit("extension."+asked[0].State, "agreement", a.ID, a.Scope, map[string]any{"requests": len(asked), "approver_post_id": in.ApproverPostID})
}

// waitingRequests locks requests that nobody has answered.
func (tx *Tx) waitingRequests(a models.Agreement, ids []string) ([]models.ExtensionRequest, error) {
	var rows []models.ExtensionRequest
	err := tx.locked("extension_requests").Where("id IN ? AND agreement_id = ?", ids, a.ID).Order("id").Find(&rows).Error
	if err != nil {
		return nil, wrap("extension requests", err)
	}
	if len(rows) != len(ids) {
		return nil, notFound("extension request")
	}
	for _, r := range rows {
		if r.State != ExtensionWaiting {
			return nil, notWaiting(r.State)
		}
	}
	return rows, nil
}

// dutiesOf locks the duties that requests are about.
func (tx *Tx) dutiesOf(asked []models.ExtensionRequest) (map[string]models.Obligation, error) {
	ids := make([]string, len(asked))
	for i, r := range asked {
		ids[i] = r.ObligationID
	}
	var rows []models.Obligation
	err := tx.locked("obligations").Where("id IN ?", ids).Order("id").Find(&rows).Error
	out := make(map[string]models.Obligation, len(rows))
	for _, o := range rows {
		out[o.ID] = o
	}
	return out, wrap("duties of requests", err)
}

// approveAll gives every duty its date, those of the same dates together.
func (tx *Tx) approveAll(a models.Agreement, asked []models.ExtensionRequest, duties map[string]models.Obligation, approver string, in ExtensionAnswer) error {
	sets, order := map[dated][]models.ExtensionRequest{}, []dated{}
	for _, r := range asked {
		o := duties[r.ObligationID]
		until, err := checkDay("until_on", cmp.Or(in.UntilOn, r.UntilOn))
		if err != nil {
			return err
		}
		switch {
		case !running(o):
			return notOpen(o)
		case o.PausedAt != 0:
			return fault.New(fault.Conflict, "duty_paused", "the clock of this duty stands still; start it again first")
		case until < tx.today(a.Zone):
			return fault.New(fault.Invalid, "date_has_passed", "%s has passed", until).On("until_on").With("date", string(until))
		}
		d, err := prolonged(o, dated{target: until}, "until_on")
		if err != nil {
			return err
		}
		if err := tx.mayExtend(a, o); err != nil {
			return err
		}
		if _, ok := sets[d]; !ok {
			order = append(order, d)
		}
		sets[d] = append(sets[d], r)
	}
	for _, d := range order {
		rows, ids := make([]models.Obligation, len(sets[d])), make([]string, len(sets[d]))
		for i, r := range sets[d] {
			rows[i], ids[i] = duties[r.ObligationID], r.ObligationID
		}
		c := change{kind: "extended", reason: cmp.Or(inWords(in.Reason), sets[d][0].Reason), approvedBy: approver, on: tx.today(a.Zone)}
		if err := tx.redateAll(a, rows, d, c); err != nil {
			return err
		}
		if err := tx.db.Exec("UPDATE obligations SET extensions = extensions + 1 WHERE id IN ?", ids).Error; err != nil {
			return wrap("extensions", err)
		}
		if err := tx.answerAll(sets[d], ExtensionApproved, d.target, in); err != nil {
			return err
		}
	}
	return tx.stir(a.ID)
}

func (tx *Tx) answerAll(asked []models.ExtensionRequest, state string, on calendar.Day, in ExtensionAnswer) error {
	ids := make([]string, len(asked))
	for i, r := range asked {
		ids[i] = r.ID
	}
	return tx.keepExtensions(ids, models.ExtensionRequest{
		State: state, ApprovedOn: string(on), ApproverPostID: in.ApproverPostID, Answer: inWords(in.Reason), AnsweredBy: tx.actor.Name, AnsweredAt: tx.micros(),
	})
}

// keepExtensions writes the same answer to requests.
func (tx *Tx) keepExtensions(ids []string, r models.ExtensionRequest) error {
	err := tx.db.Model(&models.ExtensionRequest{}).Where("id IN ?", ids).
		Select("State", "ApprovedOn", "ApproverPostID", "Answer", "AnsweredBy", "AnsweredAt").Updates(r).Error
	return wrap("answer to requests", err)
}

// tellAsker tells the post that owes, and the one that asked for it.
func (tx *Tx) tellAsker(o models.Obligation, r models.ExtensionRequest) error {
	if err := tx.tellExtension(o.OwnerPostID, "extension_"+r.State, r); err != nil || r.AskedPostID == "" || r.AskedPostID == o.OwnerPostID {
		return err
	}
	return tx.tellExtension(r.AskedPostID, "extension_"+r.State, r)
}
