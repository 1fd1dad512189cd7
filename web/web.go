// Package web is the pages people read: rendered on the server, in Indonesian
// first and English second, without any script. Every page works on a phone, by
// keyboard and on paper, and every list can be taken away as a file.
package web

import (
	"log/slog"
	"net/http"

	"payung/delivery"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/intake"
	"payung/ledger"
	"payung/upload"
)

// Options is what the pages need.
type Options struct {
	Ledger  *ledger.Ledger
	Office  *delivery.Office                          // sends tests; nil: one of its own
	Intake  *intake.Intake                            // reads files; nil: one that has no engine for large ones
	Actor   func(*http.Request) (ledger.Actor, error) // who asks; nil: the operator at the machine
	Log     *slog.Logger
	Version string
	// Sentence says a refusal in a language; nil: in the words of the refusal.
	Sentence func(calendar.Lang, *fault.Fault) string
}

// site serves the pages.
type site struct {
	ledger  *ledger.Ledger
	intake  *intake.Intake
	office  *delivery.Office
	actor   func(*http.Request) (ledger.Actor, error)
	log     *slog.Logger
	version string
	say     func(calendar.Lang, *fault.Fault) string
	static  assets
	pages   pages
	files   upload.Room

	turnstile turnstile // before what anybody may ask
}

// New makes the handler for everything that is not the API. A page that is
// broken in the binary fails here, not when somebody asks for it.
func New(o Options) (http.Handler, error) {
	s := &site{ledger: o.Ledger, intake: o.Intake, actor: o.Actor, log: o.Log, version: o.Version, say: o.Sentence, files: upload.NewRoom(filesAtOnce)}
	if s.office = o.Office; s.office == nil {
		s.office = delivery.New(delivery.Options{Ledger: o.Ledger, Log: o.Log})
	}
	if s.intake == nil {
		s.intake = alone(o.Ledger)
	}
	if s.actor == nil {
		s.actor = func(*http.Request) (ledger.Actor, error) { return ledger.Operator(), nil }
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.say == nil {
		s.say = func(_ calendar.Lang, f *fault.Fault) string { return f.Detail }
	}
	var err error
	if s.static, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = loadPages(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page(s.recap))
	mux.HandleFunc("GET /recap.csv", s.page(s.recapFile))
	mux.HandleFunc("GET /agreements/{id}", s.page(s.agreement))
	mux.HandleFunc("GET /agreements/{id}/obligations.csv", s.page(s.obligationsFile))
	mux.HandleFunc("GET /inbox", s.page(s.inbox))
	mux.HandleFunc("GET /inbox.csv", s.page(s.inboxFile))
	mux.HandleFunc("POST /inbox/{id}/read", s.page(s.markRead))
	mux.HandleFunc("GET /start", s.page(s.start))
	mux.HandleFunc("POST /start", s.page(s.startUpload))
	mux.HandleFunc("GET /start/{id}", s.page(s.startSheet))
	mux.HandleFunc("POST /start/{id}/columns", s.page(s.startColumns))
	mux.HandleFunc("GET /start/{id}/questions", s.page(s.startQuestions))
	mux.HandleFunc("POST /start/{id}/answers", s.page(s.startAnswers))
	mux.HandleFunc("POST /start/{id}/apply", s.page(s.startApply))
	mux.HandleFunc("GET /start/{id}/result", s.page(s.startResult))
	s.lists(mux)
	s.enrolments(mux)
	s.receiving(mux)
	s.posts(mux)
	s.delivering(mux)
	s.planning(mux)
	s.letterheads(mux)
	s.letters(mux)
	s.policies(mux)
	s.fairness(mux)
	s.weeks(mux)
	mux.Handle("GET /static/{name}", s.static)
	mux.HandleFunc("/", s.page(s.nothing))
	return secured(http.NewCrossOriginProtection().Handler(mux)), nil
}

// secured adds the headers every answer carries. Pages run no script and load
// nothing from anywhere else, so nothing else is allowed.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
