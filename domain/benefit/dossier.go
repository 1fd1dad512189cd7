package benefit

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"payung/domain/calendar"
	"payung/domain/worker"
)

//go:embed dossier.json
var dossierFile []byte

var dossiers = func() []Dossier {
	d, err := ParseDossiers(dossierFile)
	if err != nil {
		panic(err) // the file built into the program, which tests have read
	}
	return d
}()

// Dossier is what the claim of an event needs, and by when what happens.
type Dossier struct {
	Event     Event      `json:"event"`
	Documents []Document `json:"documents"`
	// Report is how soon the event is to be reported; nil: no rule was found.
	Report *ReportTerm `json:"report,omitempty"`
	// Payment is how soon a complete claim is to be paid; nil: none was found.
	Payment *PaymentTerm `json:"payment,omitempty"`
}

// Document is one paper of a claim.
type Document struct {
	Code     string      `json:"code"`
	Name     worker.Name `json:"name"`
	Optional bool        `json:"optional,omitempty"` // a claim is complete without it
	worker.Provenance
}

// ReportTerm is how many days after the event it is to be reported.
type ReportTerm struct {
	Days int `json:"days"`
	worker.Provenance
}

// By is the last day of the term.
func (t ReportTerm) By(event calendar.Day) calendar.Day { return event.Add(t.Days) }

// PaymentTerm is how many working days after a complete claim it is to be paid.
type PaymentTerm struct {
	Workdays int `json:"workdays"`
	worker.Provenance
}

// By is the last day of the term.
func (t PaymentTerm) By(c *calendar.Calendar, complete calendar.Day) calendar.Day {
	return c.AddWorkdays(complete, t.Workdays)
}

// FindDossier is what a claim of that event needs, if it is known. Callers
// leave what is inside as it is.
func FindDossier(e Event) (Dossier, bool) {
	i := slices.IndexFunc(dossiers, func(d Dossier) bool { return d.Event == e })
	if i < 0 {
		return Dossier{}, false
	}
	return dossiers[i], true
}

// ParseDossiers reads and checks a data file of dossiers. Unknown fields,
// repeated events or papers, and papers without a source are errors.
func ParseDossiers(data []byte) ([]Dossier, error) {
	var file struct {
		Version  calendar.Day `json:"version"`
		Dossiers []Dossier    `json:"dossiers"`
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("benefit: dossiers: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("benefit: dossiers: there is more after the end")
	}
	if !file.Version.Valid() {
		return nil, fmt.Errorf("benefit: dossiers: version %q is no day", file.Version)
	}
	seen := map[Event]bool{}
	for _, one := range file.Dossiers {
		if seen[one.Event] {
			return nil, fmt.Errorf("benefit: dossiers: %s stands there twice", one.Event)
		}
		seen[one.Event] = true
		if err := one.sound(); err != nil {
			return nil, fmt.Errorf("benefit: dossier of %s: %w", one.Event, err)
		}
	}
	return file.Dossiers, nil
}

func (d Dossier) sound() error {
	seen := map[string]bool{}
	for _, p := range d.Documents {
		if p.Code == "" || seen[p.Code] || p.Name.ID == "" || p.Name.EN == "" || !p.Stated() {
			return fmt.Errorf("document %q is repeated or lacks its name, source or confidence", p.Code)
		}
		seen[p.Code] = true
	}
	switch {
	case !d.Event.Known() || len(d.Documents) == 0:
		return errors.New("the event is unknown or needs nothing")
	case d.Report != nil && (d.Report.Days < 0 || d.Report.Days > 366 || !d.Report.Stated()):
		return errors.New("report: days, source or confidence are missing")
	case d.Payment != nil && (d.Payment.Workdays < 1 || d.Payment.Workdays > 366 || !d.Payment.Stated()):
		return errors.New("payment: working days, source or confidence are missing")
	}
	return nil
}
