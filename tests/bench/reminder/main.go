// Reminder keeps the same deadlines in one of several ways, in a process of its
// own so that its processor time can be told, and prints what it took: every
// obligation has four reminders at given instants and one completion, which
// comes before, between or after them and stops those that are left.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"time"
)

// reminders is how many reminders an obligation has.
const reminders = 4

// Took is what keeping the deadlines took.
type Took struct {
	Reminders int     `json:"reminders"` // that went out; fewer where people submit first
	Completed int     `json:"completed"`
	CPU       float64 `json:"cpu"`    // seconds of this process
	Server    float64 `json:"server"` // seconds of the database server, where there is one
	Bytes     int64   `json:"bytes"`  // of the database per parked obligation
}

// job is what is to be kept.
type job struct {
	n        int
	database string
	gap      time.Duration // between two reminders
	spread   int           // slots over which the obligations' own dates are spread in one gap; 1: all on the same
	first    time.Time     // of the first slot's first reminder
}

// due is when reminder k of obligation i falls.
func (j job) due(i, k int) time.Time {
	slot := time.Duration(i%j.spread) * j.gap / time.Duration(j.spread)
	return j.first.Add(time.Duration(k)*j.gap + slot)
}

// begin sets the first reminder so late that all obligations can be written
// down before, at that time each.
func (j *job) begin(each time.Duration) {
	j.first = time.Now().Add(10*time.Second + j.gap + time.Duration(j.n)*each).Truncate(time.Second)
}

// way is one way to keep deadlines. Park writes all obligations down; Submit
// completes one; Seen counts what has happened so far of each reminder and, last,
// of the completions.
type way interface {
	Park(ctx context.Context, j *job) error
	Submit(ctx context.Context, i int) error
	Seen(ctx context.Context) ([reminders + 1]int, error)
	Stop()
}

func main() {
	out, err := run(context.Background(), os.Args[1:])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) (Took, error) {
	numbers := [3]int{}
	for i, a := range args[2:5] {
		n, err := strconv.Atoi(a)
		if err != nil {
			return Took{}, err
		}
		numbers[i] = n
	}
	j := &job{n: numbers[0], database: args[1], gap: time.Duration(numbers[1]) * time.Second, spread: max(1, numbers[2])}
	makers := map[string]func(context.Context, string) (way, error){"ours": newOurs, "table": newTable, "river": newRiver, "workflow": newPerUnit}
	w, err := makers[args[0]](ctx, j.database)
	if err != nil {
		return Took{}, err
	}
	defer w.Stop()
	empty, err := size(ctx, j.database)
	if err != nil {
		return Took{}, err
	}
	if err := w.Park(ctx, j); err != nil {
		return Took{}, err
	}
	full, err := size(ctx, j.database)
	if err != nil {
		return Took{}, err
	}
	took, err := keep(ctx, w, j)
	took.Bytes = (full - empty) / int64(j.n)
	return took, err
}

// keep lets the deadlines pass while people submit, and watches.
func keep(ctx context.Context, w way, j *job) (Took, error) {
	lead := time.Until(j.first) - j.gap/2
	if lead < 0 {
		return Took{}, fmt.Errorf("reminder: parking took %s too long", -lead)
	}
	time.Sleep(lead)
	meter, err := newMeter(ctx, j.database)
	if err != nil {
		return Took{}, err
	}
	own, server, err := meter.read()
	if err != nil {
		return Took{}, err
	}
	for _, s := range submissions(j) {
		time.Sleep(time.Until(s.at))
		if err := w.Submit(ctx, s.i); err != nil {
			return Took{}, fmt.Errorf("submit: %w", err)
		}
	}
	seen, err := await(ctx, w, j)
	if err != nil {
		return Took{}, err
	}
	ownAfter, serverAfter, err := meter.read()
	out := Took{Completed: seen[reminders], CPU: ownAfter - own, Server: serverAfter - server}
	for _, n := range seen[:reminders] {
		out.Reminders += n
	}
	return out, err
}

type submission struct {
	at time.Time
	i  int
}

// submissions are random but the same for every way: three in ten before the
// first reminder, four between, three after the last.
func submissions(j *job) []submission {
	random := rand.New(rand.NewPCG(1, 2))
	out := make([]submission, j.n)
	for i := range out {
		within := func(from, to float64) time.Time {
			return j.first.Add(time.Duration((from + random.Float64()*(to-from)) * float64(j.gap)))
		}
		switch p := random.IntN(10); {
		case p < 3:
			out[i] = submission{within(-0.4, 0), i}
		case p < 7:
			out[i] = submission{within(0, reminders-1), i}
		default:
			out[i] = submission{within(reminders, reminders+1), i}
		}
	}
	slices.SortFunc(out, func(a, b submission) int { return a.at.Compare(b.at) })
	return out
}
