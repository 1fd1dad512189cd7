package api

import (
	"payung/domain/calendar"
	"payung/ledger"
)

// Coverage is how far everybody is on a day, as far as the caller sees.
type Coverage struct {
	AsOf      string         `json:"as_of,omitempty" format:"date" doc:"the day shown; absent: now"`
	Items     []CoverageItem `json:"items" doc:"what needs action first"`
	Prospects []Prospect     `json:"prospects" doc:"regions that have nothing for a group"`
	Reported  []Reported     `json:"reported" doc:"numbers about regions, of no agreement"`
}

// CoverageItem is one agreement. Computed and reported numbers stand side by
// side; none is made to fit the other.
type CoverageItem struct {
	AgreementID string     `json:"agreement_id"`
	Title       string     `json:"title"`
	PartyID     string     `json:"party_id"`
	Party       string     `json:"party"`
	RegionCode  string     `json:"region_code,omitempty"`
	Stage       string     `json:"stage" enum:"prepared,met,basis,signed,collecting,answered,renewal,run_out,ended"`
	SignedOn    *Date      `json:"signed_on,omitempty" doc:"signing is not cover"`
	Historical  bool       `json:"historical"`
	Duties      Duties     `json:"duties"`
	People      People     `json:"people"`
	Reported    []Reported `json:"reported"`
	Findings    []string   `json:"findings" doc:"codes of what is not as it should be"`
}

// Duties counts what units owe.
type Duties struct {
	Answered      int64       `json:"answered"`
	Nihil         int64       `json:"nihil" doc:"a signed statement that there is nobody"`
	Submitted     int64       `json:"submitted"`
	Paused        int64       `json:"paused"`
	NoAnswer      int64       `json:"no_answer" doc:"a dated request was delivered and nothing came"`
	NotRegistered int64       `json:"not_registered" doc:"nobody has been asked yet"`
	Late          int64       `json:"late" doc:"open past the target date; counted above too"`
	LateSince     string      `json:"late_since,omitempty" format:"date"`
	Undated       int64       `json:"undated" doc:"open with no date; counted above too"`
	SetAside      int64       `json:"set_aside" doc:"could not be stepped; counted above too"`
	Denominator   Denominator `json:"denominator"`
}

// People counts people in each state. No state implies another.
type People struct {
	Listed      int64        `json:"listed"`
	Submitted   int64        `json:"submitted"`
	Registered  int64        `json:"registered"`
	Paid        int64        `json:"paid"`
	Protected   int64        `json:"protected"`
	Denominator *Denominator `json:"denominator,omitempty" doc:"of all people there should be; absent: nobody has said"`
}

// Denominator is what a share is a share of, and who says so.
type Denominator struct {
	Value      int64  `json:"value"`
	About      bool   `json:"about,omitempty"`
	Definition string `json:"definition"`
	Source     string `json:"source"`
	AsOf       Date   `json:"as_of"`
}

// Reported is a number somebody reported, with its source.
type Reported struct {
	Figure
	Source *Source `json:"source,omitempty"`
	Of     int64   `json:"of,omitempty" doc:"units of the kind it counts, as the register has them"`
}

func reportedView(r ledger.Reported) Reported {
	return Reported{Figure: figureView(r.Figure), Source: namedSource(r.Source), Of: r.Of}
}

func recapRoutes(s *server) {
	read(s, PolicyRead, "/coverage", "get-coverage", "Coverage of every agreement in sight, now or at the end of a day",
		func(tx *ledger.Tx, in *DayQuery) (Coverage, error) {
			day, err := tx.AsOf(in.AsOf)
			if err != nil {
				return Coverage{}, err
			}
			r, err := tx.Recap(day)
			if err != nil {
				return Coverage{}, err
			}
			return Coverage{
				AsOf: string(day), Items: each(r.Rows, coverageItem), Reported: each(r.Figures, reportedView),
				Prospects: each(r.Prospects, func(p ledger.ProspectRow) Prospect { return prospectView(p.Prospect) }),
			}, nil
		})
}

func coverageItem(r ledger.RecapRow) CoverageItem {
	d := r.Duties
	return CoverageItem{
		AgreementID: r.Agreement.ID, Title: r.Agreement.Title, PartyID: r.Party.ID, Party: r.Party.Name, RegionCode: r.Party.RegionCode,
		Stage: string(r.Stage), SignedOn: knownDate(r.SignedOn), Historical: r.Agreement.Historical,
		Duties: Duties{
			Answered: d.Answered, Nihil: d.Nihil, Submitted: d.Submitted, Paused: d.Paused, NoAnswer: d.NoAnswer, NotRegistered: d.NotRegistered,
			Late: d.Late, LateSince: string(d.LateSince), Undated: d.Undated, SetAside: d.SetAside,
			Denominator: Denominator{
				Value: d.All, Definition: "every unit that owes something in the latest year of each line, or still owes from before",
				Source: "this ledger", AsOf: Date{On: string(r.Today), Precision: string(calendar.Exact)},
			},
		},
		People: People{
			Listed: r.People.Listed, Submitted: r.People.Submitted, Registered: r.People.Registered, Paid: r.People.Paid, Protected: r.People.Protected,
			Denominator: denominator(r.Figures),
		},
		Reported: each(r.Figures, reportedView), Findings: append([]string{}, r.Findings...),
	}
}

// potential is the measure of a reported figure that says how many people there
// should be.
const potential = "potential"

// denominator is the latest reported number of all people there should be.
func denominator(figures []ledger.Reported) *Denominator {
	for _, f := range figures {
		if f.Measure == potential {
			source := f.Source.Title
			if f.Source.Publisher != "" {
				source = f.Source.Publisher + ": " + source
			}
			return &Denominator{Value: f.Value, About: f.About, Definition: f.Definition, Source: source, AsOf: dateOf(f.OnDay, f.Precision)}
		}
	}
	return nil
}
