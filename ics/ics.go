// Package ics writes deadlines as a calendar that phones and desk programs
// subscribe to, by RFC 5545. The same events give the same bytes.
package ics

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"

	ical "github.com/arran4/golang-ical"

	"payung/domain/calendar"
)

// Calendar is what is written.
type Calendar struct {
	Name        string
	Description string
	Language    calendar.Lang
	Zone        calendar.Zone // whose days they are
	Events      []Event
}

// Event is one deadline: a whole local day, which every program shows on that
// day whatever zone it is in.
type Event struct {
	UID         string // stays the same for ever
	Sequence    int    // rises with each change people have to see
	On          calendar.Day
	Summary     string
	Description string
	URL         string
	Category    string
	Cancelled   bool
	Created     time.Time
	Changed     time.Time
	Alarms      []Alarm // of one that is not cancelled
}

// Alarm rings at eight in the morning, so many days before.
type Alarm struct {
	Days int
	Text string
}

// refresh is how often a program should look again.
const refresh = "PT6H"

// Bytes is the calendar as programs read it.
func (c Calendar) Bytes() ([]byte, error) {
	out := ical.NewCalendar()
	out.SetProductId("-//Payung//Batas waktu//" + strings.ToUpper(string(c.Language)))
	out.SetCalscale("GREGORIAN")
	out.SetMethod(ical.MethodPublish)
	out.SetName(clean(c.Name))
	out.SetXWRCalName(clean(c.Name))
	out.SetDescription(clean(c.Description))
	out.SetXWRCalDesc(clean(c.Description))
	out.SetXWRTimezone(string(c.Zone))
	out.SetRefreshInterval(refresh)
	out.SetXPublishedTTL(refresh)
	out.AddVTimezone(zone(c.Zone))
	for _, e := range c.Events {
		event, err := e.component(c.Language)
		if err != nil {
			return nil, err
		}
		out.AddVEvent(event)
	}
	var b bytes.Buffer
	if err := out.SerializeTo(&b, ical.WithNewLine("\r\n"), ical.WithLineLength(75)); err != nil {
		return nil, fmt.Errorf("ics: %w", err)
	}
	return b.Bytes(), nil
}

// zone describes one of the three zones, none of which has ever had summer time
// since 1988.
func zone(z calendar.Zone) *ical.VTimezone {
	_, offset := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).In(z.Location()).Zone()
	shift := fmt.Sprintf("%+03d%02d", offset/3600, offset%3600/60)
	out := ical.NewTimezone(string(z))
	s := out.AddStandard()
	s.SetProperty(ical.ComponentPropertyDtStart, "19880101T000000")
	s.SetProperty(ical.ComponentProperty(ical.PropertyTzoffsetfrom), shift)
	s.SetProperty(ical.ComponentProperty(ical.PropertyTzoffsetto), shift)
	s.SetProperty(ical.ComponentProperty(ical.PropertyTzname), z.Label())
	return out
}

func (e Event) component(l calendar.Lang) (*ical.VEvent, error) {
	if e.UID == "" || !e.On.Valid() {
		return nil, fmt.Errorf("ics: an event needs a name and a day, not %q on %q", e.UID, e.On)
	}
	v := ical.NewEvent(e.UID)
	v.SetDtStampTime(e.Changed)
	v.SetCreatedTime(e.Created)
	v.SetModifiedAt(e.Changed)
	v.SetSequence(e.Sequence)
	v.SetProperty(ical.ComponentPropertyDtStart, dated(e.On), ical.WithValue(string(ical.ValueDataTypeDate)))
	v.SetProperty(ical.ComponentPropertyDtEnd, dated(e.On.Add(1)), ical.WithValue(string(ical.ValueDataTypeDate)))
	spoken := &ical.KeyValues{Key: string(ical.ParameterLanguage), Value: []string{string(l)}}
	v.SetSummary(clean(e.Summary), spoken)
	v.SetDescription(clean(e.Description), spoken)
	if e.URL != "" {
		v.SetURL(e.URL)
	}
	if e.Category != "" {
		v.AddCategory(clean(e.Category))
	}
	v.SetTimeTransparency(ical.TransparencyTransparent) // a deadline keeps nobody busy
	if e.Cancelled {
		v.SetStatus(ical.ObjectStatusCancelled)
		return v, nil
	}
	v.SetStatus(ical.ObjectStatusConfirmed)
	for _, a := range e.Alarms {
		alarm := v.AddAlarm()
		alarm.SetAction(ical.ActionDisplay)
		alarm.SetTrigger(a.trigger())
		alarm.SetProperty(ical.ComponentPropertyDescription, clean(a.Text))
	}
	return v, nil
}

// trigger counts from the midnight at which the day of the deadline begins.
func (a Alarm) trigger() string {
	hours := 24*a.Days - 8
	if hours < 0 {
		return fmt.Sprintf("PT%dH", -hours)
	}
	return fmt.Sprintf("-P%dDT%dH", hours/24, hours%24)
}

func dated(d calendar.Day) string { return strings.ReplaceAll(string(d), "-", "") }

// clean leaves out what a text may not hold; line breaks stay.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || r == unicode.ReplacementChar) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
