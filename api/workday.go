package api

import "payung/domain/calendar"

// WorkdayQuery asks for the day so many working days from another.
type WorkdayQuery struct {
	From          string `json:"from" format:"date"`
	Days          int    `json:"days" minimum:"-10000" maximum:"10000" doc:"counted from the day after; negative: back"`
	CutiIsWorkday bool   `json:"cuti_is_workday,omitempty" doc:"collective leave is worked"`
}

// WorkdayAnswer is that day, and the holidays on the way.
type WorkdayAnswer struct {
	Day           string    `json:"day" format:"date"`
	Holidays      []Holiday `json:"holidays" doc:"between the two, weekends aside"`
	Calendar      string    `json:"calendar" doc:"version of the calendar"`
	HolidaysKnown bool      `json:"holidays_known" doc:"false: the calendar does not cover the year, only weekends were counted"`
}

// Holiday is a day off with the decree that makes it one.
type Holiday struct {
	Day    string `json:"day" format:"date"`
	Kind   string `json:"kind" enum:"libur,cuti"`
	Name   string `json:"name"`
	Decree string `json:"decree"`
}

func (in WorkdayQuery) answer(c *calendar.Calendar) WorkdayAnswer {
	if in.CutiIsWorkday {
		c = c.CutiIsWorkday()
	}
	from := calendar.Day(in.From)
	to := c.AddWorkdays(from, in.Days)
	out := WorkdayAnswer{Day: string(to), Holidays: []Holiday{}, Calendar: c.Version(), HolidaysKnown: true}
	first, last := min(from, to), max(from, to)
	for year := first.Year(); year <= last.Year(); year++ {
		out.HolidaysKnown = out.HolidaysKnown && c.Covers(year)
		for _, h := range c.Holidays(year) {
			if h.Day > first && h.Day <= last {
				out.Holidays = append(out.Holidays, Holiday{Day: string(h.Day), Kind: string(h.Kind), Name: h.Name, Decree: h.Decree})
			}
		}
	}
	return out
}
