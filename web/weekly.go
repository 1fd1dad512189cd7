package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
	"payung/paper"
	"payung/weekly"
)

// weeks are the pages about the one page of a week: for the office, and for
// anybody who has its link.
func (s *site) weeks(mux *http.ServeMux) {
	mux.HandleFunc("GET /agreements/{id}/weekly", s.page(s.weekly))
	mux.HandleFunc("GET /agreements/{id}/weekly.pdf", s.page(s.weeklyPaper))
	mux.HandleFunc("GET /agreements/{id}/weekly.png", s.page(s.weeklyPaper))
	mux.HandleFunc("GET /agreements/{id}/weekly.csv", s.page(s.weeklyFile))
	mux.HandleFunc("POST /agreements/{id}/weekly/link", s.page(s.weeklyLink))
	mux.HandleFunc("POST /agreements/{id}/weekly/rule", s.page(s.weeklyRule))
	mux.HandleFunc("GET /minggu/{file}", s.public(s.weeklyForAnybody))
}

// weeklyView is one week's page, with what the office does with it.
type weeklyView struct {
	frame
	Week      ledger.WeeklyView
	Page      weekly.Page
	PDF       string // where it is to be had on paper
	Picture   string
	Agreement string // ID; "": for anybody
	Message   string // for a chat, in Indonesian
	Chat      string // opens WhatsApp with it
	Secret    string // address for anybody; "": none
	Weeks     []ledger.WeeklyView
	Now       bool
	Rule      models.WeeklyRule
	Form      form
	Told      string
}

// weeksShown is how many weeks a page lists.
const weeksShown = 60

func weeklyAddress(agreementID string) string { return agreementPath(agreementID) + "/weekly" }

func (s *site) weekly(v *visit) error { return v.aWeek(http.StatusOK, form{}) }

// asked is the week that is asked for in the address.
func (v *visit) askedWeek(agreementID string) (ledger.WeeklyView, error) {
	q := v.r.URL.Query()
	if q.Get("now") != "" {
		return v.ledger.WeeklyNow(v.r.Context(), v.actor, agreementID)
	}
	return v.ledger.Weekly(v.r.Context(), v.actor, agreementID, calendar.Day(q.Get("week")))
}

func (v *visit) aWeek(status int, f form) error {
	id := v.r.PathValue("id")
	week, err := v.askedWeek(id)
	if err != nil {
		return err
	}
	view := weeklyView{Week: week, Agreement: id, Form: f, Told: v.told(), Now: v.r.URL.Query().Get("now") != ""}
	err = v.read(func(tx *ledger.Tx) (err error) {
		if view.Weeks, err = tx.WeeklySheets(id, ledger.Page{Size: weeksShown}); err != nil {
			return err
		}
		if view.Rule, err = tx.WeeklyRule(id); err != nil {
			return err
		}
		_, view.Secret, err = tx.WeeklyLink(id)
		if strings.HasPrefix(view.Secret, "/") {
			view.Secret = v.origin() + view.Secret
		}
		return err
	})
	if err != nil {
		return err
	}
	if f.typed == nil {
		view.Form = begin("weekday", strconv.Itoa(view.Rule.Weekday))
		if !view.Rule.Silent {
			view.Form.typed.Set("tell", "1")
		}
	}
	v.frame.Nav = "recap"
	v.returned(weeklyAddress(id))
	return v.showWeek(status, &view, weeklyAddress(id))
}

// showWeek puts a week into words and shows it, with its paper and its picture
// beside it at an address of their own.
func (v *visit) showWeek(status int, view *weeklyView, at string) (err error) {
	if view.Page, err = weekly.Compose(v.words.lang, view.Week.Facts); err != nil {
		return err
	}
	q := url.Values{"week": {view.Week.WeekOn}}
	if !view.Week.Kept() {
		q = url.Values{"now": {"1"}}
	}
	view.PDF, view.Picture = at+".pdf?"+q.Encode(), at+".png?"+q.Encode()
	said, err := weekly.Compose(calendar.ID, view.Week.Facts) // to a Sekda, whoever reads this page
	if err != nil {
		return err
	}
	view.Message = said.Message(view.Secret)
	view.Chat = weekly.ChatLink(view.Message)
	v.frame.Title = view.Page.Title + " – " + view.Week.Facts.Pemda
	view.frame = v.frame
	return v.show(status, "weekly.html", view)
}

