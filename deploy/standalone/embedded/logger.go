package embedded

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// chosen begins the warning the server gives at every start for what is chosen
// here: a frontend without HTTP.
const chosen = "HTTP API port has not been set."

// logger hands the server's records to slog.
type logger struct {
	to *slog.Logger
	// stopping is set by Stop. From then on the services complain of each other's
	// absence and of work cut short, which the next start repeats.
	stopping *atomic.Bool
}

var _ log.Logger = logger{}

// fatal is what the server meets when it cannot go on. As a panic it can be
// caught while the server is being built, where the usual cause is a port that
// somebody else has taken; later it ends the process, which the store survives.
type fatal struct{ reason string }

func (f fatal) Error() string { return f.reason }

func (l logger) Debug(msg string, tags ...tag.Tag) { l.write(slog.LevelDebug, msg, tags) }
func (l logger) Info(msg string, tags ...tag.Tag)  { l.write(slog.LevelInfo, msg, tags) }
func (l logger) Warn(msg string, tags ...tag.Tag)  { l.write(slog.LevelWarn, msg, tags) }
func (l logger) Error(msg string, tags ...tag.Tag) { l.write(slog.LevelError, msg, tags) }

// DPanic reports what the server's developers would want to panic for.
func (l logger) DPanic(msg string, tags ...tag.Tag) { l.write(slog.LevelError, msg, tags) }

// Panic reports and panics, as the server expects of it.
func (l logger) Panic(msg string, tags ...tag.Tag) {
	l.record(slog.LevelError, msg, tags)
	panic(msg)
}

// Fatal does not return, as the server expects of it.
func (l logger) Fatal(msg string, tags ...tag.Tag) {
	l.record(slog.LevelError, msg, tags)
	panic(fatal{reason: msg})
}

// write drops what nobody has to act on, unless the logger takes debug records.
// At its information level alone the server says several hundred things per start.
func (l logger) write(level slog.Level, msg string, tags []tag.Tag) {
	idle := level < slog.LevelWarn || l.stopping.Load() || strings.HasPrefix(msg, chosen)
	if idle && !l.to.Enabled(context.Background(), slog.LevelDebug) {
		return
	}
	l.record(level, msg, tags)
}

func (l logger) record(level slog.Level, msg string, tags []tag.Tag) {
	attrs := make([]slog.Attr, len(tags))
	for i, t := range tags {
		attrs[i] = slog.Any(t.Key(), t.Value())
	}
	l.to.LogAttrs(context.Background(), level, msg, attrs...)
}
