package quota_test

import (
	"testing"

	"payung/domain/fault"
	"payung/domain/quota"
)

func TestAUnitIsShortOfItsMinimumAndOverItsCeiling(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		quota       quota.Quota
		listed      int64
		short, over int64
	}{
		"nobody named":             {quota.Quota{Minimum: 50}, 0, 50, 0},
		"exactly the minimum":      {quota.Quota{Minimum: 50}, 50, 0, 0},
		"no ceiling":               {quota.Quota{Minimum: 50}, 5000, 0, 0},
		"exactly the ceiling":      {quota.Quota{Minimum: 50, Ceiling: 60}, 60, 0, 0},
		"beyond the ceiling":       {quota.Quota{Minimum: 50, Ceiling: 60}, 62, 0, 2},
		"nothing asked":            {quota.Quota{}, 3, 0, 0},
		"reserves change no count": {quota.Quota{Minimum: 50, Reserve: 5}, 48, 2, 0},
	}
	for name, tt := range tests {
		if short, over := tt.quota.Short(tt.listed), tt.quota.Over(tt.listed); short != tt.short || over != tt.over {
			t.Errorf("%s: short %d and over %d, want %d and %d", name, short, over, tt.short, tt.over)
		}
	}
}

func TestAnImpossibleQuotaIsRefusedAtItsField(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		quota quota.Quota
		code  string
		field string
	}{
		"a ceiling below the minimum": {quota.Quota{Minimum: 50, Ceiling: 49}, "ceiling_below_minimum", "rows[1].ceiling"},
		"fewer than nobody":           {quota.Quota{Minimum: -1}, "bad_count", "rows[1].minimum"},
		"more than there are":         {quota.Quota{Ceiling: quota.Most + 1}, "bad_count", "rows[1].ceiling"},
		"a reserve below nothing":     {quota.Quota{Reserve: -1}, "bad_count", "rows[1].reserve"},
	}
	for name, tt := range tests {
		f, ok := fault.Of(tt.quota.Check("rows[1]."))
		if !ok || f.Code != tt.code || f.Field != tt.field {
			t.Errorf("%s: %+v, want %s at %s", name, f, tt.code, tt.field)
		}
	}
	for _, q := range []quota.Quota{{}, {Minimum: 50, Ceiling: 50}, {Minimum: 50, Reserve: 50}, {Minimum: quota.Most}} {
		if err := q.Check(""); err != nil {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
