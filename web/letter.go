package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
	"payung/letter"
	"payung/models"
	"payung/upload"
)

// letterView is one letter: what it says, what became of it, and what can be
// done with it.
type letterView struct {
	frame
	Letter    ledger.LetterView
	Agreement models.Agreement
	Text      letter.Text
	Today     calendar.Day
	Same      bool   // drawn again it is what was issued
	Address   string // of the public page
	Form      form
	Which     string // of the forms is shown with what was typed
	Told      string
}

func (s *site) letter(v *visit) error { return v.showLetter(http.StatusOK, "", form{}) }

func letterPath(id string) string { return "/letters/" + url.PathEscape(id) }

func (v *visit) showLetter(status int, which string, f form) error {
	id := v.r.PathValue("id")
	view := letterView{Form: f, Which: which, Told: v.told()}
	var p ledger.LetterPaper
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Letter, err = tx.LetterView(id); err != nil {
			return err
		}
		if p, err = tx.LetterPaper(id); err != nil {
			return err
		}
		view.Agreement, err = tx.Agreement(view.Letter.AgreementID)
		view.Today = calendar.Zone(view.Agreement.Zone).DayOf(tx.Now())
		return err
	})
	if err != nil {
		return err
	}
	l := view.Letter
	view.Text = letter.Texts(nil).For(l.Content.Kind)
	if l.Content.Text != nil {
		view.Text = *l.Content.Text
	}
	if l.State != ledger.LetterDraft {
		if _, view.Same, err = p.PDF(); err != nil {
			return err
		}
		view.Address = cmp.Or(l.Content.Verify.URL, v.origin()+"/v/"+l.Code)
	}
	if which == "" {
		view.Form = view.begin()
	}
	v.frame.Title, v.frame.Nav = l.Subject, "recap"
	v.returned(letterPath(id))
	view.frame = v.frame
	return v.show(status, "letter.html", view)
}

// begin is the forms of the page as they begin.
func (view letterView) begin() form {
	c, t := view.Letter.Content, view.Text
	f := begin("subject", cmp.Or(c.Subject, t.Subject), "nature", string(cmp.Or(c.Nature, letter.Ordinary)), "enclosure", c.Enclosure, "copies", strings.Join(c.Copies, "\n"),
		"workdays", strconv.Itoa(view.Letter.Workdays), "body", strings.Join(t.Body, "\n\n"), "middle", strings.Join(t.Middle, "\n\n"), "closing", strings.Join(t.Closing, "\n\n"),
		"points", pointLines(c.Points), "on", string(view.Today), "take_number", "", "number", "", "how", "", "received_by", "", "note", "", "reason", "")
	if m := c.Meeting; m != nil {
		for name, value := range map[string]string{
			"meeting_on": string(m.Day), "meeting_from": m.From, "meeting_until": m.Until, "meeting_room": m.Room, "meeting_agenda": strings.Join(m.Agenda, "\n"), "meeting_leader": m.Leader,
		} {
			f.typed.Set(name, value)
		}
	}
	return f
}

// pointLines are points as people edit them, one in a paragraph.
func pointLines(points []letter.Point) string {
	out := make([]string, len(points))
	for i, p := range points {
		out[i] = p.Text
	}
	return strings.Join(out, "\n\n")
}

// paragraphs are the stretches of a text between empty lines.
func paragraphs(s string) []string {
	out := []string{}
	for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// textLines are the lines of a text that say something.
func textLines(s string) []string {
	out := []string{}
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func (s *site) letterPDF(v *visit) error {
	p, err := v.letterPaper(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	pdf, _, err := p.PDF()
	if err != nil {
		return v.unwritten(err)
	}
	v.attach(p.FileName() + ".pdf")
	return v.send(http.StatusOK, pdfFile, pdf)
}

const docxFile = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (s *site) letterDOCX(v *visit) error {
	p, err := v.letterPaper(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	docx, err := p.DOCX()
	if err != nil {
		return v.unwritten(err)
	}
	v.attach(p.FileName() + ".docx")
	return v.send(http.StatusOK, docxFile, docx)
}

// unwritten shows the letter's page with what keeps it from being drawn.
func (v *visit) unwritten(err error) error {
	f := begin()
	if err := v.refusedLetter(&f, err); err != nil {
		return err
	}
	return v.showLetter(http.StatusUnprocessableEntity, "file", f)
}

// refusedLetter is refused, with the facts a letter lacks by their names.
func (v *visit) refusedLetter(f *form, err error) error {
	found, ok := fault.Of(err)
	if err := v.refused(f, err); err != nil || !ok || len(found.Reasons) == 0 {
		return err
	}
	names := make([]string, len(found.Reasons))
	for i, r := range found.Reasons {
		names[i] = v.words.named("letterfact.", r.About)
	}
	f.All += " " + strings.Join(names, ", ") + "."
	return nil
}

// letterFile gives back the scan of a letter or the file that was signed.
func (s *site) letterFile(v *visit) error {
	what := v.r.PathValue("what")
	if what != ledger.FileScan && what != ledger.FileSigned {
		return fault.New(fault.NotFound, "not_found", "there is no such page")
	}
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	var u models.Upload
	var content []byte
	err = v.read(func(tx *ledger.Tx) (err error) {
		u, content, err = tx.LetterFile(v.r.PathValue("id"), what)
		return err
	})
	if err != nil {
		return err
	}
	v.attach(u.Name)
	return v.send(http.StatusOK, "application/octet-stream", content)
}

// fileLetter keeps a file with a letter.
func (s *site) fileLetter(v *visit) error {
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	what := v.r.PathValue("what")
	f, typed, err := upload.Read(v.w, v.r, "", upload.Limit)
	out := form{typed: typed}
	if out.typed == nil {
		out.typed = url.Values{}
	}
	out.typed.Set("file", "")
	if err == nil {
		_, err = s.intake.FileLetter(v.r.Context(), v.actor, v.r.PathValue("id"), what, f)
	}
	if err == nil {
		return v.done(letterPath(v.r.PathValue("id")), "letter_filed")
	}
	if err := v.refused(&out, err); err != nil {
		return err
	}
	return v.showLetter(http.StatusUnprocessableEntity, what, out)
}

// letterUpload is the form for one of the files of a letter.
type letterUpload struct {
	ID, What string
	Now      bool // it is this form that was refused
	Form     form
}

func uploadOf(view letterView, what string) letterUpload {
	return letterUpload{ID: view.Letter.ID, What: what, Now: view.Which == what, Form: view.Form}
}

// bulkChoice is the letters that something can be done with at once.
type bulkChoice struct {
	Counts []ledger.LetterCount
	Form   form
}

func bulk(counts []ledger.LetterCount, f form) bulkChoice { return bulkChoice{counts, f} }

// letterShape is the shape of a letter's state.
func letterShape(state string) string {
	switch state {
	case ledger.LetterSent:
		return "ok"
	case ledger.LetterIssued:
		return "half"
	case ledger.LetterWithdrawn:
		return "late"
	default:
		return "idle"
	}
}

// invitable are the levels people are invited from.
func invitable() []string { return []string{"opd", "kecamatan", "desa", "secretary", "bpjs"} }
