package roster

import (
	"payung/domain/worker"
)

// ageless are days of birth between which everybody is inside the age window
// of a group, so that only the others have to be asked about.
func ageless(g worker.Group, on day) (from, to day) {
	if g.Code == "" {
		return 0, 1 << 30
	}
	const year = 10_000
	if g.Age == nil {
		return 0, on
	}
	to = on - day(g.Age.Min*year)
	if g.Age.Max > 0 {
		from = on - day((g.Age.Max+1)*year)
	}
	return from, to
}

// groupRule is the rule for a code of package worker; empty for those that
// other rules say better.
func groupRule(code string) Rule {
	switch code {
	case worker.TooYoung:
		return TooYoung
	case worker.TooOld:
		return TooOld
	case worker.GroupNotInUse:
		return GroupNotInUse
	case worker.GroupBeingPhasedOut:
		return GroupPhasedOut
	default:
		return ""
	}
}
