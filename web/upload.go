package web

import (
	"net/http"
	"net/url"

	"payung/domain/fault"
	"payung/domain/roster"
	"payung/intake"
	"payung/ledger"
	"payung/models"
	"payung/upload"
)

// handInFile takes the list of a unit as a file.
func (s *site) handInFile(v *visit) error {
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	f, typed, err := upload.Read(v.w, v.r, "", upload.Limit)
	out := form{typed: typed}
	if out.typed == nil {
		out.typed = url.Values{}
	}
	out.typed.Set("file", "") // a field like the others, for what is wrong with it
	if err != nil {
		return v.handInAgain("file", out, err)
	}
	return s.handOver(v, "file", out, intake.File{Name: f.Name, Size: f.Size, Hash: f.Digest, Content: f})
}

// pasteLimit is how many bytes a pasted list may have in a form, where some
// characters take three: 40,000 rows.
const pasteLimit = 8 << 20

// handInPaste takes rows that were copied out of a sheet.
func (s *site) handInPaste(v *visit) error {
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	f, err := v.posted(pasteLimit)
	if err != nil {
		return v.handInAgain("paste", begin("rows_pasted", ""), fault.New(fault.TooLarge, "pasted_too_much", "send a list as long as this as a file").On("rows_pasted"))
	}
	if f.text("rows_pasted") == "" {
		return v.handInAgain("paste", f, fault.New(fault.Invalid, "nothing_pasted", "paste the rows first").On("rows_pasted"))
	}
	return s.handOver(v, "paste", f, intake.Pasted(f.Value("rows_pasted")))
}

// handInPerson takes one person. What is wrong is said beside the field, and
// nothing of it is kept.
func (s *site) handInPerson(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	person := intake.Person{}
	for _, h := range roster.Fields() {
		person[h.Field] = f.Value(string(h.Field))
	}
	found, err := s.intake.Check(v.r.Context(), v.actor, v.r.PathValue("id"), person)
	if err != nil {
		return err
	}
	for _, what := range found {
		if what.Level == roster.Error {
			problem, cure := roster.Say(what, v.words.lang)
			f.wrong(string(what.Field), problem+" "+cure)
		}
	}
	if f.Wrong != nil {
		return v.handingIn(http.StatusUnprocessableEntity, "person", f)
	}
	return s.handOver(v, "person", f, person.Sheet())
}

// handOver has a list received and read, and goes on to what was read.
func (s *site) handOver(v *visit, way string, f form, file intake.File) error {
	file.OnBehalf = f.text("on_behalf")
	i, err := s.intake.HandIn(v.r.Context(), v.actor, file, ledger.ImportInput{ObligationID: v.r.PathValue("id")})
	if err != nil {
		return v.handInAgain(way, f, err)
	}
	return v.goOn(readingPath(i))
}

func readingPath(i models.Import) string { return "/imports/" + url.PathEscape(i.ID) }

// handInAgain shows the page again with what was wrong.
func (v *visit) handInAgain(way string, f form, err error) error {
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.handingIn(http.StatusUnprocessableEntity, way, f)
}
