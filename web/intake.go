package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"payung/domain/fault"
	"payung/domain/region"
	"payung/domain/roster"
	"payung/domain/worker"
	"payung/intake"
	"payung/ledger"
)

// receiving adds the pages about the files people send and what becomes of them:
// where they come in, whose they are, what is wrong with them, who is in two of
// them, and who has sent none.
func (s *site) receiving(mux *http.ServeMux) {
	mux.HandleFunc("GET /files", s.page(s.dropBox))
	mux.HandleFunc("POST /files", s.page(s.dropFiles))
	mux.HandleFunc("POST /files/place", s.page(s.placeSure))
	mux.HandleFunc("GET /batches/{batch}", s.page(s.dropBox))
	mux.HandleFunc("POST /files/{id}/place", s.page(s.placeFile))
	mux.HandleFunc("POST /files/{id}/set-aside", s.page(s.setFileAside))
	mux.HandleFunc("GET /files/{id}/original", s.page(s.originalFile))

	mux.HandleFunc("GET /lists/{id}", s.page(s.handIn))
	mux.HandleFunc("GET /lists/{id}/template.xlsx", s.page(s.templateFile))
	mux.HandleFunc("POST /lists/{id}/file", s.page(s.handInFile))
	mux.HandleFunc("POST /lists/{id}/paste", s.page(s.handInPaste))
	mux.HandleFunc("POST /lists/{id}/person", s.page(s.handInPerson))

	mux.HandleFunc("GET /imports/{id}", s.page(s.reading))
	mux.HandleFunc("GET /imports/{id}/errors.xlsx", s.page(s.errorsFile))
	mux.HandleFunc("POST /imports/{id}/accept", s.page(s.acceptReading))
	mux.HandleFunc("POST /imports/{id}/drop", s.page(s.dropReading))
	mux.HandleFunc("POST /imports/{id}/answers", s.page(s.answerMissing))
	mux.HandleFunc("GET /imports/{id}/columns", s.page(s.columns))
	mux.HandleFunc("POST /imports/{id}/columns", s.page(s.mapColumns))

	mux.HandleFunc("GET /conflicts", s.page(s.conflicts))
	mux.HandleFunc("GET /conflicts/across", s.page(s.across))
	mux.HandleFunc("GET /conflicts/across.csv", s.page(s.acrossFile))
	mux.HandleFunc("POST /conflicts/{id}/decide", s.page(s.decideConflict))
	mux.HandleFunc("POST /conflicts/rule", s.page(s.decideByRule))

	mux.HandleFunc("GET /desk/{id}", s.page(s.desk))
	mux.HandleFunc("POST /desk/{id}", s.page(s.recordReceipts))
	mux.HandleFunc("GET /desk/{id}/waiting", s.page(s.waitingUnits))
	mux.HandleFunc("GET /desk/{id}/waiting.csv", s.page(s.waitingFile))
}

// room waits for room to hold a file in memory.
func (v *visit) room() (leave func(), err error) { return v.files.Enter(v.r.Context()) }

// goOn sends the browser to a page after something was done.
func (v *visit) goOn(path string) error {
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// returned sets the page that is shown again after a form was wrong: the other
// language asks for it, not for the form.
func (v *visit) returned(path string) {
	if v.r.Method != http.MethodPost {
		return
	}
	to, query, _ := strings.Cut(path, "?")
	q, _ := url.ParseQuery(query) // written by us
	q.Set("lang", string(other(v.words.lang)))
	v.frame.Here = to + "?" + q.Encode()
}

// code says a stored code in the visitor's language, as a refusal of that code
// would be said.
func (v *visit) code(code string, params map[string]string) string {
	if code == "" {
		return ""
	}
	return v.say(v.words.lang, &fault.Fault{Kind: fault.Invalid, Code: code, Params: params})
}

// governments are the kabupaten and kota that files can be for.
func governments(tx *ledger.Tx) ([]party, error) {
	all, err := tx.Parties(ledger.Page{Size: 1000})
	var out []party
	for _, p := range all {
		if p.Kind == "pemda" && region.RegencyOf(p.RegionCode) != "" {
			out = append(out, party{p.ID, p.Name, p.RegionCode})
		}
	}
	return out, err
}

// party is a local government as a choice.
type party struct{ ID, Name, Region string }

// size is how large a file is, in words.
func (w words) size(n int64) string {
	if n < 1<<20 {
		return number(max(1, n>>10), w.lang) + " KB"
	}
	return number(n>>20, w.lang) + " MB"
}

// weight is the shape of a finding's level.
func weight(level string) string {
	switch roster.Level(level) {
	case roster.Error:
		return "late"
	case roster.Warning:
		return "warn"
	default:
		return "idle"
	}
}

// funding is the name of a source of funds; one that is not known is shown as it
// is.
func (w words) funding(code string) string {
	if f, ok := worker.FindFunding(code); ok {
		return w.local(f.Name)
	}
	return code
}

// alone is the intake of a site without an engine: large files wait.
func alone(l *ledger.Ledger) *intake.Intake {
	return intake.New(l, func(context.Context, string) error {
		return fault.New(fault.Unavailable, "engine_unavailable", "no engine reads files in the background")
	})
}
