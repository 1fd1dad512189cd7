package roster

import "slices"

// Rule is the code of something that can be found; it is stable, and [Say]
// has the words for it.
type Rule string

// Rules about the NIK. Those that begin with "nik_" say what package nik found
// in the digits.
const (
	NIKMissing         Rule = "nik_missing"
	NIKScientific      Rule = "nik_scientific"
	NIKTooShort        Rule = "nik_too_short"
	NIKTooLong         Rule = "nik_too_long"
	NIKSeparated       Rule = "nik_separated"
	NIKLetterForDigit  Rule = "nik_letter_for_digit"
	NIKNotDigits       Rule = "nik_not_digits"
	NIKAllZeros        Rule = "nik_all_zeros"
	NIKNoSuchDay       Rule = "nik_no_such_day"
	NIKNoSuchMonth     Rule = "nik_no_such_month"
	NIKNoSuchSerial    Rule = "nik_no_such_serial"
	NIKImplausibleYear Rule = "nik_implausible_year"
	NIKTrimmed         Rule = "nik_trimmed"
	NIKMaybeRounded    Rule = "nik_maybe_rounded"
	NIKBirthDiffers    Rule = "nik_birth_differs"
	NIKSexDiffers      Rule = "nik_sex_differs"
	NIKUnknownDistrict Rule = "nik_unknown_district"
	NIKOtherDomicile   Rule = "nik_other_domicile"

	NumericNIK     Rule = "numeric_nik"     // the cell holds a number; its param lost is "yes" when the 16th digit is surely gone, else "maybe"
	FormulaNIK     Rule = "formula_nik"     // the cell is computed
	MaskedNIK      Rule = "masked_nik"      // ************1234 in a row that was not filled by us
	SwappedColumns Rule = "swapped_columns" // the NIK stands under the name and the name under the NIK
	RepeatedNIK    Rule = "repeated_nik"    // stands in an earlier row too
)

// Rules about the person.
const (
	NameMissing      Rule = "name_missing"
	NameTooLong      Rule = "name_too_long"
	NameHasDigits    Rule = "name_has_digits"
	NameIsNumber     Rule = "name_is_number" // a second NIK, or a number of a family card
	SamePerson       Rule = "same_person"    // name and birth of another row, with another NIK
	BornMissing      Rule = "born_missing"
	BornBad          Rule = "born_bad"         // cannot be read
	BornNoSuchDay    Rule = "born_no_such_day" // 31 February
	BornMonthFirst   Rule = "born_month_first" // 07/25/1980
	BornImplausible  Rule = "born_implausible" // younger than 15 or older than 100, or not born yet
	TooYoung         Rule = "too_young"        // for the group
	TooOld           Rule = "too_old"          // for the group
	GroupNotInUse    Rule = "group_not_in_use" // about the list
	GroupPhasedOut   Rule = "group_phased_out" // about the list
	SexBad           Rule = "sex_bad"          // neither L nor P
	WageMissing      Rule = "wage_missing"     // although the contribution depends on it
	WageBad          Rule = "wage_bad"         // cannot be read
	WageAmbiguous    Rule = "wage_ambiguous"   // 2,500: which mark is which?
	WageWorded       Rule = "wage_worded"      // 1,5 juta
	WageRounded      Rule = "wage_rounded"     // sen were left off
	WageBelow        Rule = "wage_below"       // what the agreement says is the least
	WageAbove        Rule = "wage_above"       // what the agreement says is the most
	PhoneBad         Rule = "phone_bad"
	PhoneRestored    Rule = "phone_restored"  // the 0 in front was lost and put back
	VillageUnknown   Rule = "village_unknown" // not on the list of villages
	NumberHidden     Rule = "number_hidden"   // a number as long as a NIK, where none belongs
	StartBad         Rule = "start_bad"       // cannot be read, or is no day
	StartBeforeBirth Rule = "start_before_born"
	ReserveBad       Rule = "reserve_bad" // neither yes nor no
)

