package obligation

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Offset is a signed ISO 8601 duration such as "-P7D", "P1W" or "PT3S". Days
// are calendar days in the owner's zone; the clock part is exact. Years and
// months are refused: "one month before" means different spans.
type Offset string

// maxDays bounds an offset so that no policy plans into another century.
const maxDays = 3660

type span struct {
	days  int
	clock time.Duration
	exact bool // has a clock part: counts from the instant, not from the day
}

// ParseOffset checks an offset.
func ParseOffset(s string) (Offset, error) {
	if _, err := Offset(s).span(); err != nil {
		return "", err
	}
	return Offset(s), nil
}

func (o Offset) span() (span, error) {
	bad := fmt.Errorf("obligation: %q is not a duration such as -P7D or PT90S", string(o))
	s, sign := string(o), 1
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		s, sign = rest, -1
	}
	s, ok := strings.CutPrefix(s, "P")
	if !ok || s == "" || len(s) > 20 {
		return span{}, bad
	}
	day, clock, exact := strings.Cut(s, "T")
	if exact && clock == "" {
		return span{}, bad
	}
	var days, seconds int
	err := units(day, "WD", func(u byte, n int) {
		days += n * map[byte]int{'W': 7, 'D': 1}[u]
	})
	if err == nil {
		err = units(clock, "HMS", func(u byte, n int) {
			seconds += n * map[byte]int{'H': 3600, 'M': 60, 'S': 1}[u]
		})
	}
	if err != nil || days > maxDays || seconds > maxDays*86400 {
		return span{}, bad
	}
	return span{days: sign * days, clock: time.Duration(sign*seconds) * time.Second, exact: exact}, nil
}

// units reads numbers each followed by one of the letters, in their order.
func units(s, letters string, add func(unit byte, n int)) error {
	for s != "" {
		i := strings.IndexAny(s, letters)
		if i <= 0 {
			return strconv.ErrSyntax
		}
		n, err := strconv.ParseUint(s[:i], 10, 32) // takes no sign
		if err != nil {
			return strconv.ErrSyntax
		}
		add(s[i], int(n))
		letters = letters[strings.IndexByte(letters, s[i])+1:]
		s = s[i+1:]
	}
	return nil
}
