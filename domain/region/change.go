package region

import "payung/domain/calendar"

// Change is a code that went out of force. Old codes live on in NIKs and in old
// documents.
type Change struct {
	Code       string       `json:"code"`
	Name       string       `json:"name"`
	ValidTo    calendar.Day `json:"valid_to"` // the last day before the decree
	ReplacedBy string       `json:"replaced_by"`
	Decree     string       `json:"decree"`
}

// ValidFrom is the first day of the new code.
func (c Change) ValidFrom() calendar.Day { return c.ValidTo.Add(1) }

// Changed tells what became of a code that is no longer in force. Only
// kabupaten and kota of the Papua provinces, recoded in 2022 and 2025, are
// recorded so far: a false answer does not mean that the code never existed.
func Changed(code string) (Change, bool) {
	c, ok := changes()[code]
	return c, ok
}
