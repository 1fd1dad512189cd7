package delivery

import (
	"payung/channel"
	"payung/ledger"
	"payung/notice"
)

// Link is a message that somebody sends with a click.
type Link struct {
	ledger.ReadyLink
	Subject string
	Text    string
	URL     string // opens a chat with the text ready
}

// Links lists the messages that wait for somebody to send them, in words.
func Links(tx *ledger.Tx, limit int) ([]Link, error) {
	ready, err := tx.Links(limit)
	out := make([]Link, len(ready))
	for i, r := range ready {
		out[i] = linkOf(r)
	}
	return out, err
}

func linkOf(r ledger.ReadyLink) Link {
	text := notice.Compose(r.Letter, Limit(channel.Link))
	return Link{ReadyLink: r, Subject: text.Subject, Text: text.Body, URL: channel.LinkTo(r.Phone, text.Body)}
}

// LinkSent records that somebody sent a message by its link.
func LinkSent(tx *ledger.Tx, id string) error {
	r, err := tx.LinkLetter(id)
	if err != nil {
		return err
	}
	text := notice.Compose(r.Letter, Limit(channel.Link))
	return tx.LinkSent(id, text.Subject, text.Body, text.Named)
}
