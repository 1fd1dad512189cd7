package ledger

import (
	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/models"
)

// Reach is how far an actor sees.
type Reach string

// The reaches. A province oversees its kabupaten, a branch the agreements it
// serves, a unit itself.
const (
	Everything Reach = "everything" // the operator of this installation, and the system
	Province   Reach = "province"
	Regency    Reach = "regency"
	Units      Reach = "units"
	Branch     Reach = "branch"
)

// Actor is who reads or writes. Every transaction has one; system work has a
// named one too.
type Actor struct {
	Name         string
	Reach        Reach
	ProvinceCode string
	RegencyCode  string
	UnitIDs      []string
	BranchID     string
}

// System is an actor for work nobody asked for by hand, named for the log.
func System(name string) Actor { return Actor{Name: "system/" + name, Reach: Everything} }

// Operator is whoever sits at the machine, before sign-in exists.
func Operator() Actor { return Actor{Name: "operator", Reach: Everything} }

// placed reports whether the actor has the place its reach speaks of. Without
// one it would be narrowed to rows that belong to no place at all, which are
// other people's.
func (a Actor) placed() bool {
	switch a.Reach {
	case Everything:
		return true
	case Province:
		return a.ProvinceCode != ""
	case Regency, Units:
		return a.RegencyCode != ""
	case Branch:
		return a.BranchID != ""
	}
	return false
}

// within is an actor who reaches as far as a scope's region.
func within(s models.Scope, name string) Actor {
	a := Actor{Name: name, Reach: Regency, ProvinceCode: s.ProvinceCode, RegencyCode: s.RegencyCode}
	switch {
	case s.ProvinceCode == "":
		a.Reach = Everything
	case s.RegencyCode == "":
		a.Reach = Province
	}
	return a
}

// limit narrows a query on a scoped table to what the actor may see. Rows with
// no province are national and seen by all; rows of an agreement as a whole
// have no unit and are seen by every unit of the kabupaten.
func (a Actor) limit(db *gorm.DB, table string) *gorm.DB {
	switch a.Reach {
	case Everything:
		return db
	case Province:
		return db.Where("("+table+".province_code IN ('', ?))", a.ProvinceCode)
	case Regency:
		return db.Where("("+table+".province_code = '' OR "+table+".regency_code = ?)", a.RegencyCode)
	case Units:
		return db.Where("("+table+".province_code = '' OR "+table+".regency_code = ? AND "+table+".unit_id IN ?)",
			a.RegencyCode, append([]string{""}, a.UnitIDs...))
	case Branch:
		return db.Where("("+table+".province_code = '' OR "+table+".branch_id = ?)", a.BranchID)
	}
	return db.Where("1 = 0")
}

// owns reports whether the actor may write rows of that scope.
func (a Actor) owns(s models.Scope) bool {
	switch a.Reach {
	case Everything:
		return true
	case Province:
		return s.ProvinceCode != "" && s.ProvinceCode == a.ProvinceCode
	case Regency:
		return s.RegencyCode != "" && s.RegencyCode == a.RegencyCode
	case Branch:
		return s.BranchID != "" && s.BranchID == a.BranchID
	case Units:
		for _, u := range a.UnitIDs {
			if u != "" && u == s.UnitID && s.RegencyCode == a.RegencyCode {
				return true
			}
		}
	}
	return false
}

// may refuses a write outside the actor's scope.
func (a Actor) may(s models.Scope) error {
	if a.owns(s) {
		return nil
	}
	return fault.New(fault.Forbidden, "outside_scope", "this belongs to another region or unit")
}

func notFound(what string) error {
	return fault.New(fault.NotFound, "not_found", "there is no such %s", what).With("what", what)
}
