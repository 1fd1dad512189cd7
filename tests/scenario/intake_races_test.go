package scenario_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

// atOnce does things at the same moment and returns what was said to each.
func atOnce(t *testing.T, do ...func() (said, error)) []said {
	t.Helper()
	answers, errs := make([]said, len(do)), make([]error, len(do))
	var ready, all sync.WaitGroup
	ready.Add(len(do))
	for i, f := range do {
		all.Go(func() {
			ready.Done()
			ready.Wait()
			answers[i], errs[i] = f()
		})
	}
	all.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	return answers
}

// times repeats one thing.
func times(n int, do func() (said, error)) []func() (said, error) {
	out := make([]func() (said, error), n)
	for i := range out {
		out[i] = do
	}
	return out
}

func statuses(answers []said) map[int]int {
	out := map[int]int{}
	for _, a := range answers {
		out[a.status]++
	}
	return out
}

// onBoth runs a test against the program on both engines.
func onBoth(t *testing.T, test func(t *testing.T, s *server, b books)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		data := dataFolder(t)
		test(t, serve(t, data), liteBooks(t, data))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		url, data := testdb.Postgres(t), dataFolder(t)
		test(t, serve(t, data, "--database", url), books{t, url, data})
	})
}

// TestNothingHappensTwiceHoweverManyDoItAtOnce races everything that may be done
// to a list against itself and against what contradicts it.
func TestNothingHappensTwiceHoweverManyDoItAtOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server, b books) {
		waiting(t, s)
		duties := s.duties()
		id := func(a said) string { return a.object["id"].(string) }
		accept := func(i said) func() (said, error) {
			return func() (said, error) { return s.tryPost("/imports/"+id(i)+"/accept", object{}) }
		}

		// The same file, ten times at once, and once more.
		first := duties[desas[0]]
		answers := atOnce(t, times(10, func() (said, error) {
			return s.tryFile("/obligations/"+first+"/uploads", "sama.csv", list(0, 300), nil)
		})...)
		for _, a := range answers {
			require.Equal(t, []any{http.StatusCreated, id(answers[0]), "ready", 300.0}, []any{a.status, a.object["id"], a.object["state"], a.object["good"]}, "%s", a.raw)
		}

		// Accepted four times at once: once.
		require.Equal(t, map[int]int{200: 1, 409: 3}, statuses(atOnce(t, times(4, accept(answers[0]))...)))
		people, versions := s.rosterOf(first)
		require.Equal(t, []int{300, 1}, []int{len(people), versions})

		// Four other files for one duty, accepted at once: one version each.
		second := duties[desas[1]]
		var accepts []func() (said, error)
		for i := range 4 {
			accepts = append(accepts, accept(s.handed(second, "lain.csv", list(1000+50*i, 1060+50*i))))
		}
		require.Equal(t, map[int]int{200: 4}, statuses(atOnce(t, accepts...)))
		people, versions = s.rosterOf(second)
		require.Equal(t, []int{210, 4}, []int{len(people), versions}, "they overlap by ten each")

		// Accepted and dropped at once: one of the two.
		for i := range 5 {
			duty := duties[desas[2+i]]
			a := s.handed(duty, "turun.csv", list(2000+100*i, 2050+100*i))
			said := atOnce(t, accept(a), func() (said, error) { return s.tryPost("/imports/"+id(a)+"/drop", nil) })
			require.Equal(t, map[int]int{200: 1, 409: 1}, statuses(said))
			people, _ := s.rosterOf(duty)
			if said[0].status == http.StatusOK {
				require.Len(t, people, 50)
			} else {
				require.Empty(t, people)
			}
		}

		// Placed with one village and read for another at once: it is of one.
		pemda := s.all("/api/v1/parties")[0]["id"].(string)
		for i := range 5 {
			u, err := s.tryFile("/parties/"+pemda+"/uploads", "milik siapa.csv", list(3000+100*i, 3005+100*i), nil)
			require.NoError(t, err)
			said := atOnce(t,
				func() (said, error) {
					return s.tryPost("/uploads/"+id(u)+"/place", object{"obligation_id": duties[desas[8]]})
				},
				func() (said, error) {
					return s.tryPost("/uploads/"+id(u)+"/imports", object{"obligation_id": duties[desas[9]]})
				},
				func() (said, error) {
					return s.tryPost("/uploads/"+id(u)+"/imports", object{"obligation_id": duties[desas[9]]})
				})
			require.Equal(t, []int{200, 201, 201}, []int{said[0].status, said[1].status, said[2].status}, "%s %s %s", said[0].raw, said[1].raw, said[2].raw)
			require.Equal(t, said[1].object["id"], said[2].object["id"])
		}
		s.examined()
		s.Stop()
		b.balance()
	})
}

// TestAConflictIsDecidedOnce has people decide for one list and for the other at
// the same moment: somebody always keeps the person.
func TestAConflictIsDecidedOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server, b books) {
		waiting(t, s)
		duties := s.duties()
		for i := range 2 {
			a := s.handed(duties[desas[i]], "ganda.csv", list(0, 25, numbered(100+i)+";Pekerja Sendiri"))
			s.made("/imports/"+a.object["id"].(string)+"/accept", object{})
		}
		conflicts := s.all("/api/v1/conflicts?state=open")
		require.Len(t, conflicts, 25)
		for _, c := range conflicts {
			decide := func(village int) func() (said, error) {
				return func() (said, error) {
					return s.tryPost("/conflicts/"+c["id"].(string)+"/decide", object{"keeps": []string{duties[desas[village]]}, "reason": "domisili"})
				}
			}
			require.Equal(t, map[int]int{200: 1, 409: 2}, statuses(atOnce(t, decide(0), decide(1), decide(0))))
		}
		all := 0
		for i := range 2 {
			people, _ := s.rosterOf(duties[desas[i]])
			all += len(people)
		}
		require.Equal(t, 25+2, all, "everybody stands on one list")
		require.Len(t, s.all("/api/v1/conflicts?state=decided"), 25)
		s.Stop()
		b.balance()
	})
}

// TestWhoIsDroppedWithOneFileStaysWithAnother drops readings of files while
// others with the same people are read: nobody's place loses its person.
func TestWhoIsDroppedWithOneFileStaysWithAnother(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server, b books) {
		waiting(t, s)
		duties := s.duties()
		for round := range 6 {
			from := 1000 * round
			first := s.handed(duties[desas[0]], "a.csv", list(from, from+800))
			answers := atOnce(t,
				func() (said, error) { return s.tryPost("/imports/"+first.object["id"].(string)+"/drop", nil) },
				func() (said, error) {
					return s.tryFile("/obligations/"+duties[desas[1]]+"/uploads", "b.csv", list(from, from+801), nil)
				},
				func() (said, error) {
					return s.tryFile("/obligations/"+duties[desas[2]]+"/uploads", "c.csv", list(from, from+802), nil)
				})
			for _, a := range answers {
				require.Less(t, a.status, 300, "%s", a.raw)
			}
			require.EqualValues(t, 801, answers[1].object["good"])
			require.EqualValues(t, 802, answers[2].object["good"])
		}
		s.Stop()
		b.balance()
	})
}
