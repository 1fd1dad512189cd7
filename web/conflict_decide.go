package web

import (
	"net/http"
	"net/url"

	"payung/ledger"
)

// decideConflict decides whose list keeps a person.
func (s *site) decideConflict(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.DecideConflict(v.r.PathValue("id"), ledger.Ruling{Keeps: f.typed["keeps"], Reason: f.text("reason")})
		return err
	})
	if err == nil {
		return v.goOn(queuePath(f, "conflict"))
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.queue(http.StatusUnprocessableEntity, v.r.PathValue("id"), f)
}

// queuePath is the queue as a form was sent from it, with what was done.
func queuePath(f form, done string) string {
	q, _ := url.ParseQuery(f.Value("back")) // what cannot be read is the queue from its top
	if q == nil {
		q = url.Values{}
	}
	q.Set("done", done)
	return "/conflicts?" + q.Encode()
}

// decideByRule decides all open conflicts of an agreement as a rule proposes.
// What the rule leaves to people stays.
func (s *site) decideByRule(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	_, err = v.ledger.DecideByRule(v.r.Context(), v.actor, f.Value("rule"), f.Value("agreement"), f.text("reason"))
	if err == nil {
		return v.goOn(queuePath(f, "by_rule"))
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.queue(http.StatusUnprocessableEntity, "rule", f)
}
