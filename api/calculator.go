package api

import (
	"context"
	"net/http"

	"payung/domain/worker"
	"payung/ledger"
)

// Calculators answer by the law of the land and keep nothing. They are POST
// because what they are asked about people stays out of addresses and logs.
func calculatorRoutes(s *server) {
	post := func(path, id, summary string) route {
		return route{method: http.MethodPost, path: "/calculators/" + path, id: id, summary: summary}
	}
	serve(s, PolicyPublic, post("contribution", "compute-contribution", "What a number of people cost over some months"),
		func(_ context.Context, in *Sent[ContributionQuery]) (ContributionAnswer, error) {
			return in.Body.answer()
		})
	serve(s, PolicyPublic, post("benefit", "compute-benefit", "What a death or accident pays, by the table in force on its day"),
		func(_ context.Context, in *Sent[BenefitQuery]) (BenefitAnswer, error) { return in.Body.answer() })
	serve(s, PolicyPublic, post("working-days", "compute-working-days", "A day so many working days from another, and the days between"),
		func(ctx context.Context, in *Sent[WorkdayQuery]) (out WorkdayAnswer, err error) {
			err = s.Ledger.Read(ctx, ledger.System("calculator"), func(tx *ledger.Tx) error {
				c, err := tx.Calendar("") // the national one is anybody's
				if err != nil {
					return err
				}
				out = in.Body.answer(c)
				return nil
			})
			return out, err
		})
	serve(s, PolicyPublic, post("nik-check", "check-nik", "What is wrong or odd about a NIK; it is not sent back"),
		func(_ context.Context, in *Sent[NIKQuery]) (NIKAnswer, error) { return in.Body.answer(s.Ledger) })
}

// Note is something a person should read, as a code with its parameters.
type Note struct {
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
}

func noteView(n worker.Note) Note { return Note{Code: n.Key, Params: n.Params} }
