package worker

import "payung/domain/calendar"

// LastDay is the last day in the group of somebody whose reason for leaving
// dates from that day. Whoever dies, resigns, moves or reaches the end of a
// contract was in it on that day; whoever becomes PPPK or PNS was in it until
// the day before.
func (l Leaving) LastDay(on calendar.Day) calendar.Day {
	if l.Reason == BecamePPPK || l.Reason == BecamePNS {
		return on.Add(-1)
	}
	return on
}