// Rules about people who have left.
const (
	LeavingBad         Rule = "leaving_bad"          // no reason that is known; "Tidak" says that somebody left and not why
	LeavingUnsaid      Rule = "leaving_unsaid"       // a day of leaving and no reason
	LeavingDateMissing Rule = "leaving_date_missing" // a reason and no day
	LeavingDateBad     Rule = "leaving_date_bad"     // cannot be read, or is no day
	LeavingDateLater   Rule = "leaving_date_later"   // lies ahead: nobody leaves in advance
	LeavingDateEarly   Rule = "leaving_date_early"   // lies before birth
	LeaverUnlisted     Rule = "leaver_unlisted"      // stands on no list to be taken off
	RecordedDead       Rule = "recorded_dead"        // and named again
	TakenOff           Rule = "taken_off"            // since the template was made, and the row says nothing of it
)

// Rules about cells, rows and columns.
const (
	ErrorCell          Rule = "error_cell"   // #REF!
	HiddenRow          Rule = "hidden_row"   // by hand or by a filter
	MergedCells        Rule = "merged_cells" // one cell over several rows
	UnknownRowID       Rule = "unknown_row_id"
	DuplicateRowID     Rule = "duplicate_row_id"
	LockedCellChanged  Rule = "locked_cell_changed"
	PersonMissing      Rule = "person_missing" // was on the last list: left, died or forgotten?
	MappingWithoutNIK  Rule = "mapping_without_nik"
	MappingWithoutName Rule = "mapping_without_name"
	MappingUnknown     Rule = "mapping_unknown_field"
	MappingTwice       Rule = "mapping_twice"      // two fields in one column
	MappingBadColumn   Rule = "mapping_bad_column" // no column of a sheet
)

// Rules about where a file comes from; all of them refuse it.
const (
	IdentityMissing Rule = "identity_missing"
	IdentityBroken  Rule = "identity_broken"
	OtherFormat     Rule = "other_format"
	OtherObligation Rule = "other_obligation"
	OtherUnit       Rule = "other_unit"
	OtherLine       Rule = "other_line"
	OtherYear       Rule = "other_year"
	OtherGeneration Rule = "other_generation"
	OtherRoster     Rule = "other_roster"
)

// OtherVillage is the warning that half of the rows or more name another
// village than the one the list is handed in for.
const OtherVillage Rule = "other_village"

// ruleOrder is the order in which lists of rules are shown.
var ruleOrder = [...]Rule{
	IdentityMissing, IdentityBroken, OtherFormat, OtherObligation, OtherUnit, OtherLine, OtherYear, OtherGeneration, OtherRoster,
	OtherVillage, MappingWithoutNIK, MappingWithoutName, MappingUnknown, MappingTwice, MappingBadColumn, GroupNotInUse, GroupPhasedOut,
	NumericNIK, FormulaNIK, SwappedColumns, NIKMissing, NIKScientific, NIKTooShort, NIKTooLong, NIKSeparated, NIKLetterForDigit, NIKNotDigits,
	NIKAllZeros, NIKNoSuchDay, NIKNoSuchMonth, NIKNoSuchSerial, NIKImplausibleYear, MaskedNIK, RepeatedNIK,
	NameMissing, NameTooLong, NameIsNumber, NameHasDigits, SamePerson,
	BornMissing, BornBad, BornNoSuchDay, BornMonthFirst, BornImplausible, TooYoung, TooOld, SexBad,
	WageMissing, WageBad, WageAmbiguous, WageWorded, WageRounded, WageBelow, WageAbove,
	PhoneBad, PhoneRestored, VillageUnknown, NumberHidden, StartBad, StartBeforeBirth, ReserveBad,
	LeavingBad, LeavingUnsaid, LeavingDateMissing, LeavingDateBad, LeavingDateLater, LeavingDateEarly, LeaverUnlisted, TakenOff, RecordedDead,
	UnknownRowID, DuplicateRowID, LockedCellChanged, PersonMissing, ErrorCell, MergedCells, HiddenRow,
	NIKBirthDiffers, NIKSexDiffers, NIKUnknownDistrict, NIKOtherDomicile, NIKMaybeRounded, NIKTrimmed,
}

// Rules are all rules in the order in which lists show them.
func Rules() []Rule { return slices.Clone(ruleOrder[:]) }
