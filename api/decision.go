package api

import (
	"context"
	"crypto/sha256"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/ledger"
	"payung/workflows"
)

// DeadlineInput moves a date for everybody who owes something, or for one
// group.
type DeadlineInput struct {
	PeriodID  string `json:"year_id,omitempty" maxLength:"64"`
	GroupCode string `json:"group_code,omitempty" maxLength:"40"`
	Kind      string `json:"kind,omitempty" maxLength:"40"`
	TargetOn  string `json:"target_on" format:"date"`
	FatalOn   string `json:"fatal_on,omitempty" format:"date"`
	Reason    string `json:"reason" maxLength:"1000"`
}

// TerminationInput ends an agreement.
type TerminationInput struct {
	On     string `json:"on" format:"date"`
	Reason string `json:"reason" maxLength:"1000"`
}

// Decision is what became of a decision.
type Decision struct {
	RequestID string            `json:"request_id" doc:"for /decisions/{request_id}"`
	State     string            `json:"state" enum:"pending,confirmed,refused,expired"`
	Made      map[string]string `json:"made,omitempty" doc:"what came of it: IDs and counts"`
	Refusal   *Problem          `json:"refusal,omitempty"`
}

// ByRequest names a decision in the path.
type ByRequest struct {
	RequestID string `path:"request_id" maxLength:"64"`
}

func decisionRoutes(s *server) {
	decision(s, agreement.MoveDeadline, "move-deadline", "Move a date for all or a group",
		func(in DeadlineInput) ledger.DeadlineInput { return ledger.DeadlineInput(in) })
	decision(s, agreement.Terminate, "terminate", "End the agreement",
		func(in TerminationInput) ledger.TerminationInput { return ledger.TerminationInput(in) })
	serve(s, PolicyRead, route{method: http.MethodGet, path: "/decisions/{request_id}", id: "get-decision", summary: "What became of a decision"},
		func(ctx context.Context, in *ByRequest) (Decision, error) {
			said, err := s.answerTo(ctx, in.RequestID)
			out := Decision{RequestID: in.RequestID, State: said.State, Made: said.Made}
			if said.Refusal != nil {
				out.Refusal = s.problem(ctx, said.Refusal)
			}
			return out, err
		})
}

// decision registers one kind of decision: POST, 200. What was typed waits in
// the ledger under the request's ID until the agreement's process has carried
// it out. Whoever gets no answer sends it again with its key; it counts once.
func decision[B, P any](s *server, kind agreement.Decision, path, summary string, payload func(B) P) {
	r := route{method: http.MethodPost, path: "/agreements/{id}/decisions/" + path, id: path, summary: summary}
	op := r.operation(PolicyDecide)
	op.Parameters = []*huma.Param{keyParameter()}
	op.Tags = []string{"decisions"}
	huma.Register(s.api, op, func(ctx context.Context, in *Of[B]) (*answer[Decision], error) {
		said, replayed, err := s.decide(ctx, ledger.Proposal{
			RequestID: requestID(callOf(ctx)), AgreementID: in.ID, Kind: kind, Payload: payload(in.Body), Hash: callOf(ctx).hash,
		})
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		out := &answer[Decision]{Status: http.StatusOK, Body: said}
		if replayed {
			out.Replay = "true"
		}
		return out, nil
	})
}

// requestID names a decision for ever: from the caller and their key, hashed so
// that keys of different callers never meet; or a new one for a request that
// came without a key.
func requestID(c *call) string {
	if c.key == "" {
		return uuid.Must(uuid.NewV7()).String()
	}
	return uuid.NewHash(sha256.New(), uuid.NameSpaceOID, []byte(c.actor.Name+"\x00"+c.key), 8).String()
}

// decide proposes, has the engine carry it out, and answers with what the
// ledger kept.
func (s *server) decide(ctx context.Context, p ledger.Proposal) (out Decision, replayed bool, err error) {
	var target workflows.Target
	var known ledger.Answer
	err = s.Ledger.Write(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
		if err := propose(tx, callOf(ctx), p); err != nil {
			return err
		}
		a, err := tx.Agreement(p.AgreementID)
		if err != nil {
			return err
		}
		set, err := tx.Settings()
		if err != nil {
			return err
		}
		target = workflows.Target{AgreementID: a.ID, Epoch: set.Epoch, Title: a.Title}
		known, err = tx.AnswerTo(p.RequestID)
		return err
	})
	if err != nil {
		return out, false, err
	}
	if known.State != "pending" {
		out, err = settled(p.RequestID, known)
		return out, true, err
	}
	result, err := s.Engine.Decide(ctx, target, p.Kind, p.RequestID)
	if err != nil {
		return out, false, s.unsettled(ctx, p, err)
	}
	return Decision{RequestID: p.RequestID, State: "confirmed", Made: result.Made}, false, nil
}

// propose stores a decision as pending, once for a key. The key is claimed like
// that of any write, so that it cannot mean two things.
func propose(tx *ledger.Tx, c *call, p ledger.Proposal) error {
	if c.key == "" {
		return tx.Propose(p)
	}
	_, _, err := tx.Once(c.key, c.hash, func() (string, error) { return p.RequestID, tx.Propose(p) })
	return err
}

// settled is the answer to a decision that the ledger has kept.
func settled(requestID string, a ledger.Answer) (Decision, error) {
	switch {
	case a.Refusal != nil:
		return Decision{}, a.Refusal
	case a.State == "expired":
		return Decision{}, fault.New(fault.Refused, "request_expired", "this request waited too long and has been dropped; send it again with a new key")
	}
	return Decision{RequestID: requestID, State: a.State, Made: a.Made}, nil
}

// unsettled answers when the engine did not confirm. A known no that came
// before the ledger was asked ends the proposal; whatever else leaves it, to be
// sent again.
func (s *server) unsettled(ctx context.Context, p ledger.Proposal, err error) error {
	f, ok := fault.Of(err)
	switch {
	case !ok:
		return err
	case f.Kind == fault.NotFound && f.Params["what"] == "process":
		return away() // it is being started
	case f.Kind == fault.Invalid, f.Kind == fault.Refused, f.Kind == fault.Conflict:
		if dropped := s.Ledger.Drop(ctx, ledger.Waiting{RequestID: p.RequestID, AgreementID: p.AgreementID}, f); dropped != nil {
			s.Log.ErrorContext(ctx, "a refused decision stays pending until the sweep", "request", p.RequestID, "error", dropped)
		}
	}
	return err
}

func (s *server) answerTo(ctx context.Context, requestID string) (out ledger.Answer, err error) {
	err = s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
		out, err = tx.AnswerTo(requestID)
		return err
	})
	return out, err
}
