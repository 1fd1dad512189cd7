package mask_test

import (
	"testing"

	"payung/domain/mask"
)

func TestANumberAsLongAsANIKKeepsItsLastFourDigits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                           "",
		"Sheet1":                     "Sheet1",
		"9901011701900001":           "************0001",
		"NIK 9901 0117 0190 0001 ok": "NIK **** **** **** 0001 ok",
		"990101170190001":            "***********0001",
		"9901.0117-0190.0001":        "****.****-****.0001",
		"0812-3456-7890":             "0812-3456-7890",
		"Desa 2027 (900 orang)":      "Desa 2027 (900 orang)",
		"٩٩٠١٠١١٧٠١٩٠٠٠٠١":           "************٠٠٠١",
	} {
		if got := mask.Numbers(text); got != want {
			t.Errorf("Numbers(%q) = %q, want %q", text, got, want)
		}
		if twice := mask.Numbers(mask.Numbers(text)); twice != want {
			t.Errorf("masked twice %q becomes %q", text, twice)
		}
	}
}
