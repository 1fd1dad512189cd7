package nik

// Level is how much a finding weighs.
type Level string

// The levels. Only an error keeps a NIK out.
const (
	Error   Level = "error"
	Warning Level = "warning" // someone should look; Dukcapil can correct it
	Notice  Level = "info"
)

// Code says what was found; the words for it belong to whoever shows it.
type Code string

// The errors of [Parse].
const (
	Missing         Code = "missing"          // nothing was written
	Scientific      Code = "scientific"       // 7.40106E+15: Excel took it for a number and the last digits are gone
	TooShort        Code = "too_short"        // fewer than 16 digits: lost in Excel or in typing
	TooLong         Code = "too_long"         // more than 16 digits
	Separated       Code = "separated"        // blanks, dots, commas or hyphens between the digits
	LetterForDigit  Code = "letter_for_digit" // the letter O for 0, or I or l for 1
	NotDigits       Code = "not_digits"       // some other character
	AllZeros        Code = "all_zeros"        // a filler, not a number
	NoSuchDay       Code = "no_such_day"      // day not 01-31 or 41-71, or not in that month: 30 February
	NoSuchMonth     Code = "no_such_month"    // month not 01-12
	NoSuchSerial    Code = "no_such_serial"   // serial 0000; often 0001-0009 rounded by Excel
	ImplausibleYear Code = "implausible_year" // neither century gives an age of 15 to 100
)

// The infos of [Parse].
const (
	Trimmed      Code = "trimmed"       // blanks around it or an apostrophe before it were left off
	MaybeRounded Code = "maybe_rounded" // ends in 0, as every 16-digit number does that Excel took for a number
)

// What [Check] finds: two warnings about the person, one about the number, and
// one info.
const (
	BirthDiffers    Code = "birth_differs"
	SexDiffers      Code = "sex_differs"
	UnknownDistrict Code = "unknown_district" // kecamatan not in the current table: split or recoded since
	OtherDomicile   Code = "other_domicile"   // first registered elsewhere than where the person lives
)

// Finding is one thing to say about a NIK. It never holds digits of the NIK;
// what the words need beyond its code are numbers about the writing.
type Finding struct {
	Level  Level `json:"level"`
	Code   Code  `json:"code"`
	Digits int   `json:"digits,omitempty"` // how many digits there are, for TooShort and TooLong
	At     int   `json:"at,omitempty"`     // the first wrong character, counted from 1, for Separated, LetterForDigit and NotDigits
}
