package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"payung/domain/match"
	"payung/ledger"
	"payung/models"
)

// posts adds the pages about posts, their holders, and how people are told.
func (s *site) posts(mux *http.ServeMux) {
	mux.HandleFunc("GET /settings", s.page(s.settings))

	mux.HandleFunc("GET /posts", s.page(s.postList))
	mux.HandleFunc("POST /posts", s.page(s.createPost))
	mux.HandleFunc("GET /posts.csv", s.page(s.postFile))
	mux.HandleFunc("GET /posts/lines", s.page(s.lines))
	mux.HandleFunc("POST /posts/lines", s.page(s.setLines))
	mux.HandleFunc("GET /posts/{id}", s.page(s.post))
	mux.HandleFunc("POST /posts/{id}", s.page(s.changePost))
	mux.HandleFunc("POST /posts/{id}/holders", s.page(s.assignHolder))
	mux.HandleFunc("POST /holders/{id}/vacate", s.page(s.vacate))
	mux.HandleFunc("GET /holders/{id}/preference", s.page(s.preference))
	mux.HandleFunc("POST /holders/{id}/preference", s.page(s.setPreference))
	mux.HandleFunc("GET /holders/{id}/handover", s.page(s.handover))
	mux.HandleFunc("GET /holders/{id}/handover.csv", s.page(s.handoverFile))

	mux.HandleFunc("GET /agreements/{id}/telling", s.page(s.telling))
	mux.HandleFunc("POST /agreements/{id}/telling", s.page(s.recordTelling))
	mux.HandleFunc("GET /agreements/{id}/telling.csv", s.page(s.tellingFile))
	mux.HandleFunc("GET /agreements/{id}/telling/{desk}/picture.png", s.page(s.tellingPicture))
}

// postsView is a party's posts along the line of who is above whom.
type postsView struct {
	frame
	Parties []models.Party
	Party   models.Party
	Search  string
	Which   string // vacant, unheard; "": all
	Rows    []ledger.PostRow
	Tree    []postNode // without a search
	Found   []ledger.PostRow
	Titles  map[string]string // of all posts, by ID
	Vacant  int
	Unheard int
	Hanging int64 // open duties that nobody can be told of
	Form    form
	Told    string
	File    string
}

// postParties bounds the choice of parties: every province has some dozens.
const postParties = 500

func (s *site) postList(v *visit) error { return v.postListing(http.StatusOK, begin()) }

