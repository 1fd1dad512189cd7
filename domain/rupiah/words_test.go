package rupiah_test

import (
	"math"
	"testing"

	"payung/domain/rupiah"
)

func TestRule37_AmountsAreSpelledOutInIndonesian(t *testing.T) {
	t.Parallel()

	tests := map[rupiah.Amount]string{
		0:             "nol rupiah",
		1:             "satu rupiah",
		10:            "sepuluh rupiah",
		11:            "sebelas rupiah",
		12:            "dua belas rupiah",
		19:            "sembilan belas rupiah",
		20:            "dua puluh rupiah",
		21:            "dua puluh satu rupiah",
		100:           "seratus rupiah",
		101:           "seratus satu rupiah",
		111:           "seratus sebelas rupiah",
		999:           "sembilan ratus sembilan puluh sembilan rupiah",
		1_000:         "seribu rupiah",
		1_100:         "seribu seratus rupiah",
		2_000:         "dua ribu rupiah",
		11_000:        "sebelas ribu rupiah",
		16_800:        "enam belas ribu delapan ratus rupiah",
		21_000:        "dua puluh satu ribu rupiah",
		100_001:       "seratus ribu satu rupiah",
		101_000:       "seratus satu ribu rupiah",
		1_000_000:     "satu juta rupiah",
		1_001_000:     "satu juta seribu rupiah",
		42_000_000:    "empat puluh dua juta rupiah",
		1_000_000_000: "satu miliar rupiah",
		3_386_880_000: "tiga miliar tiga ratus delapan puluh enam juta delapan ratus delapan puluh ribu rupiah",
		1e12 + 1:      "satu triliun satu rupiah",
		2e15:          "dua kuadriliun rupiah",
		-1_500:        "minus seribu lima ratus rupiah",
		math.MaxInt64: "sembilan kuintiliun dua ratus dua puluh tiga kuadriliun tiga ratus tujuh puluh dua triliun " +
			"tiga puluh enam miliar delapan ratus lima puluh empat juta tujuh ratus tujuh puluh lima ribu " +
			"delapan ratus tujuh rupiah",
		math.MinInt64: "minus sembilan kuintiliun dua ratus dua puluh tiga kuadriliun tiga ratus tujuh puluh dua triliun " +
			"tiga puluh enam miliar delapan ratus lima puluh empat juta tujuh ratus tujuh puluh lima ribu " +
			"delapan ratus delapan rupiah",
	}
	for amount, want := range tests {
		if got := amount.Words(); got != want {
			t.Errorf("%d: got %q, want %q", amount, got, want)
		}
	}
}

func TestYearOfAnAgreementIsSpelledOut(t *testing.T) {
	t.Parallel()

	if got, want := rupiah.Terbilang(2019), "dua ribu sembilan belas"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
