package fault_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"payung/domain/fault"
)

func TestAFaultIsFoundInAChainOfErrors(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.Invalid, "bad_date", "%s is no day", "2026-02-30").On("from").With("field", "from")
	for name, tt := range map[string]struct {
		err error
		ok  bool
	}{
		"itself":         {f, true},
		"wrapped":        {fmt.Errorf("line 3: %w", f), true},
		"joined":         {errors.Join(errors.New("first"), f), true},
		"another error":  {errors.New("disk full"), false},
		"no error":       {nil, false},
		"only its words": {errors.New(f.Error()), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := fault.Of(tt.err)
			if ok != tt.ok || ok && got != f {
				t.Errorf("found %v, %t", got, ok)
			}
			if fault.Is(tt.err, "bad_date") != tt.ok {
				t.Errorf("is bad_date: %t", !tt.ok)
			}
			if fault.Is(tt.err, "other") {
				t.Error("is another code")
			}
		})
	}
}

func TestAFaultsSentenceNamesItsReasons(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.Refused, "prerequisites_missing", "openYear is not possible yet")
	if got := f.Error(); got != "openYear is not possible yet" {
		t.Errorf("without reasons: %s", got)
	}
	f.Reasons = []fault.Reason{{Code: "signature"}, {Code: "basis_for_group", About: "vulnerable"}}
	if got := f.Error(); got != "openYear is not possible yet (signature, basis_for_group)" {
		t.Errorf("with reasons: %s", got)
	}
}

// A stored refusal is read back as the answer to a repeated request.
func TestAFaultComesBackFromStorageAsItWas(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.Refused, "line_exists", "there is one").On("lines[0].group").With("group", "asn").With("year", "2027")
	f.Reasons = []fault.Reason{{Code: "line", About: "asn"}}
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"kind":"refused","code":"line_exists","detail":"there is one","field":"lines[0].group",` +
		`"params":{"group":"asn","year":"2027"},"reasons":[{"code":"line","about":"asn"}]}`
	if string(raw) != want {
		t.Errorf("stored as %s", raw)
	}
	back := new(fault.Fault)
	if err := json.Unmarshal(raw, back); err != nil || !reflect.DeepEqual(back, f) {
		t.Errorf("came back as %+v, %v", back, err)
	}
}
