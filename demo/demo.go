// Package demo loads five situations that newspapers reported, and live
// agreements beside them, through the public API of a running server. Numbers
// and dates are the newspapers'; names of people are invented. Loading it again
// changes nothing: every request has a fixed key.
package demo

import (
	"context"
	"fmt"
	"time"

	"payung/api"
	"payung/domain/calendar"
)

// Options says where to load the demo.
type Options struct {
	Server   string                          // http://127.0.0.1:8080
	Progress func(done, of int, what string) // nil: none
}

// Result says what was loaded.
type Result struct {
	Agreements int    `json:"agreements"`
	Requests   int    `json:"requests"`
	Today      string `json:"today"` // the day the live agreements count from
}

// chapter is one situation.
type chapter struct {
	name string
	tell func(*world) error
}

func chapters() []chapter {
	return []chapter{
		{"Sulawesi Tenggara, 4 Oktober 2018", (*world).sulawesiTenggara2018},
		{"Konawe Utara, 7 Oktober 2019", (*world).konaweUtara2019},
		{"Konawe Selatan, 27 Oktober 2021", (*world).konaweSelatan2021},
		{"Wakatobi, 21 Maret 2022", (*world).wakatobi2022},
		{"Konawe Selatan, 27 Januari 2023", (*world).konaweSelatan2023},
		{"Konawe Utara sekarang", (*world).konaweUtaraNow},
		{"Konawe Selatan sekarang", (*world).konaweSelatanNow},
		{"Wakatobi sekarang", (*world).wakatobiNow},
	}
}

// Load loads everything. It marks the ledger as DATA CONTOH first, which a
// ledger with real agreements refuses.
func Load(ctx context.Context, o Options) (Result, error) {
	w := &world{client: newClient(ctx, o), parties: map[string]api.Party{}}
	settings, err := post[api.Settings](w.client, "/settings/sample", struct{}{})
	if err != nil {
		return Result{}, err
	}
	if w.now, err = time.Parse(time.RFC3339, settings.SampledAt); err != nil {
		return Result{}, fmt.Errorf("settings: %w", err)
	}
	w.today = calendar.WITA.DayOf(w.now)
	all := chapters()
	for i, c := range all {
		if o.Progress != nil {
			o.Progress(i, len(all), c.name)
		}
		if err := c.tell(w); err != nil {
			return Result{}, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	if o.Progress != nil {
		o.Progress(len(all), len(all), "")
	}
	return Result{Agreements: w.agreements, Requests: w.client.sent, Today: string(w.today)}, nil
}
