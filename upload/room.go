package upload

import "context"

// Room is how many files are held in memory at the same time; the next ones
// wait for it.
type Room chan struct{}

// NewRoom is room for so many files.
func NewRoom(files int) Room { return make(Room, files) }

// Enter waits until there is room for one file more and takes it until leave is
// called. Its error is that of a context that ended before.
func (r Room) Enter(ctx context.Context) (leave func(), err error) {
	select {
	case r <- struct{}{}:
		return func() { <-r }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
