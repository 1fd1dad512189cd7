package cli

import (
	"fmt"
	"os"

	"github.com/schollz/progressbar/v3"

	"payung/demo"
)

type demoCmd struct {
	common
	Server string `help:"Address of a running payung." default:"http://127.0.0.1:8080" env:"PAYUNG_SERVER"`
}

// Run loads the example situations into a running server.
func (c *demoCmd) Run(s *session) error {
	c.begin(s)
	bar := progress(s, "memuat DATA CONTOH")
	out, err := demo.Load(s.ctx, demo.Options{Server: c.Server, Progress: bar})
	if err != nil {
		return err
	}
	return s.say(out, "DATA CONTOH loaded: %d agreements, %d requests. Open %s", out.Agreements, out.Requests, c.Server)
}

// progress draws a bar on a terminal, and nothing elsewhere.
func progress(s *session, what string) func(done, of int, name string) {
	info, err := os.Stderr.Stat()
	if s.json || err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, of int, name string) {
		if bar == nil {
			bar = progressbar.NewOptions(of, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetDescription(what), progressbar.OptionClearOnFinish())
		}
		bar.Describe(fmt.Sprintf("%s: %s", what, name))
		_ = bar.Set(done) // a bar that cannot be drawn stops nobody
	}
}
