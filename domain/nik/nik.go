// Package nik reads and guards the NIK (nomor induk kependudukan), the number
// of 16 digits that a resident of Indonesia keeps for life.
//
// Its digits are PPKKCC DDMMYY SSSS: province, kabupaten and kecamatan of first
// registration; date of birth, with 40 added to the day for women; a serial
// number from 0001. The number stays when its owner moves house or has a date
// of birth corrected (PP 37/2007 Pasal 37, PP 40/2019), so none of what it says
// about a person may be the reason to turn that person away: [Parse] refuses
// only what cannot be a NIK, and [Check] does no more than warn.
package nik

import (
	"fmt"
	"log/slog"
	"unique"
)

// masked is what everybody sees of a NIK, before its last four digits.
const masked = "************"

// Length is how many digits a NIK has.
const Length = 16

// NIK is a well-formed NIK, made by [Parse], [Restore] or [Synthetic]; the zero
// value is none. NIKs compare with == and can be keys of a map.
//
// However a NIK is printed, logged or marshalled, it shows its last four digits
// only (UU 27/2022 on personal data). The digits are out of reach of printing
// by reflection as well, as happens to unexported fields; [NIK.Reveal] is the
// one way to them. What is masked cannot be read back: unmarshalling into a NIK
// is an error.
type NIK struct {
	digits unique.Handle[string]
}

// Restore is the NIK with the digits that [NIK.Reveal] gave, on their way back
// from where they were kept. It is false if they are not 16 digits; what they
// mean was checked by Parse when they came in.
func Restore(digits string) (NIK, bool) {
	if len(digits) != Length || countDigits(digits) != Length {
		return NIK{}, false
	}
	return NIK{digits: unique.Make(digits)}, true
}

// IsZero reports that there is no NIK.
func (n NIK) IsZero() bool { return n == NIK{} }

// Reveal is the 16 digits, for the export to BPJS, for encryption and for the
// keyed hash that finds duplicates. Every call of it is a place to look after.
func (n NIK) Reveal() string {
	if n.IsZero() {
		return ""
	}
	return n.digits.Value()
}

// String is the mask with the last four digits, "************0001", or nothing
// for no NIK.
func (n NIK) String() string {
	if n.IsZero() {
		return ""
	}
	return masked + n.digits.Value()[len(masked):]
}

// GoString is the mask too; see [NIK.String].
func (n NIK) GoString() string { return n.String() }

// Format prints the mask whatever the verb; %q puts it in quotes.
func (n NIK) Format(f fmt.State, verb rune) {
	if verb != 'q' {
		verb = 's'
	}
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), n.String())
}

// LogValue is the mask.
func (n NIK) LogValue() slog.Value { return slog.StringValue(n.String()) }

// MarshalText is the mask; JSON, XML and keys of maps use it.
func (n NIK) MarshalText() ([]byte, error) { return []byte(n.String()), nil }
