package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"payung/domain/fault"
	"payung/ledger"
	"payung/upload"
)

// What the drop box takes at a time.
const (
	filesTogether = 60
	bytesTogether = 64 << 20
)

// filesShown is how many files a page has room for: more than come at a time.
const filesShown = 80

// boxView is the drop box: the form, the files with what each may be, and what
// did not come in.
type boxView struct {
	frame
	Form    form
	Parties []party
	Path    string // of this page
	Batch   string
	Show    string // the state that is shown; "": all
	States  []stateLink
	Counts  map[string]int64
	Files   []fileView
	Units   []unitList
	Sure    int      // files of which it is sure whose they are
	Lists   []option // that these may be for, if some of their units owe several
	Older   string
	Left    []leftFile
	Came    int // that were received with those that did not
	Told    string
	known   []string // files that were received before
	asks    placing
}

// stateLink is one way to narrow the files.
type stateLink struct {
	State, URL string
	N          int64
}

// leftFile is one that was not received, and why.
type leftFile struct{ Name, Why string }

// placing is what was typed about one file, when it was wrong.
type placing struct{ id, chosen, unit, wrong string }

// fileStates are the states in the order of their work.
var fileStates = []string{ledger.UploadUnplaced, ledger.UploadNeedsSheet, ledger.UploadPlaced, ledger.UploadSetAside}

// dropBox shows what came in: all of it, or the files that came together.
func (s *site) dropBox(v *visit) error { return v.box(http.StatusOK, boxView{Form: begin()}) }

func (v *visit) box(status int, view boxView) error {
	q := v.r.URL.Query()
	view.Batch = cmp.Or(view.Batch, v.r.PathValue("batch"))
	view.Path = boxPath(view.Batch)
	view.Told = v.told()
	if slices.Contains(fileStates, q.Get("show")) {
		view.Show = q.Get("show")
	}
	err := v.read(func(tx *ledger.Tx) (err error) {
		if view.Parties, err = governments(tx); err != nil {
			return err
		}
		if view.Counts, err = tx.CountUploads(ledger.UploadFilter{Batch: view.Batch}); err != nil {
			return err
		}
		rows, err := tx.NewestUploads(ledger.UploadFilter{Batch: view.Batch, State: view.Show}, q.Get("before"), filesShown+1)
		if err != nil {
			return err
		}
		if len(rows) > filesShown {
			rows = rows[:filesShown]
			view.Older = v.link(url.Values{"before": {rows[filesShown-1].ID}, "done": {""}})
		}
		known := slices.Concat(view.known, q["known"])
		for _, id := range known[:min(len(known), filesTogether)] {
			u, err := tx.Upload(id)
			if err != nil && !fault.Is(err, "not_found") {
				return err
			}
			if err == nil && u.Batch != view.Batch {
				rows = append(rows, u)
			}
		}
		view.Files, view.Units, err = v.shownFiles(tx, rows, view)
		return err
	})
	if err != nil {
		return err
	}
	all := int64(0)
	for _, n := range view.Counts {
		all += n
	}
	if view.Batch != "" && all == 0 && len(view.Files) == 0 && len(view.Left) == 0 {
		return fault.New(fault.NotFound, "not_found", "no files came together under this name")
	}
	view.States = append(view.States, stateLink{"", view.Path, all})
	for _, state := range fileStates {
		view.States = append(view.States, stateLink{state, view.Path + "?show=" + state, view.Counts[state]})
	}
	for _, f := range view.Files {
		if !f.isSure() {
			continue
		}
		view.Sure++
		for _, c := range f.Choices {
			if c.Sure && c.List != "" && !slices.ContainsFunc(view.Lists, func(o option) bool { return o.Code == c.List }) {
				view.Lists = append(view.Lists, option{Code: c.List, Word: c.What})
			}
		}
	}
	title := "files.title"
	if view.Batch != "" {
		title = "files.batch"
	}
	if v.frame.Title, err = v.words.say(title); err != nil {
		return err
	}
	v.frame.Nav = "files"
	v.returned(view.Path)
	view.frame = v.frame
	return v.show(status, "files.html", view)
}

func boxPath(batch string) string {
	if batch == "" {
		return "/files"
	}
	return "/batches/" + url.PathEscape(batch)
}

// bounds are those of one form of the drop box.
func bounds() upload.Bounds {
	return upload.Bounds{Files: filesTogether, Each: upload.Limit, All: bytesTogether}
}
