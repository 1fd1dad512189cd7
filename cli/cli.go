// Package cli is the payung command: flags, environment and wiring. Mains are a
// few lines that say whether a Temporal server is built in.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/alecthomas/kong"
)

// Build is what a main adds to the command.
type Build struct {
	Version string
	Embed   Embed // nil: no Temporal server is built in
}

// command is everything that can be said on the command line. Each flag can
// also be set in the environment as PAYUNG_… or in a JSON file.
type command struct {
	Config kong.ConfigFlag `help:"Read flags from a JSON file." placeholder:"FILE"`

	Serve    serveCmd    `cmd:"" help:"Run everything in this process: API, pages, worker, Temporal and ledger."`
	API      apiCmd      `cmd:"" name:"api" help:"Run the API and pages against a Temporal cluster."`
	Worker   workerCmd   `cmd:"" help:"Run a worker against a Temporal cluster."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the ledger's tables up to date."`
	Demo     demoCmd     `cmd:"" help:"Load the five example situations into a running server (DATA CONTOH)."`
	Simulate simulateCmd `cmd:"" help:"Play a year of an agreement in advance: every message, what it costs, and who is protected when. Nothing is sent."`
	Import   importCmd   `cmd:"" help:"Bring in lists of names that people have sent."`
	Keys     keysCmd     `cmd:"" help:"List, add and retire the keys that personal data is sealed with."`
	Doctor   doctorCmd   `cmd:"" help:"Compare the ledger with the running agreements; --rebuild mends."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// common are the flags of every command.
type common struct {
	JSON     bool   `help:"Print JSON instead of text." env:"PAYUNG_JSON"`
	LogLevel string `help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"PAYUNG_LOG_LEVEL"`
}

// store are the flags that say where the ledger and its key are.
type store struct {
	Data      string `help:"Folder for everything payung keeps." default:"data" type:"path" env:"PAYUNG_DATA"`
	Database  string `help:"Ledger, such as postgres://user@host/payung; empty: SQLite in the data folder." env:"PAYUNG_DATABASE"`
	PublicURL string `help:"Where people reach the pages from outside, such as https://payung.example.go.id; empty: only in the office, and messages and letters hold no links." name:"public-url" env:"PAYUNG_PUBLIC_URL"`
	KeyFile   string `help:"Master keys, 0600; empty: beside the data folder, unless PAYUNG_KEY holds them. Keep a copy elsewhere." type:"path" env:"PAYUNG_KEY_FILE"`
}

// database is the ledger's URL.
func (s store) database() string {
	if s.Database != "" {
		return s.Database
	}
	return "sqlite://" + filepath.Join(s.Data, "ledger.db")
}

func (s store) keyFile() string {
	if s.KeyFile != "" {
		return s.KeyFile
	}
	return filepath.Clean(s.Data) + ".key"
}

// session is what every command runs with.
type session struct {
	ctx   context.Context
	build Build
	out   io.Writer
	log   *slog.Logger
	json  bool
	keys  string // from the environment; "": in a file
}

// cancel makes the session end when the returned function is called.
func (s *session) cancel() context.CancelFunc {
	ctx, stop := context.WithCancel(s.ctx)
	s.ctx = ctx
	return stop
}

// say prints a result for people, or as JSON.
func (s *session) say(v any, format string, args ...any) error {
	if s.json {
		return json.NewEncoder(s.out).Encode(v)
	}
	_, err := fmt.Fprintf(s.out, format+"\n", args...)
	return err
}

// Main runs the command line and returns the exit code.
func Main(b Build) int {
	keys := takeKeys()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c command
	parser, err := kong.New(&c, kong.Name("payung"),
		kong.Description("Keeps the agreements by which local governments protect people through BPJS Ketenagakerjaan."),
		kong.Configuration(kong.JSON), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(os.Stderr, "payung:", err)
		return 2
	}
	run, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	s := &session{ctx: ctx, build: b, out: os.Stdout, keys: keys}
	if err := run.Run(s); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "payung:", err)
		return 1
	}
	return 0
}

// begin sets a session up by the common flags.
func (c common) begin(s *session) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		level = slog.LevelInfo // kong has checked the words
	}
	var h slog.Handler = slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})
	if c.JSON {
		h = slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})
	}
	s.log, s.json = slog.New(h), c.JSON
	slog.SetDefault(s.log)
}

type versionCmd struct{ common }

// Run prints the version.
func (c *versionCmd) Run(s *session) error {
	c.begin(s)
	return s.say(map[string]string{"version": s.build.Version}, "payung %s", s.build.Version)
}
