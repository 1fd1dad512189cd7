// Package worker knows the groups of people an agreement protects, who may pay
// for them, how old they may be and when their cover begins. The groups are
// data: a new one needs no code.
package worker

import "slices"

// Segment is how BPJS Ketenagakerjaan sorts participants, and with it the way
// their contribution is computed.
type Segment string

// The two segments an agreement deals with.
const (
	PPU Segment = "PPU" // penerima upah: wage earners, a percentage of the wage
	BPU Segment = "BPU" // bukan penerima upah: own-account workers, by class of income
)

// Known reports whether s is one of the segments.
func (s Segment) Known() bool { return s == PPU || s == BPU }

// Programme is one of the social-security programmes for workers.
type Programme string

// The programmes (UU 40/2004, UU 24/2011). JKP, job loss insurance, has no
// contribution of its own here: being enrolled in it changes the rates of JKK
// and JKM.
const (
	JKK Programme = "JKK" // work accident
	JKM Programme = "JKM" // death
	JHT Programme = "JHT" // old age savings
	JP  Programme = "JP"  // pension
)

// Programmes are all programmes in the order in which bills list them.
func Programmes() []Programme { return []Programme{JKK, JKM, JHT, JP} }

// Known reports whether p is one of the programmes.
func (p Programme) Known() bool { return slices.Contains(Programmes(), p) }

// Payer is whose budget a contribution comes from. Relief and fines depend on
// it.
type Payer string

// The payers that the law tells apart.
const (
	APBN     Payer = "apbn"     // the national budget
	APBD     Payer = "apbd"     // the budget of a province or regency
	APBDes   Payer = "apbdes"   // the budget of a village
	Donor    Payer = "donor"    // a company or person paying for others (donatur)
	Self     Payer = "self"     // the worker
	Employer Payer = "employer" // an employer that is no state body
)

// Known reports whether p is one of the payers.
func (p Payer) Known() bool {
	return slices.Contains([]Payer{APBN, APBD, APBDes, Donor, Self, Employer}, p)
}

// Public reports whether the money is public: of the state, a region or a
// village.
func (p Payer) Public() bool { return p == APBN || p == APBD || p == APBDes }
