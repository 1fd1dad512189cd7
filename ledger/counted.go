package ledger

import (
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/models"
)

// countFrom is the date so many working days after a day, by the calendar of an
// agreement's Pemda; counting starts the day after. Applied to an obligation it
// stays counted: while that is open it moves when the calendar does, which a
// date that was given as a day never does.
func (tx *Tx) countFrom(a models.Agreement, from calendar.Day, workdays int) (dated, error) {
	days, err := tx.calendarOf(a)
	return counted(days, from, workdays), err
}

func counted(days *calendar.Calendar, from calendar.Day, workdays int) dated {
	if days == nil || workdays == 0 {
		return dated{}
	}
	return dated{target: days.AddWorkdays(from, workdays), from: from, workdays: workdays}
}

// recounted is the date of an obligation by another calendar. One that was given
// as a day stays; a last day that was given never lies before the target.
func recounted(o models.Obligation, days *calendar.Calendar) dated {
	was := datedOf(o)
	if was.from == "" {
		return was
	}
	d := counted(days, was.from, was.workdays)
	if was.fatal != "" {
		d.fatal = max(was.fatal, d.target)
	}
	return d
}

// stoodStill is the date of an obligation whose clock has stood since it was
// paused: later by the whole days, or working days where it counts these.
func stoodStill(o models.Obligation, a models.Agreement, days *calendar.Calendar, now time.Time) dated {
	since, d := time.UnixMicro(o.PausedAt), datedOf(o)
	still := obligation.Shift(since, now)
	d.target, d.fatal = d.target.Add(still), d.fatal.Add(still)
	if d.from == "" || still == 0 {
		return d
	}
	z := calendar.Zone(a.Zone)
	worked := counted(days, d.from, d.workdays+max(1, days.WorkdaysBetween(z.DayOf(since), z.DayOf(now))))
	if d.fatal != "" {
		worked.fatal = max(d.fatal, worked.target)
	}
	return worked
}
