package agreement_test

import (
	"slices"
	"testing"

	"payung/domain/agreement"
	"payung/domain/fault"
)

func TestEverythingThatIsMissingIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	missing := agreement.Missing(
		agreement.Wanted{Code: agreement.NeedSignature},
		agreement.Wanted{Code: agreement.NeedLine, Met: true},
		agreement.Wanted{Code: agreement.NeedBasis, About: "vulnerable"},
	)
	want := []fault.Reason{{Code: agreement.NeedSignature}, {Code: agreement.NeedBasis, About: "vulnerable"}}
	if !slices.Equal(missing, want) {
		t.Errorf("missing %v, want %v", missing, want)
	}
	f, ok := fault.Of(agreement.Refusal(agreement.OpenYear, missing))
	if !ok || f.Kind != fault.Refused || f.Code != "prerequisites_missing" || f.Params["decision"] != "openYear" || !slices.Equal(f.Reasons, want) {
		t.Errorf("refused with %+v", f)
	}
}

// No decision demands the one that a report lists before it: Konawe Selatan's
// regulation of 2021 came before its agreement of 2023.
func TestRule32_ADecisionWithoutUnmetDemandsStandsInAnyOrder(t *testing.T) {
	t.Parallel()
	for _, d := range agreement.Decisions() {
		for name, missing := range map[string][]fault.Reason{
			"no demand": agreement.Missing(),
			"all met":   agreement.Missing(agreement.Wanted{Code: agreement.NeedSignature, Met: true}),
		} {
			if err := agreement.Refusal(d, missing); err != nil {
				t.Errorf("%s with %s: %v", d, name, err)
			}
		}
	}
}

func TestNamesThatReachHistoriesAreForEver(t *testing.T) {
	t.Parallel()
	decisions := []agreement.Decision{
		"recordMeeting", "bringBasisIntoForce", "replaceBasis", "sign", "openYear", "moveDeadline", "decideRenewal", "terminate",
	}
	if got := agreement.Decisions(); !slices.Equal(got, decisions) {
		t.Errorf("decisions %v", got)
	}
	milestones := []agreement.Milestone{
		"meeting_held", "basis_in_force", "signed", "year_opened", "rosters_in", "renewal_decided", "terminated",
	}
	if got := agreement.Milestones(); !slices.Equal(got, milestones) {
		t.Errorf("milestones %v", got)
	}
}

func TestATerminatedAgreementTakesNoDecisions(t *testing.T) {
	t.Parallel()
	if f, ok := fault.Of(agreement.Closed()); !ok || f.Kind != fault.Refused || f.Code != "agreement_terminated" {
		t.Errorf("closed is %+v", f)
	}
}
