package web

import (
	"net/http"

	"payung/ledger"
)

// handoverView is a handover note: a page to print and sign.
type handoverView struct {
	frame
	ledger.HandoverNote
	File string
}

func (s *site) handover(v *visit) error {
	view, err := v.note()
	if err != nil {
		return err
	}
	if v.frame.Title, err = v.words.say("handover.title"); err != nil {
		return err
	}
	v.frame.Title += " – " + view.Post.Title
	v.frame.Nav = "settings"
	view.frame = v.frame
	view.File = v.r.URL.Path + ".csv"
	return v.show(http.StatusOK, "handover.html", view)
}

func (v *visit) note() (view handoverView, err error) {
	err = v.read(func(tx *ledger.Tx) error {
		view.HandoverNote, err = tx.Handover(v.r.PathValue("id"))
		return err
	})
	return view, err
}

// handoverFile is the open duties of a handover note as a file.
func (s *site) handoverFile(v *visit) error {
	view, err := v.note()
	if err != nil {
		return err
	}
	f, err := v.file("title", "duty", "unit", "target", "notices", "last_notice", "groups_told")
	if err != nil {
		return err
	}
	for _, d := range view.Duties {
		duty, err := v.words.duty(d.Kind, d.GroupCode, d.Year)
		if err != nil {
			return err
		}
		last := ""
		if d.LastAt > 0 {
			last = d.LastStep + " " + v.clock(d.LastAt, d.Zone)
		}
		f.add(d.Agreement, duty, d.UnitName, d.TargetOn, d.Told, last, d.Groups)
	}
	return f.send("serah-terima-"+string(view.On), "")
}
