package cli

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"payung/api"
	"payung/ledger"
	"payung/upload"
)

// sentFile is what became of one file.
type sentFile struct {
	File         string `json:"file"`
	UploadID     string `json:"upload_id,omitempty"`
	Known        bool   `json:"known,omitempty"` // it was received before
	Kind         string `json:"kind,omitempty"`
	Unit         string `json:"unit,omitempty"`
	ObligationID string `json:"obligation_id,omitempty"`
	ImportID     string `json:"import_id,omitempty"`
	State        string `json:"state,omitempty"` // of the reading, or of the file if it is not read
	People       int64  `json:"people"`
	Bad          int64  `json:"bad"`
	Next         string `json:"next"`
	Failed       bool   `json:"failed,omitempty"` // it was not received
}

// send sends one file, has it read and, if asked, accepted.
func (d *desk) send(path string) sentFile {
	out := sentFile{File: shownName(path)}
	content, err := os.ReadFile(path)
	switch {
	case err != nil:
		return out.failed(err)
	case int64(len(content)) > upload.Limit:
		return out.failed(fmt.Errorf("larger than %d MiB", upload.Limit>>20))
	case len(content) == 0:
		return out.failed(errors.New("empty"))
	}
	u, err := d.client.file("/parties/"+d.party+"/uploads", path, content, map[string]string{
		"sender": d.Sender, "on_behalf": d.OnBehalf, "received_on": d.ReceivedOn, "batch": d.batch,
	})
	if err != nil {
		return out.failed(err)
	}
	out.File, out.UploadID, out.Known, out.Kind, out.State = u.Name, u.ID, u.Known, u.Kind, u.State
	if u.State == ledger.UploadSetAside {
		out.Next = "set aside before; nothing to do"
		return out
	}
	if u, err = d.place(u); err != nil {
		out.Next = sentenceOf(err)
		return out
	}
	out.ObligationID, out.Unit, out.State = u.ObligationID, d.names[u.UnitID], u.State
	switch {
	case u.State == ledger.UploadNeedsSheet:
		out.Next = "received. " + u.Detail
	case u.ObligationID == "":
		out.Next = "whose is it? " + likely(u)
	default:
		d.read(u, &out)
	}
	return out
}

// place says whose a file is where that is known: by the caller, by an earlier
// day, or by the match, if it is sure.
func (d *desk) place(u api.Upload) (api.Upload, error) {
	in := api.PlaceInput{ObligationID: d.Obligation, OnBehalf: d.OnBehalf}
	switch {
	case d.Obligation != "":
	case d.unit != "":
		in.UnitID = d.unit
	case u.ObligationID != "":
		return u, nil
	case len(u.Proposals) > 0 && u.Proposals[0].Sure && u.Proposals[0].ObligationID != "":
		in.ObligationID = u.Proposals[0].ObligationID
	default:
		return u, nil
	}
	return post[api.Upload](d.client, "/uploads/"+u.ID+"/place", "", in)
}

// read has a file read, waits for a large one, and accepts it if asked.
func (d *desk) read(u api.Upload, out *sentFile) {
	i, err := post[api.ImportDetail](d.client, "/uploads/"+u.ID+"/imports", "", api.ReadInput{ObligationID: u.ObligationID, OnBehalf: d.OnBehalf})
	for err == nil && i.State == ledger.ImportReading {
		if err = d.client.wait(time.Second); err == nil {
			i, err = get[api.ImportDetail](d.client, "/imports/"+i.ID)
		}
	}
	if err != nil {
		out.Next = sentenceOf(err)
		return
	}
	out.ImportID, out.State, out.People, out.Bad = i.ID, i.State, i.Good, i.Bad
	if i.State == ledger.ImportReady && d.Accept {
		if _, err = post[api.Roster](d.client, "/imports/"+i.ID+"/accept", "import/"+i.ID, api.AcceptanceInput{}); err != nil {
			out.Next = sentenceOf(err)
			return
		}
		i.State, out.State = ledger.ImportAccepted, ledger.ImportAccepted
	}
	out.Next = next(i)
}

// next is what somebody has to do about a reading.
func next(i api.ImportDetail) string {
	var parts []string
	switch i.State {
	case ledger.ImportAccepted:
		parts = append(parts, "on the list")
	case ledger.ImportReady:
		parts = append(parts, "accept it")
	default:
		parts = append(parts, i.State+": "+i.Detail)
	}
	if i.Bad > 0 && i.State != ledger.ImportRefused {
		parts = append(parts, fmt.Sprintf("mend %d rows", i.Bad))
	}
	if i.Questions.Open > 0 {
		parts = append(parts, fmt.Sprintf("say what became of %d people", i.Questions.Open))
	}
	return strings.Join(parts, "; ")
}

// likely names the units a file may belong to.
func likely(u api.Upload) string {
	var names []string
	for _, p := range u.Proposals[:min(len(u.Proposals), 3)] {
		names = append(names, p.UnitName)
	}
	if len(names) == 0 {
		return "name it with --unit"
	}
	return "perhaps " + strings.Join(names, ", or ")
}

func (f sentFile) failed(err error) sentFile {
	f.Failed, f.Next = true, "not received: "+sentenceOf(err)
	return f
}

// sentenceOf is what a person should read of an error.
func sentenceOf(err error) string {
	if p, ok := errors.AsType[*api.Problem](err); ok && p.Status != http.StatusInternalServerError {
		return p.Detail
	}
	return err.Error()
}
