package api

import (
	"payung/domain/quota"
	"payung/ledger"
)

// QuotaInput sets how many people units should name for a year.
type QuotaInput struct {
	YearID   string     `json:"year_id" maxLength:"64"`
	Rows     []QuotaRow `json:"rows" minItems:"1" maxItems:"2000"`
	SourceID string     `json:"source_id,omitempty" maxLength:"64" doc:"according to whom"`
}

// QuotaRow is one line of a table: a unit by its ID, its region's code or its
// name, or every unit of a kind; and three numbers of people.
type QuotaRow struct {
	UnitID     string `json:"unit_id,omitempty" maxLength:"64"`
	RegionCode string `json:"region_code,omitempty" maxLength:"13" example:"74.05.01.2003"`
	Name       string `json:"name,omitempty" maxLength:"200" doc:"where only one unit is called that"`
	KindOfUnit string `json:"kind_of_unit,omitempty" maxLength:"40" doc:"every unit of that kind that owes a list of the year; rows about one unit count over it" example:"desa"`
	Minimum    int64  `json:"minimum" doc:"people"`
	Ceiling    int64  `json:"ceiling,omitempty" doc:"people; 0: none"`
	Reserve    int64  `json:"reserve,omitempty" doc:"names beyond the minimum, to take the place of refused ones"`
}

// QuotaAnswer says how many units a request has changed.
type QuotaAnswer struct {
	Changed int `json:"changed"`
}

// Shortfall is one unit beside what it should name.
type Shortfall struct {
	UnitID       string `json:"unit_id"`
	UnitName     string `json:"unit_name"`
	Kecamatan    string `json:"kecamatan,omitempty"`
	ObligationID string `json:"obligation_id,omitempty"`
	Answer       string `json:"answer" enum:"none,nihil,list,receiver" doc:"none: it has not answered, which is not zero"`
	Set          bool   `json:"set" doc:"somebody has said how many"`
	Minimum      int64  `json:"minimum"`
	Ceiling      int64  `json:"ceiling" doc:"0: none"`
	Reserve      int64  `json:"reserve"`
	Listed       int64  `json:"listed"`
	Missing      int64  `json:"missing" doc:"to the minimum"`
	Excess       int64  `json:"excess" doc:"beyond the ceiling"`
	SourceID     string `json:"source_id,omitempty"`
}

// ShortfallTotals sums over units.
type ShortfallTotals struct {
	Units   int   `json:"units"`
	Set     int   `json:"set" doc:"units with a quota"`
	Below   int   `json:"below" doc:"units under their minimum"`
	Silent  int   `json:"silent" doc:"of those, units that have not answered"`
	Above   int   `json:"above" doc:"units over their ceiling"`
	Minimum int64 `json:"minimum" doc:"people, as the following"`
	Ceiling int64 `json:"ceiling"`
	Listed  int64 `json:"listed"`
	Missing int64 `json:"missing"`
	Excess  int64 `json:"excess"`
}

// Shortfalls is a year's units beside what they should name.
type Shortfalls struct {
	Items  []Shortfall     `json:"items"`
	Totals ShortfallTotals `json:"totals"`
}

// ShortfallQuery asks about one year.
type ShortfallQuery struct {
	ByID
	YearID string `query:"year_id" required:"true" maxLength:"64"`
	Below  bool   `query:"below" doc:"only units under their minimum; totals stay those of all"`
}

func quotaRoutes(s *server) {
	change(s, PolicyWrite, "/agreements/{id}/quotas", "set-quotas", "Say how many people units should name for a year",
		func(tx *ledger.Tx, in *Of[QuotaInput]) (QuotaAnswer, error) {
			n, err := tx.SetQuotas(in.ID, in.Body.YearID, each(in.Body.Rows, func(r QuotaRow) ledger.QuotaInput {
				return ledger.QuotaInput{
					UnitID: r.UnitID, RegionCode: r.RegionCode, Name: r.Name, KindOfUnit: r.KindOfUnit,
					Quota: quota.Quota{Minimum: r.Minimum, Ceiling: r.Ceiling, Reserve: r.Reserve},
				}
			}), in.Body.SourceID)
			return QuotaAnswer{Changed: n}, err
		})
	read(s, PolicyRead, "/agreements/{id}/shortfalls", "list-shortfalls", "Units beside what they should name, with how many are missing",
		func(tx *ledger.Tx, in *ShortfallQuery) (Shortfalls, error) {
			found, err := tx.Shortfalls(in.ID, in.YearID)
			out := Shortfalls{Items: []Shortfall{}, Totals: totalsView(found.Totals)}
			for _, r := range found.Rows {
				if !in.Below || r.Missing() > 0 {
					out.Items = append(out.Items, shortfallView(r))
				}
			}
			return out, err
		})
}

func shortfallView(r ledger.Shortfall) Shortfall {
	return Shortfall{
		UnitID: r.UnitID, UnitName: r.UnitName, Kecamatan: r.Kecamatan, ObligationID: r.ObligationID, Answer: r.Answer, Set: r.Set, Minimum: r.Minimum,
		Ceiling: r.Ceiling, Reserve: r.Reserve, Listed: r.Listed, Missing: r.Missing(), Excess: r.Excess(), SourceID: r.SourceID,
	}
}

func totalsView(t ledger.ShortfallTotals) ShortfallTotals {
	return ShortfallTotals{
		Units: t.Units, Set: t.Set, Below: t.Below, Silent: t.Silent, Above: t.Above, Minimum: t.Minimum, Ceiling: t.Ceiling, Listed: t.Listed,
		Missing: t.Missed, Excess: t.Excess,
	}
}
