package worker

import (
	"slices"

	"payung/domain/calendar"
)

// WageBase is what wage a contribution is computed from.
type WageBase string

// The wage bases seen in practice. Which one applies is agreed per line of an
// agreement; no rule for it was found.
const (
	ActualWage WageBase = "actual" // upah or siltap as paid
	UMP        WageBase = "ump"    // the minimum wage of the province
	UMK        WageBase = "umk"    // the minimum wage of the regency
	BPUClass   WageBase = "class"  // the nominal wage of the class of income
)

func (b WageBase) known() bool {
	return slices.Contains([]WageBase{ActualWage, UMP, UMK, BPUClass}, b)
}

// Group is a kind of worker that a line of an agreement protects.
type Group struct {
	Code    string  `json:"code"`
	Name    Name    `json:"name"`
	Segment Segment `json:"segment"`
	// Programmes is the usual set; Options are others the parties may choose.
	Programmes []Programme `json:"programmes"`
	Options    []Option    `json:"options,omitempty"`
	// WageBases are those in use, the usual one first.
	WageBases []WageBase `json:"wage_bases"`
	// Age is the window on the day of registration; nil: none is known.
	Age *Window `json:"age,omitempty"`
	// Funding lists codes of [Funding] that may pay, the usual one first.
	Funding []string `json:"funding"`
	// Lead is the default role that answers for the group at the Pemda, such as
	// personnel_lead; local names of offices are mapped to roles elsewhere.
	Lead string `json:"lead"`
	// Employer says who employs or registers the people: pemda, village,
	// ministry, association, or nobody.
	Employer string `json:"employer"`
	// NeedsBasis says that a regional regulation must name the group before
	// public money is spent on it.
	NeedsBasis bool         `json:"needs_basis"`
	ValidFrom  calendar.Day `json:"valid_from"`
	ValidTo    calendar.Day `json:"valid_to,omitempty"` // last day; empty: still in use
	// PhaseOut is the day by which the law wants the group gone, although
	// people are still in it; nil: no such law.
	PhaseOut *PhaseOut `json:"phase_out,omitempty"`
	Provenance
}

// Option is another set of programmes for a group, from a day on.
type Option struct {
	Programmes []Programme  `json:"programmes"`
	From       calendar.Day `json:"from"`
	Provenance
}

// PhaseOut is a legal end of a group that practice has not caught up with.
type PhaseOut struct {
	By calendar.Day `json:"by"`
	Provenance
}

// On reports whether the group is in use on day d.
func (g Group) On(d calendar.Day) bool {
	return g.ValidFrom <= d && (g.ValidTo == "" || d <= g.ValidTo)
}

// ProgrammeSets are the sets the parties may agree on for a registration on day
// d, the usual one first.
func (g Group) ProgrammeSets(d calendar.Day) [][]Programme {
	sets := [][]Programme{slices.Clone(g.Programmes)}
	for _, o := range g.Options {
		if o.From <= d {
			sets = append(sets, slices.Clone(o.Programmes))
		}
	}
	return sets
}

// PayableFrom reports whether the funding source with that code may pay for
// the group.
func (g Group) PayableFrom(funding string) bool { return slices.Contains(g.Funding, funding) }