func (v *visit) postListing(status int, f form) error {
	view := postsView{Form: f, Told: v.told(), Search: strings.TrimSpace(v.r.URL.Query().Get("q")), Which: v.r.URL.Query().Get("which")}
	if err := v.read(func(tx *ledger.Tx) error { return v.readPosts(tx, &view) }); err != nil {
		return err
	}
	view.count()
	if view.Search != "" || view.Which != "" {
		view.Found = view.found()
	} else {
		view.Tree = treeOf(view.Rows)
	}
	var err error
	if v.frame.Title, err = v.words.say("posts.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	v.returned("/posts?" + url.Values{"party": {view.Party.ID}}.Encode())
	view.frame = v.frame
	view.File = "/posts.csv?" + url.Values{"party": {view.Party.ID}, "which": {view.Which}, "q": {view.Search}}.Encode()
	return v.show(status, "posts.html", view)
}

// readPosts reads the posts of the party that is asked for, or of the first
// local government.
func (v *visit) readPosts(tx *ledger.Tx, view *postsView) (err error) {
	if view.Parties, view.Party, err = v.partyAsked(tx, view.Form); err != nil || view.Party.ID == "" {
		return err
	}
	view.Rows, err = tx.PostRows(view.Party.ID)
	return err
}

// partyAsked is the party that is asked for among those that have posts of
// their own: local governments first.
func (v *visit) partyAsked(tx *ledger.Tx, f form) ([]models.Party, models.Party, error) {
	all, err := tx.Parties(ledger.Page{Size: postParties})
	if err != nil {
		return nil, models.Party{}, err
	}
	all = slices.DeleteFunc(all, func(p models.Party) bool { return p.Kind != "pemda" && p.Kind != "bpjs" })
	slices.SortFunc(all, func(a, b models.Party) int {
		return cmp.Or(-cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	asked := cmp.Or(f.Value("party"), v.r.URL.Query().Get("party"))
	switch at := slices.IndexFunc(all, func(p models.Party) bool { return p.ID == asked }); {
	case at >= 0:
		return all, all[at], nil
	case asked == "" && len(all) > 0:
		return all, all[0], nil
	case asked == "":
		return nil, models.Party{}, nil
	}
	found, err := tx.Party(asked)
	return append(all, found), found, err
}

func (view *postsView) count() {
	view.Titles = make(map[string]string, len(view.Rows))
	for _, r := range view.Rows {
		view.Titles[r.ID] = r.Title
		if r.Vacant() {
			view.Vacant++
		}
		if r.Unheard() {
			view.Unheard++
			view.Hanging += r.Open
		}
	}
}

// found are the posts that are searched for; those with most open come first.
func (view *postsView) found() []ledger.PostRow {
	key := match.Key(view.Search)
	var out []ledger.PostRow
	for _, r := range view.Rows {
		if view.Which == "vacant" && !r.Vacant() || view.Which == "unheard" && !r.Unheard() {
			continue
		}
		if key == "" || strings.Contains(match.Key(r.Title+" "+r.UnitName+" "+r.Kecamatan+" "+r.Holder.Name), key) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b ledger.PostRow) int { return cmp.Compare(b.Open, a.Open) })
	return out
}

// createPost records a post outside the heads of units.
func (s *site) createPost(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	var made models.Post
	err = v.write(func(tx *ledger.Tx) error {
		made, err = tx.CreatePost(f.Value("party"), ledger.PostInput{Title: f.text("title"), Role: cmp.Or(f.text("role"), "staff")})
		return err
	})
	if err == nil {
		return v.done("/posts/"+url.PathEscape(made.ID), "post")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.postListing(http.StatusUnprocessableEntity, f)
}

// postFile is the posts as a file.
func (s *site) postFile(v *visit) error {
	view := postsView{Form: begin(), Search: strings.TrimSpace(v.r.URL.Query().Get("q")), Which: v.r.URL.Query().Get("which")}
	if err := v.read(func(tx *ledger.Tx) error { return v.readPosts(tx, &view) }); err != nil {
		return err
	}
	view.count()
	f, err := v.file("kecamatan", "unit", "post", "holder", "capacity", "mandate", "since_day", "until_day", "above", "told", "via", "open")
	if err != nil {
		return err
	}
	for _, r := range view.found() {
		via, err := v.words.via(r.Told)
		if err != nil {
			return err
		}
		capacity := ""
		if !r.Vacant() {
			if capacity, err = v.words.say("capacity." + r.Holder.Capacity); err != nil {
				return err
			}
		}
		f.add(r.Kecamatan, r.UnitName, r.Title, r.Holder.Name, capacity, r.Holder.Mandate, r.Holder.ValidFrom, r.Holder.ValidTo,
			view.Titles[r.SuperiorID], r.Told.Name, via, r.Open)
	}
	return f.send("jabatan-"+view.Party.RegionCode, "")
}

// via says how somebody comes to be told for a post.
func (w words) via(a ledger.Addressee) (string, error) {
	if a.Via == "" {
		return w.say("via.nobody")
	}
	return w.say("via." + a.Via)
}

// called is a holder with the word for an acting one before the name.
func called(name, capacity string) string {
	switch capacity {
	case ledger.Plt:
		return "Plt. " + name
	case ledger.Pj:
		return "Pj. " + name
	}
	return name
}
