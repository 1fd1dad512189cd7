package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

func TestPhoneNumbersAreSpelledAsMessengersWantThem(t *testing.T) {
	t.Parallel()
	for phone, want := range map[string]string{
		"0812-3456-789": "628123456789", "+62 812 3456 789": "628123456789", "62 (0)812 3456789": "628123456789", "8123456789": "628123456789",
		"12": "", "": "", "sekdes": "", "0812345678901234567": "",
	} {
		require.Equal(t, want, ledger.PhoneDigits(phone), phone)
	}
}
