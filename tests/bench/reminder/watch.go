package main

import (
	"context"
	"fmt"
	"time"
)

// await waits until the last reminder is over and every obligation is complete,
// and tells what has happened. It does not look before: asking costs processor
// time.
func await(ctx context.Context, w way, j *job) ([reminders + 1]int, error) {
	end := j.due(j.n-1, reminders-1).Add(2 * j.gap)
	time.Sleep(time.Until(end))
	var before [reminders + 1]int
	for range 240 {
		seen, err := w.Seen(ctx)
		if err != nil || seen[reminders] >= j.n && seen == before {
			return seen, err
		}
		before = seen
		time.Sleep(500 * time.Millisecond)
	}
	return before, fmt.Errorf("reminder: only %d of %d completions after two minutes", before[reminders], j.n)
}
