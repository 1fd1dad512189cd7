package mandate_test

import (
	"testing"

	"payung/domain/mandate"
)

func TestASilentUnitIsAskedTwiceBeforeItIsWarned(t *testing.T) {
	t.Parallel()
	var got []string
	for kind, more := "", true; more; {
		var s mandate.Step
		if s, more = mandate.After(kind); more {
			kind = s.Kind
			got = append(got, kind)
		}
	}
	want := []string{"data_request", "second_request", "warning_1", "warning_2", "warning_3"}
	if len(got) != len(want) {
		t.Fatalf("the course is %v", got)
	}
	for i, kind := range want {
		if got[i] != kind || mandate.Rank(kind) != i+1 {
			t.Errorf("step %d is %s with rank %d, want %s", i, got[i], mandate.Rank(kind), kind)
		}
	}
	for i, s := range mandate.Course() {
		if s.Workdays < 1 {
			t.Errorf("step %d gives no time to answer", i)
		}
	}
	if _, more := mandate.After("invitation"); more || mandate.Rank("invitation") != 0 {
		t.Error("an invitation is a step of the course")
	}
}