// weeklyPaper is the page as a PDF or a picture, by the end of its address.
func (s *site) weeklyPaper(v *visit) error {
	week, err := v.askedWeek(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return v.sendWeek(week, strings.HasSuffix(v.r.URL.Path, ".pdf"))
}

func (v *visit) sendWeek(week ledger.WeeklyView, pdf bool) error {
	p, err := weekly.Compose(v.words.lang, week.Facts)
	if err != nil {
		return err
	}
	d, err := p.Paper()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	kind, ending := "image/png", ".png"
	if pdf {
		kind, ending = "application/pdf", ".pdf"
		err = d.PDF(&out)
	} else {
		err = d.PNG(&out, 1, paper.Raster{})
	}
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `inline; filename="lembar-mingguan-`+string(week.Facts.Week)+ending+`"`)
	return v.send(http.StatusOK, kind, out.Bytes())
}

// weeklyForAnybody is the page for whoever has its secret, as a page, a PDF or a
// picture. Nobody is asked who they are.
func (s *site) weeklyForAnybody(v *visit) error {
	if !v.turnstile.pass(address(v.r), time.Now()) {
		v.w.Header().Set("Retry-After", "60")
		return fault.New(fault.Unavailable, "asked_too_often", "this address asks too often")
	}
	token, ending, _ := strings.Cut(v.r.PathValue("file"), ".")
	if ending != "" && ending != "pdf" && ending != "png" {
		return s.nothing(v)
	}
	week, err := s.ledger.OpenWeekly(v.r.Context(), token, calendar.Day(v.r.URL.Query().Get("week")))
	if err != nil {
		return err
	}
	if ending != "" {
		return v.sendWeek(week, ending == "pdf")
	}
	v.frame.Sample = week.Facts.Sample
	return v.showWeek(http.StatusOK, &weeklyView{Week: week}, "/minggu/"+token)
}

// weeklyFile is the weeks that are kept, as a file.
func (s *site) weeklyFile(v *visit) error {
	var rows []ledger.WeeklyView
	err := v.read(func(tx *ledger.Tx) (err error) {
		rows, err = tx.WeeklySheets(v.r.PathValue("id"), ledger.Page{Size: 1000})
		return err
	})
	if err != nil {
		return err
	}
	f, err := v.file("week", "as_of", "unprotected", "protected", "lists_answered", "lists_all", "lists_late", "money_needed")
	if err != nil {
		return err
	}
	for _, r := range rows {
		unprotected, needed, protected := "", "", int64(0)
		if n, known := r.Facts.Unprotected(); known {
			unprotected = strconv.FormatInt(n, 10)
		}
		if sum, known := r.Facts.Needed(); known {
			needed = strconv.FormatInt(int64(sum), 10)
		}
		for _, l := range r.Facts.Lines {
			protected += l.Protected
		}
		f.add(r.WeekOn, isoTime(r.Facts.At), unprotected, protected, r.Facts.Lists.Answered, r.Facts.Lists.All, r.Facts.Lists.Late, needed)
	}
	return f.send("lembar-mingguan", "")
}

// weeklyLink opens the link for anybody, or closes it.
func (s *site) weeklyLink(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id, done := v.r.PathValue("id"), "weekly_linked"
	err = v.write(func(tx *ledger.Tx) error {
		if f.Value("close") != "" {
			done = "weekly_unlinked"
			return tx.RevokeWeeklyLink(id)
		}
		_, err := tx.OpenWeeklyLink(id)
		return err
	})
	if err == nil {
		return v.done(weeklyAddress(id), done)
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.aWeek(http.StatusUnprocessableEntity, f)
}

// weeklyRule chooses the day of the week, and whether the Sekda is told.
func (s *site) weeklyRule(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	day, _ := strconv.Atoi(f.text("weekday")) // what is no number is no day
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.SetWeeklyRule(id, day, f.Value("tell") == "")
		return err
	})
	if err == nil {
		return v.done(weeklyAddress(id), "weekly_ruled")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.aWeek(http.StatusUnprocessableEntity, f)
}

// weekNumber is how many people were unprotected; a dash: it was not known.
func (w words) weekNumber(f weekly.Facts) string {
	n, known := f.Unprotected()
	if !known {
		return "–"
	}
	return number(n, w.lang)
}

// weekMoney is the money that was needed; a dash: it was not known.
func weekMoney(f weekly.Facts) string {
	sum, known := f.Needed()
	if !known {
		return "–"
	}
	return sum.String()
}
