package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"payung/channel"
	"payung/domain/fault"
)

// hookPath is where WhatsApp reports what became of messages, before the ID of
// the channel.
const hookPath = base + "/hooks/whatsapp/"

// subscription is Meta's question whether this is the right address.
type subscription struct {
	ID        string `path:"id" maxLength:"64" doc:"of the channel"`
	Mode      string `query:"hub.mode" maxLength:"40"`
	Token     string `query:"hub.verify_token" maxLength:"200"`
	Challenge string `query:"hub.challenge" maxLength:"200"`
}

// challenged is its answer: what was sent, as it was sent.
type challenged struct {
	Kind string `header:"Content-Type"`
	Body []byte
}

// report is what Meta reports. A signature stands for sign-in.
type report struct {
	ID        string `path:"id" maxLength:"64" doc:"of the channel"`
	Signature string `header:"X-Hub-Signature-256" maxLength:"200" doc:"HMAC-SHA256 of the body under the app's secret"`
	RawBody   []byte `contentType:"application/json"`
}

// hookRoutes registers the addresses that providers call.
func hookRoutes(s *server) {
	path := "/hooks/whatsapp/{id}"
	ask := route{method: http.MethodGet, path: path, id: "verify-whatsapp-hook", summary: "For Meta: whether reports of a channel belong here"}
	huma.Register(s.api, ask.operation(PolicyPublic), func(ctx context.Context, in *subscription) (*challenged, error) {
		token, err := s.Office.VerifyToken(ctx, in.ID)
		if err == nil && !channel.Subscribed(in.Mode, in.Token, token) {
			err = fault.New(fault.Forbidden, "hook_not_verified", "the word is not the one that was agreed on")
		}
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return &challenged{"text/plain; charset=utf-8", []byte(in.Challenge)}, nil
	})
	tell := route{method: http.MethodPost, path: path, id: "report-whatsapp", summary: "For Meta: what became of messages"}
	op := tell.operation(PolicyPublic)
	op.SkipValidateBody = true // the body is the provider's own; its signature is checked
	huma.Register(s.api, op, func(ctx context.Context, in *report) (*struct{}, error) {
		believed, err := s.Office.Report(ctx, in.ID, in.Signature, in.RawBody)
		if err == nil && !believed {
			err = fault.New(fault.Forbidden, "hook_not_signed", "this report is not signed with the secret of the channel")
		}
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return nil, nil
	})
}
