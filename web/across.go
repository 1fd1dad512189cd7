package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/region"
	"payung/ledger"
)

// acrossShown is how many people a page shows.
const acrossShown = 50

// acrossView is who stands on lists of several kabupaten in one year. It is only
// shown: each kabupaten decides about its own list.
type acrossView struct {
	frame
	Year  int
	Items []acrossPerson
	Next  string
}

// acrossPerson is one of them.
type acrossPerson struct {
	ledger.Across
	Name   string // as the first list writes it
	Places []acrossPlace
}

// acrossPlace is one of the lists.
type acrossPlace struct {
	ledger.AcrossPlace
	Regency string
}

// across shows them.
func (s *site) across(v *visit) error {
	view, err := v.acrossPage(acrossShown)
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("across.title"); err != nil {
		return err
	}
	v.frame.Nav = "conflicts"
	view.frame = v.frame
	return v.show(http.StatusOK, "across.html", view)
}

// acrossFile is all of them to take away.
func (s *site) acrossFile(v *visit) error {
	view, err := v.acrossPage(fileLimit)
	if err != nil {
		return err
	}
	f, err := v.file("name", "nik", "born", "regency", "unit", "group", "funding")
	if err != nil {
		return err
	}
	for _, p := range view.Items {
		for _, place := range p.Places {
			f.add(place.Name, masked(place.NIKLast4), place.Born, place.Regency, place.UnitName, v.words.group(place.GroupCode), v.words.funding(place.FundingSource))
		}
	}
	return f.send("lintas-kabupaten-"+strconv.Itoa(view.Year), "")
}

// acrossPage reads the people of the year the visitor asks for, this one if
// they say none.
func (v *visit) acrossPage(size int) (acrossView, error) {
	var view acrossView
	q := v.r.URL.Query()
	err := v.read(func(tx *ledger.Tx) error {
		year, _, _ := calendar.WIB.DayOf(tx.Now()).Date()
		if said := q.Get("year"); said != "" {
			year, _ = strconv.Atoi(said) // what is no number is no year
		}
		if year < 2004 || year > 2100 {
			return fault.New(fault.NotFound, "not_found", "there is no such year")
		}
		rows, err := tx.Across(year, ledger.Page{After: q.Get("after"), Size: size + 1})
		if err != nil {
			return err
		}
		view.Year = year
		if len(rows) > size {
			rows = rows[:size]
			view.Next = "/conflicts/across?" + url.Values{"year": {strconv.Itoa(year)}, "after": {rows[size-1].ID}}.Encode()
		}
		for _, r := range rows {
			p := acrossPerson{Across: r}
			for _, place := range r.Places {
				there, _ := region.Find(place.RegencyCode)
				p.Places = append(p.Places, acrossPlace{place, there.FullName()})
				p.Name = cmp.Or(p.Name, place.Name)
			}
			view.Items = append(view.Items, p)
		}
		return nil
	})
	return view, err
}

// oversees reports whether somebody sees the lists of several kabupaten.
func oversees(a ledger.Actor) bool {
	return a.Reach == ledger.Everything || a.Reach == ledger.Province || a.Reach == ledger.Branch
}
