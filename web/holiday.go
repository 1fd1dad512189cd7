package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
)

// holidaysView is the days off of a year, national or of one Pemda.
type holidaysView struct {
	frame
	pemdas
	Year    int
	Years   []int
	Days    []ledger.HolidayView
	Known   bool
	Waiting int64 // agreements that are still being recalculated
	Form    form
	Told    string
	File    string
	weighedView
}

func (s *site) holidays(v *visit) error { return v.holidaysPage(http.StatusOK, form{}) }

// holidaysPage shows a year, and what was typed with what it would move.
func (v *visit) holidaysPage(status int, f form) error {
	view := holidaysView{Form: f, Told: v.told()}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if err := v.readYear(tx, &view); err != nil || f.typed == nil || status != http.StatusOK {
			return err
		}
		in, err := holidaysTyped(f)
		if err != nil {
			return err
		}
		e, err := tx.PreviewHolidays(in)
		if err != nil {
			return err
		}
		view.weighedView, err = tried(tx, f, e)
		return err
	})
	if err != nil {
		if err := v.refused(&view.Form, err); err != nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	}
	if view.Form.typed == nil {
		view.Form = begin()
	}
	if v.frame.Title, err = v.words.say("holidays.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	q := url.Values{"party": {view.One.ID}, "year": {strconv.Itoa(view.Year)}}.Encode()
	v.returned("/settings/holidays?" + q)
	view.frame, view.File = v.frame, "/settings/holidays.csv?"+q
	return v.show(status, "holidays.html", view)
}

// zone is whose clock the page goes by.
func (view *holidaysView) zone() string {
	if view.One.ID == "" {
		return string(calendar.WIB)
	}
	return view.One.Zone
}

// readYear reads the days of the year that is asked for, or of this one.
func (v *visit) readYear(tx *ledger.Tx, view *holidaysView) (err error) {
	if view.pemdas, err = v.pemdasAsked(tx, view.Form, true); err != nil {
		return err
	}
	today := calendar.Zone(view.zone()).DayOf(tx.Now())
	if view.Year, err = strconv.Atoi(v.r.URL.Query().Get("year")); err != nil || view.Year < 2004 || view.Year > 2100 {
		view.Year = today.Year()
	}
	for y := today.Year() - 2; y <= today.Year()+2; y++ {
		view.Years = append(view.Years, y)
	}
	if view.Waiting, err = tx.WaitingRecalculations(); err != nil {
		return err
	}
	view.Days, view.Known, err = tx.Holidays(view.One.ID, view.Year)
	return err
}

// holidaysFile is the days of a year as a file.
func (s *site) holidaysFile(v *visit) error {
	var view holidaysView
	if err := v.read(func(tx *ledger.Tx) error { return v.readYear(tx, &view) }); err != nil {
		return err
	}
	f, err := v.file("date", "kind", "name", "decree", "decreed_on", "verified", "origin", "worked")
	if err != nil {
		return err
	}
	for _, d := range view.Days {
		f.add(d.Day, d.Kind, d.Name, d.Decree, d.DecreedOn, ticked(d.Verified), d.Origin, ticked(d.Worked))
	}
	return f.send("hari-libur-"+strconv.Itoa(view.Year), "")
}

func (s *site) recordHolidays(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	if !f.saves() {
		return v.holidaysPage(http.StatusOK, f)
	}
	in, err := holidaysTyped(f)
	if err == nil {
		err = v.write(func(tx *ledger.Tx) error {
			_, err := tx.RecordHolidays(in)
			return err
		})
	}
	if err == nil {
		return v.goOn("/settings/holidays?" + url.Values{"party": {in.PartyID}, "year": {in.Days[0].Day[:4]}, "done": {"holidays"}}.Encode())
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.holidaysPage(http.StatusUnprocessableEntity, f)
}

// holidaysTyped reads the form: a line for each day, as a decree's list is
// copied from somewhere.
func holidaysTyped(f form) (ledger.HolidayInput, error) {
	in := ledger.HolidayInput{PartyID: f.Value("party"), Decree: f.text("decree"), DecreedOn: f.text("decreed_on"), Verified: f.Value("verified") != ""}
	for line := range strings.Lines(f.Value("days")) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		h, err := calendar.ReadHolidayLine(line)
		if err != nil {
			return in, fault.New(fault.Invalid, "bad_holiday_line", "%q does not begin with a date such as 1 Januari 2027", line).On("days").With("line", line)
		}
		in.Days = append(in.Days, ledger.HolidayDay{Day: string(h.Day), Kind: h.Kind, Name: h.Name})
	}
	if len(in.Days) == 0 {
		return in, fault.New(fault.Invalid, "missing_field", "days is needed").On("days").With("field", "days")
	}
	return in, nil
}
