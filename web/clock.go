package web

import (
	"net/http"
	"time"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// clockView is whether the clock is believed, and when the installation did not
// answer.
type clockView struct {
	frame
	Now     time.Time
	Zone    calendar.Zone
	Outages []models.Outage
	Since   int64 // it has answered since then; 0: no beat yet
	Form    form
	Told    string
}

// outagesShown is how many outages a page shows.
const outagesShown = 50

func (s *site) clockPage(v *visit) error { return v.watching(http.StatusOK, begin()) }

func (v *visit) watching(status int, f form) error {
	view := clockView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		view.Now, view.Zone = tx.Now(), calendar.WIB
		parties, err := tx.Parties(ledger.Page{Size: 100})
		if err != nil {
			return err
		}
		for _, p := range parties {
			if p.Kind == "pemda" {
				view.Zone = calendar.Zone(p.Zone)
				break
			}
		}
		ups, err := tx.Uptimes(ledger.Page{Size: 1})
		if err != nil {
			return err
		}
		if len(ups) > 0 {
			view.Since = ups[0].FromAt
		}
		view.Outages, err = tx.Outages(ledger.Page{Size: outagesShown})
		return err
	})
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("clock.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	view.frame = v.frame
	return v.show(status, "clock.html", view)
}

func (s *site) confirmClock(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	if err = v.write(func(tx *ledger.Tx) error { return tx.ConfirmClock() }); err == nil {
		return v.done("/settings/clock", "clock_confirmed")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.watching(http.StatusUnprocessableEntity, f)
}

// outagesFile is when the installation did not answer, as a file.
func (s *site) outagesFile(v *visit) error {
	var rows []models.Outage
	err := v.read(func(tx *ledger.Tx) (err error) {
		rows, err = tx.Outages(ledger.Page{Size: 10_000})
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("outage_from", "outage_to", "outage_minutes", "status")
	if err != nil {
		return err
	}
	for _, o := range rows {
		f.add(isoTime(o.FromAt), isoTime(o.ToAt), (o.ToAt-o.FromAt)/time.Minute.Microseconds(), v.words.text[outageWord(o)])
	}
	return f.send("gangguan", "")
}

func isoTime(micros int64) string { return time.UnixMicro(micros).UTC().Format(time.RFC3339) }

func outageWord(o models.Outage) string {
	if o.Planned {
		return "outage.planned"
	}
	return "outage.unplanned"
}

// lasted says how long something took, in its largest unit.
func (w words) lasted(d time.Duration) (string, error) {
	d = d.Abs()
	switch {
	case d >= 48*time.Hour:
		return w.say("lasted.days", "n", int64(d/(24*time.Hour)))
	case d >= 2*time.Hour:
		return w.say("lasted.hours", "n", int64(d/time.Hour))
	}
	return w.say("lasted.minutes", "n", int64(d/time.Minute))
}

// doubted says why the clock is doubted.
func (w words) doubted(d ledger.Doubt) (string, error) {
	jump, err := w.lasted(d.Jump())
	if err != nil {
		return "", err
	}
	return w.say("doubt."+string(d.Cause), "jump", jump)
}
