package api

import (
	"context"
	"io"
	"net/http"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
	"payung/paper"
	"payung/weekly"
)

// WeeklyQuery asks for a week.
type WeeklyQuery struct {
	SpokenID
	Week string `query:"week" maxLength:"10" doc:"first day of a week that is kept; by default this week"`
	Now  bool   `query:"now" doc:"what the page would say now, which is not kept"`
}

// weekly reads the page that is asked for.
func (s *server) weekly(ctx context.Context, in *WeeklyQuery) (ledger.WeeklyView, weekly.Page, error) {
	actor := callOf(ctx).actor
	week := calendar.Day(in.Week)
	var v ledger.WeeklyView
	var err error
	switch {
	case in.Now:
		v, err = s.Ledger.WeeklyNow(ctx, actor, in.ID)
	case week != "" && !week.Valid():
		err = fault.New(fault.Invalid, "bad_date", "week is not a day such as 2026-03-23").On("week")
	default:
		v, err = s.Ledger.Weekly(ctx, actor, in.ID, week)
	}
	if err != nil {
		return v, weekly.Page{}, err
	}
	p, err := weekly.Compose(in.lang(), v.Facts)
	return v, p, err
}

func weeklyRoutes(s *server) {
	page := route{method: http.MethodGet, path: "/agreements/{id}/weekly", id: "get-weekly", summary: "The one page of a week; this week's is kept when it is asked for first"}
	serve(s, PolicyRead, page, func(ctx context.Context, in *WeeklyQuery) (Weekly, error) {
		v, p, err := s.weekly(ctx, in)
		return weeklyView(v, p), err
	})
	weeklyFiles(s)
	read(s, PolicyRead, "/agreements/{id}/weeks", "list-weeks", "The weeks that are kept of an agreement, newest first",
		func(tx *ledger.Tx, in *Page) (List[WeeklyWeek], error) {
			rows := func(p ledger.Page) ([]ledger.WeeklyView, error) { return tx.WeeklySheets(in.ID, p) }
			return paged(in.PageQuery, rows, func(v ledger.WeeklyView) string { return v.WeekOn }, func(v ledger.WeeklyView) WeeklyWeek {
				w := WeeklyWeek{Week: v.WeekOn, At: instant(v.Facts.At, string(v.Facts.Zone))}
				w.Unprotected, w.Needed = weeklyFigures(v.Facts)
				return w
			})
		})
	read(s, PolicyRead, "/agreements/{id}/weekly-rule", "get-weekly-rule", "On which day weeks begin and whether the Sekda is told",
		func(tx *ledger.Tx, in *ByID) (WeeklyRule, error) {
			r, err := tx.WeeklyRule(in.ID)
			return WeeklyRule{r.Weekday, r.Silent}, err
		})
	change(s, PolicyWrite, "/agreements/{id}/weekly-rule", "set-weekly-rule", "Choose the day on which weeks begin, or switch the message to the Sekda off",
		func(tx *ledger.Tx, in *Of[WeeklyRule]) (WeeklyRule, error) {
			r, err := tx.SetWeeklyRule(in.ID, in.Body.Weekday, in.Body.Silent)
			return WeeklyRule{r.Weekday, r.Silent}, err
		})
	weeklyLinks(s)
}

// weeklyFiles are the page on paper and as a picture of the same drawing.
func weeklyFiles(s *server) {
	for _, file := range []struct {
		path, id, summary, kind string
		draw                    func(*paper.Document, io.Writer) error
	}{
		{"/agreements/{id}/weekly.pdf", "get-weekly-pdf", "The page on one sheet of F4 or A4; the same facts give the same bytes", pdfFile, (*paper.Document).PDF},
		{"/agreements/{id}/weekly.png", "get-weekly-picture", "The same sheet as a picture of at most 200 KB", "image/png", func(d *paper.Document, w io.Writer) error {
			return d.PNG(w, 1, paper.Raster{})
		}},
	} {
		attach(s, PolicyRead, file.path, file.id, file.summary, file.kind, func(ctx context.Context, in *WeeklyQuery, w io.Writer) (string, error) {
			v, p, err := s.weekly(ctx, in)
			if err != nil {
				return "", err
			}
			d, err := p.Paper()
			if err != nil {
				return "", err
			}
			return "lembar-mingguan-" + v.WeekOn + file.path[len(file.path)-4:], file.draw(d, w)
		})
	}
}

func weeklyLinks(s *server) {
	view := func(tx *ledger.Tx, agreementID string) (WeeklyLink, error) {
		k, address, err := tx.WeeklyLink(agreementID)
		if err != nil || address == "" {
			return WeeklyLink{}, err
		}
		return WeeklyLink{Address: address, Actor: k.Actor, CreatedAt: instant(k.CreatedAt, clocksOf(tx).zone(agreementID))}, nil
	}
	// None of these is idempotent by key: answers to keys are kept, and these hold
	// a secret. Done again they change nothing.
	read(s, PolicyWrite, "/agreements/{id}/weekly-link", "get-weekly-link", "The address at which anybody reads the page without signing in",
		func(tx *ledger.Tx, in *ByID) (WeeklyLink, error) { return view(tx, in.ID) })
	for _, r := range []struct {
		path, id, summary string
		do                func(*ledger.Tx, string) error
	}{
		{"open", "open-weekly-link", "Make such an address; one that is open stays", func(tx *ledger.Tx, id string) error {
			_, err := tx.OpenWeeklyLink(id)
			return err
		}},
		{"revoke", "revoke-weekly-link", "Close that address for good", (*ledger.Tx).RevokeWeeklyLink},
	} {
		serve(s, PolicyWrite, route{method: http.MethodPost, path: "/agreements/{id}/weekly-link/" + r.path, id: r.id, summary: r.summary}, func(ctx context.Context, in *ByID) (out WeeklyLink, err error) {
			err = s.Ledger.Write(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
				if err := r.do(tx, in.ID); err != nil {
					return err
				}
				out, err = view(tx, in.ID)
				return err
			})
			return out, err
		})
	}
}
