package delivery

import (
	"context"

	"payung/channel"
	"payung/ledger"
)

// Report takes in what a provider says later about messages, and answers
// whether it is signed by who it says. What is not signed changes nothing.
func (o *Office) Report(ctx context.Context, channelID, signature string, body []byte) (believed bool, err error) {
	lane, secrets, err := o.o.Ledger.ChannelKept(ctx, channelID)
	if err != nil {
		return false, err
	}
	if lane.Channel != channel.WhatsApp || !channel.SignedByMeta(signature, body, secrets["app_secret"]) {
		return false, nil
	}
	found, err := channel.Statuses(body)
	if err != nil {
		return false, nil //nolint:nilerr // signed, but no report: there is nothing to take in
	}
	heard := make([]ledger.Heard, len(found))
	for i, s := range found {
		heard[i] = ledger.Heard{Key: s.Key, State: s.State, At: s.At}
		if s.Failure != nil {
			heard[i].Verdict = string(s.Failure.Verdict)
			heard[i].Failed = ledger.Failed{Code: s.Failure.Code, Detail: s.Failure.Detail}
		}
	}
	return true, o.o.Ledger.Hear(ctx, lane, heard)
}

// VerifyToken is the word by which a provider asks whether this is the right
// address for its reports; "": nobody may ask.
func (o *Office) VerifyToken(ctx context.Context, channelID string) (string, error) {
	lane, secrets, err := o.o.Ledger.ChannelKept(ctx, channelID)
	if err != nil || lane.Channel != channel.WhatsApp {
		return "", err
	}
	return secrets["verify_token"], nil
}
