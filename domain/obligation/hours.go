package obligation

import (
	"fmt"
	"time"

	"payung/domain/calendar"
)

// Hours says when a Pemda is written to, in whole local hours from 0 to 24. All
// other hours are quiet. The zero value stands for [DefaultHours].
type Hours struct {
	Morning int // the steps of a day are taken then, so that they fall on one wake
	Opens   int // messages go out from this hour
	Closes  int // and before this one
}

// DefaultHours holds where a Pemda has settled nothing: steps at eight, nothing
// before seven or from five in the afternoon on.
func DefaultHours() Hours { return Hours{Morning: 8, Opens: 7, Closes: 17} }

// Check refuses hours that leave no time to write, or whose morning is quiet.
func (h Hours) Check() error {
	switch {
	case h.Opens < 0 || h.Closes > 24 || h.Opens >= h.Closes:
		return fmt.Errorf("obligation: messages cannot go out from %d to %d o'clock", h.Opens, h.Closes)
	case h.Morning < h.Opens || h.Morning >= h.Closes:
		return fmt.Errorf("obligation: the morning at %d is not between %d and %d o'clock", h.Morning, h.Opens, h.Closes)
	}
	return nil
}

func (h Hours) filled() Hours {
	if h == (Hours{}) {
		return DefaultHours()
	}
	return h
}

// Quiet reports that no message may go out at that instant: it is outside the
// hours or no working day.
func (h Hours) Quiet(at time.Time, z calendar.Zone, c *calendar.Calendar) bool {
	h = h.filled()
	hour := at.In(z.Location()).Hour()
	return hour < h.Opens || hour >= h.Closes || !c.Workday(z.DayOf(at))
}

// Next is the first instant at or after at at which a message may go out: at
// itself, or the opening of the next time that is not quiet.
func (h Hours) Next(at time.Time, z calendar.Zone, c *calendar.Calendar) time.Time {
	h = h.filled()
	if !h.Quiet(at, z, c) {
		return at
	}
	day := z.DayOf(at)
	if at.In(z.Location()).Hour() >= h.Closes {
		day = day.Add(1)
	}
	return c.OnOrAfter(day).In(z, h.Opens, 0)
}
