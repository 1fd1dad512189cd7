package mandate_test

import (
	"slices"
	"testing"

	"payung/domain/mandate"
)

func TestWhoMayWriteToWhom(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		party, desk string
		to          mandate.Level
		want        []mandate.Signer
	}{
		"a Pemda to villages":            {"pemda", "", mandate.Desa, []mandate.Signer{{Role: "sekda", OnBehalf: "regent"}, {Role: "regent"}}},
		"a dinas to villages":            {"pemda", "opd", mandate.Desa, []mandate.Signer{{Role: "sekda", OnBehalf: "regent"}, {Role: "regent"}}},
		"a dinas to camat":               {"pemda", "opd", mandate.Kecamatan, []mandate.Signer{{Role: "sekda", OnBehalf: "regent"}, {Role: "regent"}}},
		"a camat to villages":            {"pemda", "kecamatan", mandate.Desa, []mandate.Signer{{Role: "head"}}},
		"a dinas to BPJS":                {"pemda", "opd", mandate.BPJS, []mandate.Signer{{Role: "sekda", OnBehalf: "regent"}, {Role: "regent"}, {Role: "head"}}},
		"a Pemda to BPJS":                {"pemda", "", mandate.BPJS, []mandate.Signer{{Role: "sekda", OnBehalf: "regent"}, {Role: "regent"}}},
		"a village to its camat":         {"pemda", "desa", mandate.Kecamatan, []mandate.Signer{{Role: "head"}}},
		"a branch of BPJS to the Bupati": {"bpjs", "", mandate.Regent, []mandate.Signer{{Role: "branch_head"}}},
		"a branch of BPJS to villages":   {"bpjs", "", mandate.Desa, nil},
		"a branch of BPJS to camat":      {"bpjs", "", mandate.Kecamatan, nil},
		"a village to a village":         {"pemda", "desa", mandate.Desa, nil},
		"minutes of a dinas":             {"pemda", "opd", mandate.Own, []mandate.Signer{{Role: "head"}, {Role: "sekda"}, {Role: "regent"}}},
		"a receipt of a Pemda":           {"pemda", "", mandate.Own, []mandate.Signer{{Role: "sekda"}, {Role: "regent"}}},
		"nobody known":                   {"club", "", mandate.Desa, nil},
	} {
		if got := mandate.Signers(c.party, c.desk, c.to); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestNobodyOfBPJSSignsForAPemda(t *testing.T) {
	t.Parallel()
	for _, to := range mandate.Levels() {
		for _, desk := range []string{"", "opd", "kecamatan", "desa", "desk"} {
			for _, s := range mandate.Signers("pemda", desk, to) {
				if s.Role == mandate.RoleBranchHead || s.Role == "officer" {
					t.Errorf("%s signs for a Pemda to %s", s.Role, to)
				}
			}
		}
	}
}

func TestAPostHasALevel(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		party, role, unit string
		want              mandate.Level
	}{
		"Bupati":             {"pemda", "regent", "", mandate.Regent},
		"Sekda":              {"pemda", "sekda", "", mandate.Secretary},
		"camat":              {"pemda", "head", "kecamatan", mandate.Kecamatan},
		"village head":       {"pemda", "head", "desa", mandate.Desa},
		"lurah":              {"pemda", "head", "kelurahan", mandate.Desa},
		"village as a party": {"village", "head", "", mandate.Desa},
		"head of a dinas":    {"pemda", "head", "opd", mandate.Opd},
		"a bank":             {"outside", "head", "", mandate.Outside},
		"branch":             {"bpjs", "branch_head", "", mandate.BPJS},
	} {
		if got := mandate.LevelOf(c.party, c.role, c.unit); got != c.want || !got.Known() {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
