// Package channel takes composed messages out of the house: by e-mail, WhatsApp
// Cloud API, Telegram, a signed webhook, or as a wa.me link that somebody
// clicks. Each is one file behind the same small port. It knows nothing of the
// ledger and remembers nothing.
package channel

import (
	"context"
	"crypto/tls"
	"fmt"
)

// The kinds of channels.
const (
	Email    = "email"
	WhatsApp = "whatsapp"
	Link     = "wa_link"
	Telegram = "telegram"
	Webhook  = "webhook"
)

// Message is one text to one person.
type Message struct {
	Key       string // names it; a repeat carries the same one
	Kind      string // digest, urgent, test
	Single    bool   // it speaks of one thing only
	To        string // e-mail address, phone number in digits with country code, or chat
	Person    Person // for channels whose other end finds the way itself
	Subject   string
	Text      string
	HTML      string
	Variables []string // for templates, in their order
	Link      string
}

// Person is whom a message is for.
type Person struct {
	Name  string `json:"name,omitempty"`
	Post  string `json:"post"`
	Unit  string `json:"unit,omitempty"`
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// Receipt is what the other side said when it took a message.
type Receipt struct {
	ProviderID string // its own name for the message
	Detail     string
}

// Sender sends messages one after the other. An error is a *[Failure].
type Sender interface {
	Send(ctx context.Context, m Message) (Receipt, error)
	Close() error
}

// Options says how a channel is reached.
type Options struct {
	Kind     string
	Settings map[string]string // by name of [Fields], those that are no secret
	Secrets  map[string]string
	TLS      *tls.Config // nil: the machine's trust
}

// Open makes a sender. It connects when the first message is sent.
func Open(o Options) (Sender, error) {
	switch o.Kind {
	case Email:
		return openEmail(o)
	case WhatsApp:
		return openWhatsApp(o), nil
	case Telegram:
		return openTelegram(o), nil
	case Webhook:
		return openWebhook(o)
	}
	return nil, fmt.Errorf("channel: nothing is sent by %q", o.Kind)
}
