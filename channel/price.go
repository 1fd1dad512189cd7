package channel

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"payung/domain/calendar"
	"payung/domain/rupiah"
)

//go:embed prices.json
var priceFile []byte

// Price is what one message costs from a day on, according to a source.
type Price struct {
	Channel  string        `json:"channel"`
	Category string        `json:"category"`
	From     calendar.Day  `json:"from"`
	Rupiah   rupiah.Amount `json:"rupiah"`
	USD      int64         `json:"usd_millionths"` // of a dollar
	Verified bool          `json:"verified"`
	Source   string        `json:"source"`
}

// Rule is how a provider charges from a day on, according to a source.
type Rule struct {
	Channel  string       `json:"channel"`
	From     calendar.Day `json:"from"`
	Rule     string       `json:"rule"` // per_message, window_charged
	Verified bool         `json:"verified"`
	Source   string       `json:"source"`
}

type priceList struct {
	Prices []Price `json:"prices"`
	Rules  []Rule  `json:"rules"`
}

var priced = sync.OnceValues(func() (priceList, error) {
	var l priceList
	if err := json.Unmarshal(priceFile, &l); err != nil {
		return l, fmt.Errorf("channel: prices: %w", err)
	}
	return l, nil
})

// Prices lists what is known of prices, and how providers charge. The file is
// part of the program and a test reads it.
func Prices() ([]Price, []Rule) {
	l, _ := priced()
	return l.Prices, l.Rules
}

// PriceOn is what one message of a channel costs on a day: what its settings
// say, or the newest price that held then; 0 where nothing is charged.
func PriceOn(kind string, settings map[string]string, day calendar.Day) rupiah.Amount {
	if n, err := strconv.ParseInt(settings["price"], 10, 64); err == nil {
		return rupiah.Amount(n)
	}
	var found Price
	prices, _ := Prices()
	for _, p := range prices {
		if p.Channel == kind && p.From <= day && p.From >= found.From {
			found = p
		}
	}
	return found.Rupiah
}
