package api

import (
	"context"
	"net/http"

	"payung/channel"
	"payung/delivery"
	"payung/domain/calendar"
	"payung/ledger"
)

// ChannelInput is how a party's messages leave by one kind of channel.
type ChannelInput struct {
	Kind        string            `json:"kind" enum:"email,whatsapp,wa_link,telegram,webhook"`
	Enabled     bool              `json:"enabled"`
	Settings    map[string]string `json:"settings,omitempty" doc:"by name, what is no secret"`
	Secrets     map[string]string `json:"secrets,omitempty" doc:"by name; what is not given stays, an empty one is taken away; never shown again"`
	DailyCap    int64             `json:"daily_cap,omitempty" minimum:"0" doc:"messages a day; 0: none"`
	DailyBudget int64             `json:"daily_budget,omitempty" minimum:"0" doc:"rupiah a day; 0: none"`
	PerMinute   int64             `json:"per_minute,omitempty" minimum:"0" maximum:"6000" doc:"messages a minute; 0: as fast as they go"`
}

// Channel is a channel as it is kept. Of its secrets only the names are shown.
type Channel struct {
	ID           string            `json:"id"`
	PartyID      string            `json:"party_id,omitempty" doc:"absent: for all that have none of their own"`
	Kind         string            `json:"kind" enum:"email,whatsapp,wa_link,telegram,webhook"`
	Enabled      bool              `json:"enabled"`
	Settings     map[string]string `json:"settings"`
	Secrets      []string          `json:"secrets" doc:"names of those that are kept"`
	DailyCap     int64             `json:"daily_cap"`
	DailyBudget  int64             `json:"daily_budget"`
	PerMinute    int64             `json:"per_minute"`
	PausedUntil  string            `json:"paused_until,omitempty" format:"date-time" doc:"the other side is away"`
	FailingSince string            `json:"failing_since,omitempty" format:"date-time"`
	Problem      string            `json:"problem,omitempty"`
	StatusPath   string            `json:"status_path,omitempty" doc:"where the provider reports what became of messages" example:"/api/v1/hooks/whatsapp/…"`
}

func channelView(c ledger.ChannelView) Channel {
	zone := string(calendar.WITA)
	out := Channel{
		ID: c.ID, PartyID: c.PartyID, Kind: c.Kind, Enabled: c.Enabled, Settings: c.Values, Secrets: each(c.Secrets, func(s string) string { return s }),
		DailyCap: c.DailyCap, DailyBudget: c.DailyBudget, PerMinute: c.PerMinute, PausedUntil: instant(c.PausedUntil, zone),
		FailingSince: instant(c.FailingSince, zone), Problem: c.Problem,
	}
	if c.Kind == channel.WhatsApp {
		out.StatusPath = hookPath + c.ID
	}
	return out
}

// ChannelTest is a test message to an address, which is kept nowhere.
type ChannelTest struct {
	To string `json:"to,omitempty" maxLength:"200" doc:"an e-mail address, a phone number or a chat; nothing for a webhook"`
}

// Tested says that a test was taken.
type Tested struct {
	Kind string `json:"kind"`
}

// ofChannel names a channel of a party.
type ofChannel struct {
	ID   string `path:"id" maxLength:"64" doc:"of the party, or installation"`
	Kind string `path:"kind" enum:"email,whatsapp,telegram,webhook"`
	Body ChannelTest
}

// installation stands for the party where a channel is for all.
const installation = "installation"

func partyOf(id string) string {
	if id == installation {
		return ""
	}
	return id
}

func channelRoutes(s *server) {
	read(s, PolicyWrite, "/parties/{id}/channels", "list-channels", "How a party's messages leave; of the installation, under that name",
		func(tx *ledger.Tx, in *ByID) (List[Channel], error) {
			rows, err := tx.ChannelsOf(partyOf(in.ID))
			return listed(rows, err, channelView)
		})
	change(s, PolicyWrite, "/parties/{id}/channels", "save-channel", "Set up a channel; secrets are never shown again",
		func(tx *ledger.Tx, in *Of[ChannelInput]) (List[Channel], error) {
			if _, err := delivery.SaveChannel(tx, partyOf(in.ID), ledger.ChannelInput(in.Body)); err != nil {
				return List[Channel]{}, err
			}
			rows, err := tx.ChannelsOf(partyOf(in.ID))
			return listed(rows, err, channelView)
		})
	serve(s, PolicyWrite, route{method: http.MethodPost, path: "/parties/{id}/channels/{kind}/test", id: "test-channel", summary: "Send a test message and wait for what comes of it"},
		func(ctx context.Context, in *ofChannel) (Tested, error) {
			return Tested{in.Kind}, s.Office.Test(ctx, callOf(ctx).actor, partyOf(in.ID), in.Kind, in.Body.To)
		})
	change(s, PolicyWrite, "/bad-addresses/{id}/clear", "clear-bad-address", "Let an address be used again that bounced",
		func(tx *ledger.Tx, in *ByID) (ByHand, error) { return ByHand{in.ID}, tx.ClearBadAddress(in.ID) })
	read(s, PolicyRead, "/posts/{id}/bad-addresses", "list-bad-addresses", "Addresses of a post's holders that bounced",
		func(tx *ledger.Tx, in *ByID) (List[BadAddress], error) {
			rows, err := tx.BadAddresses(in.ID)
			return listed(rows, err, badAddressView)
		})
	change(s, PolicyWrite, "/holders/{id}/chat", "set-chat", "Record in which Telegram chat a holder is reached",
		func(tx *ledger.Tx, in *Of[Chat]) (ByHand, error) {
			return ByHand{in.ID}, tx.SetChat(in.ID, in.Body.Chat)
		})
}
