package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/domain/roster"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// birth is place and date of birth in one column, as in "Kendari, 05-07-1980".
const birth = "birth"

// columnsView asks which column holds what.
type columnsView struct {
	frame
	models.Import
	Duty   ledger.DutyView
	File   models.Upload
	Sample intake.Sample
	Form   form
	Rows   []columnView
	Path   string
}

// columnView is one column with what it may hold.
type columnView struct {
	intake.SampleColumn
	Letters string
	Fields  []option
}

// columns shows the first rows of a file and asks which column holds what.
func (s *site) columns(v *visit) error { return v.columnsPage(http.StatusOK, begin()) }

func (v *visit) columnsPage(status int, f form) error {
	view := columnsView{Form: f}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Import, err = tx.Import(v.r.PathValue("id")); err != nil {
			return err
		}
		if view.Duty, err = tx.Duty(view.ObligationID); err != nil {
			return err
		}
		view.File, err = tx.Upload(view.UploadID)
		return err
	})
	if err != nil {
		return err
	}
	leave, err := v.room()
	if err != nil {
		return err
	}
	view.Sample, err = v.intake.Sample(v.r.Context(), v.actor, view.ID, cmp.Or(f.text("sheet"), v.r.URL.Query().Get("sheet")))
	leave()
	if fault.Is(err, "unknown_sheet") {
		err = fault.New(fault.NotFound, "not_found", "there is no such sheet")
	}
	if err != nil {
		return err
	}
	if len(f.typed) == 0 {
		m := view.Sample.Mapping
		view.Form = begin("head_from", strconv.Itoa(m.HeadFrom), "head_to", strconv.Itoa(m.HeadTo), "remember", "1")
	}
	together := false
	if b, ok := view.Sample.Mapping.Columns[roster.Birthplace]; ok {
		together = b == columnOr(view.Sample.Mapping, roster.Born)
	}
	for _, c := range view.Sample.Columns {
		chosen := string(c.Field)
		if together && c.Field == roster.Birthplace {
			chosen = birth
		}
		name := "c" + strconv.Itoa(c.Column)
		if f.typed.Has(name) {
			chosen = f.Value(name)
		}
		view.Rows = append(view.Rows, columnView{c, cell.Letters(c.Column), v.words.columnFields(chosen)})
	}
	if v.frame.Title, err = v.words.say("columns.title"); err != nil {
		return err
	}
	v.frame.Nav, view.Path = "recap", readingPath(view.Import)+"/columns"
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "columns.html", view)
}

func columnOr(m roster.Mapping, f roster.Field) int {
	if column, ok := m.Columns[f]; ok {
		return column
	}
	return -1
}

// columnFields are what a column may hold.
func (w words) columnFields(chosen string) []option {
	var out []option
	for _, h := range roster.Fields() {
		if h.Field == roster.RowID {
			continue
		}
		out = append(out, option{string(h.Field), pick(w.lang, h.Name.ID, h.Name.EN), chosen == string(h.Field)})
		if h.Field == roster.Birthplace {
			out = append(out, option{birth, w.text["columns.birth"], chosen == birth})
		}
	}
	return out
}

// mapColumns has a file read again with the columns a person chose.
func (s *site) mapColumns(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	m, err := mappingOf(f)
	var i models.Import
	if err == nil {
		i, err = v.remap(f, m)
	}
	if err == nil {
		return v.goOn("/imports/" + url.PathEscape(i.ID))
	}
	found, ok := fault.Of(err)
	if err := v.refused(&f, err); err != nil {
		return err
	}
	if ok && roster.Title(roster.Rule(found.Code), v.words.lang) != "" {
		problem, cure := roster.Say(roster.Finding{Column: -1, Rule: roster.Rule(found.Code)}, v.words.lang)
		f.All = problem + " " + cure
	}
	return v.columnsPage(http.StatusUnprocessableEntity, f)
}

func (v *visit) remap(f form, m roster.Mapping) (models.Import, error) {
	leave, err := v.room()
	if err != nil {
		return models.Import{}, err
	}
	defer leave()
	return v.intake.Remap(v.r.Context(), v.actor, v.r.PathValue("id"), f.Value("sheet"), m, f.Value("remember") != "")
}

// mappingOf reads which column holds what.
func mappingOf(f form) (roster.Mapping, error) {
	m := roster.Mapping{Columns: map[roster.Field]int{}}
	for _, head := range []struct {
		name string
		into *int
	}{{"head_from", &m.HeadFrom}, {"head_to", &m.HeadTo}} {
		n, err := strconv.Atoi(cmp.Or(f.text(head.name), "0"))
		if err != nil || n < 0 || n > 1000 {
			return m, fault.New(fault.Invalid, "bad_heading_row", "write the number of a row, such as 3, or 0 if there are no headings").On(head.name)
		}
		*head.into = n
	}
	m.HeadTo = max(m.HeadFrom, m.HeadTo)
	for column := range 200 {
		switch what := f.Value("c" + strconv.Itoa(column)); what {
		case "":
		case birth:
			m.Columns[roster.Birthplace], m.Columns[roster.Born] = column, column
		default:
			if _, twice := m.Columns[roster.Field(what)]; twice {
				return m, fault.New(fault.Invalid, "field_in_two_columns", "two columns are said to hold the same").On("c" + strconv.Itoa(column))
			}
			m.Columns[roster.Field(what)] = column
		}
	}
	return m, nil
}
