package obligation

import (
	"time"

	"payung/domain/calendar"
)

// Office is the local hours, from 0 to 24, of a working day in which people
// hand things in. They are narrower than [Hours]: a computer that is switched on
// when somebody comes and off when they leave has kept nobody from anything.
type Office struct{ Opens, Closes int }

// Grace says when a time in which nothing could be handed in earns a deadline
// more time: it is the rule that an outage of ours is not the unit's fault.
type Grace struct {
	Zone   calendar.Zone
	Office Office
	Days   int           // working days up to and with the deadline in which it counts
	Least  time.Duration // of office time that must have been lost
}

// Lost is the office time of those days that lies between two instants.
func (g Grace) Lost(from, to time.Time, deadline calendar.Day, c *calendar.Calendar) time.Duration {
	var lost time.Duration
	day := max(c.AddWorkdays(deadline.Add(1), -g.Days), g.Zone.DayOf(from))
	for last := min(deadline, g.Zone.DayOf(to)); day <= last; day = day.Add(1) {
		if !c.Workday(day) {
			continue
		}
		opens, closes := day.In(g.Zone, g.Office.Opens, 0), day.In(g.Zone, g.Office.Closes, 0)
		if from.After(opens) {
			opens = from
		}
		if to.Before(closes) {
			closes = to
		}
		lost += max(0, closes.Sub(opens))
	}
	return lost
}

// Until is the day a deadline should move to because nothing could be handed in
// between two instants: as many working days later as were lost, begun ones
// whole, counted from the deadline or from the day things went on, whichever is
// later. "" is no reason to move it.
func (g Grace) Until(from, to time.Time, deadline calendar.Day, c *calendar.Calendar) (calendar.Day, time.Duration) {
	lost, day := g.Lost(from, to, deadline, c), time.Duration(g.Office.Closes-g.Office.Opens)*time.Hour
	if lost < g.Least || lost == 0 || day <= 0 {
		return "", lost
	}
	back := g.Zone.DayOf(to)
	if !to.After(back.In(g.Zone, g.Office.Opens, 0)) {
		back = back.Add(-1) // that day is whole
	}
	return c.AddWorkdays(max(deadline, back), int((lost+day-1)/day)), lost
}
