package api

import (
	"encoding/hex"
	"encoding/json"

	"payung/domain/calendar"
	"payung/domain/region"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// Upload is a file that was received. Nothing that came is ever lost.
type Upload struct {
	ID           string     `json:"id"`
	Batch        string     `json:"batch,omitempty"`
	AgreementID  string     `json:"agreement_id,omitempty"`
	ObligationID string     `json:"obligation_id,omitempty" doc:"duty it answers; absent: nobody has said yet"`
	UnitID       string     `json:"unit_id,omitempty"`
	Name         string     `json:"name" doc:"of the file, long numbers masked"`
	Size         int64      `json:"size" doc:"bytes"`
	SHA256       string     `json:"sha256" doc:"of the content, hexadecimal"`
	Kind         string     `json:"kind" doc:"by content: xlsx, ods, csv, html, xls, xlsm, word, pdf, picture, archive, …"`
	State        string     `json:"state" enum:"unplaced,placed,needs_sheet,set_aside"`
	Problem      string     `json:"problem,omitempty" doc:"code of what keeps it from being read as a list"`
	Detail       string     `json:"detail,omitempty" doc:"the problem in a sentence"`
	Sender       string     `json:"sender,omitempty"`
	OnBehalf     string     `json:"on_behalf,omitempty"`
	Proposals    []Proposal `json:"proposals" doc:"units it may belong to, the likeliest first"`
	ReplyText    string     `json:"reply_text" doc:"to paste back to whoever sent it; in Indonesian always"`
	ReceivedOn   string     `json:"received_on" format:"date"`
	Actor        string     `json:"actor"`
	CreatedAt    string     `json:"created_at" format:"date-time"`
	Known        bool       `json:"known,omitempty" doc:"the same content was received before: this is that file"`
}

// Proposal is a unit a file may belong to.
type Proposal struct {
	UnitID       string   `json:"unit_id"`
	UnitName     string   `json:"unit_name"`
	ObligationID string   `json:"obligation_id,omitempty" doc:"the list it owes; absent: none, or several to choose from"`
	Points       int      `json:"points"`
	Sure         bool     `json:"sure" doc:"well ahead of the next"`
	Reasons      []string `json:"reasons" doc:"identity, title, column, file_name, nik_district, district_named, sender"`
}

func shownUpload(tx *ledger.Tx, u models.Upload, inEnglish bool, err error) (Upload, error) {
	if err != nil {
		return Upload{}, err
	}
	views, err := uploadViews(tx, []models.Upload{u}, inEnglish)
	if err != nil {
		return Upload{}, err
	}
	return views[0], nil
}

// uploadViews shows files with the names of the units they may belong to.
// Units the caller does not see are not proposed.
func uploadViews(tx *ledger.Tx, rows []models.Upload, inEnglish bool) ([]Upload, error) {
	proposed := make([][]ledger.Proposed, len(rows))
	var units []string
	for i, u := range rows {
		if err := json.Unmarshal([]byte(u.Proposals), &proposed[i]); err != nil {
			return nil, err
		}
		for _, p := range proposed[i] {
			units = append(units, p.UnitID)
		}
	}
	owed, err := tx.OwedLists(units)
	if err != nil {
		return nil, err
	}
	out := make([]Upload, len(rows))
	for i, u := range rows {
		out[i] = uploadView(u, inEnglish)
		for _, p := range proposed[i] {
			list, seen := owed[p.UnitID]
			if !seen {
				continue
			}
			if p.ObligationID == "" {
				p.ObligationID = list.ObligationID
			}
			out[i].Proposals = append(out[i].Proposals, Proposal{
				UnitID: p.UnitID, UnitName: list.UnitName, ObligationID: p.ObligationID, Points: p.Points, Sure: p.Sure, Reasons: append([]string{}, p.Reasons...),
			})
		}
		out[i].ReplyText = reply(u, len(out[i].Proposals) > 0 && out[i].Proposals[0].Sure)
	}
	return out, nil
}

func uploadView(u models.Upload, inEnglish bool) Upload {
	out := Upload{
		ID: u.ID, Batch: u.Batch, AgreementID: u.AgreementID, ObligationID: u.ObligationID, UnitID: u.UnitID, Name: u.Name, Size: u.Size,
		SHA256: hex.EncodeToString(u.Hash), Kind: u.Kind, State: u.State, Problem: u.Problem, Sender: u.Sender, OnBehalf: u.OnBehalf, Proposals: []Proposal{},
		ReceivedOn: u.ReceivedOn, Actor: u.Actor, CreatedAt: instant(u.CreatedAt, string(region.ZoneOf(u.RegencyCode))),
	}
	if u.Problem != "" {
		out.Detail = sentence(inEnglish, u.Problem, "", nil)
	}
	return out
}

// reply is what to tell the sender of a file. They are people of villages and
// offices, whatever language the desk has chosen.
func reply(u models.Upload, sure bool) string {
	return sentence(false, intake.Reply(u, sure), "", map[string]string{
		"file": u.Name, "date": calendar.Day(u.ReceivedOn).Long(calendar.ID), "problem": sentence(false, u.Problem, "", nil),
	})
}
