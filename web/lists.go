package web

import "net/http"

// lists adds the pages about who is on a list, who should be, and what anybody
// says against it.
func (s *site) lists(mux *http.ServeMux) {
	mux.HandleFunc("GET /obligations/{id}", s.page(s.list))
	mux.HandleFunc("GET /obligations/{id}/join", s.page(s.joinForm))
	mux.HandleFunc("POST /obligations/{id}/join", s.page(s.join))
	mux.HandleFunc("GET /obligations/{id}/nihil", s.page(s.nihilForm))
	mux.HandleFunc("POST /obligations/{id}/nihil", s.page(s.nihil))
	mux.HandleFunc("GET /people/{id}/leave", s.page(s.leaveForm))
	mux.HandleFunc("POST /people/{id}/leave", s.page(s.leave))
	mux.HandleFunc("GET /people/{id}/restore", s.page(s.restoreForm))
	mux.HandleFunc("POST /people/{id}/restore", s.page(s.restore))

	mux.HandleFunc("GET /agreements/{id}/targets", s.page(s.targets))
	mux.HandleFunc("POST /agreements/{id}/targets", s.page(s.setTargets))
	mux.HandleFunc("GET /agreements/{id}/targets.csv", s.page(s.targetsFile))

	mux.HandleFunc("GET /agreements/{id}/windows", s.page(s.windows))
	mux.HandleFunc("POST /agreements/{id}/windows", s.page(s.openWindow))
	mux.HandleFunc("GET /windows/{id}", s.page(s.window))
	mux.HandleFunc("GET /windows/{id}/pages.csv", s.page(s.windowFile))
	mux.HandleFunc("POST /windows/{id}/move", s.page(s.moveWindow))
	mux.HandleFunc("POST /objections/{id}/decide", s.page(s.decideObjection))

	mux.HandleFunc("GET /uji-publik/{token}", s.public(s.publicList))
	mux.HandleFunc("POST /uji-publik/{token}", s.public(s.object))
	mux.HandleFunc("GET /uji-publik/{token}/code", s.public(s.findReceipt))
	mux.HandleFunc("GET /uji-publik/{token}/{code}", s.public(s.publicReceipt))

	mux.HandleFunc("GET /agreements/{id}/claims", s.page(s.claims))
	mux.HandleFunc("GET /claims/{id}", s.page(s.claim))
	mux.HandleFunc("POST /claims/{id}/papers/{code}", s.page(s.receivePaper))
}
