package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/schollz/progressbar/v3"

	"payung/demo"
)

type demoCmd struct {
	common
	webFlags
	Server string `help:"Address of a running payung; empty: the one at --listen, and where none runs there, one is started on a data folder of its own." env:"PAYUNG_SERVER"`
	Data   string `help:"That folder." default:"data-contoh" type:"path"`
}

// Run loads the example situations into a running server, or into one that it
// starts for them.
func (c *demoCmd) Run(s *session) error {
	c.begin(s)
	if c.Server != "" {
		return c.load(s, c.Server)
	}
	if here := "http://" + c.Listen; alive(s.ctx, here) {
		return c.load(s, here)
	}
	if err := c.guard(); err != nil {
		return err
	}
	n, err := open(s, store{Data: c.Data}, temporalFlags{Namespace: "payung"}, "")
	if err != nil {
		return fmt.Errorf("no payung runs at %s, and none could be started: %w", c.Listen, err)
	}
	failed := make(chan error, 1)
	stop := s.cancel()
	err = n.serve(s, c.webFlags, true, func(url string) {
		go func() {
			err := c.load(s, url)
			failed <- err
			if err != nil {
				stop() // otherwise it runs on, to be looked at
			}
		}()
	})
	select {
	case loading := <-failed:
		err = errors.Join(err, loading)
	default:
	}
	return errors.Join(err, n.close())
}

func (c *demoCmd) load(s *session, server string) error {
	out, err := demo.Load(s.ctx, demo.Options{Server: server, Progress: progress(s, "memuat DATA CONTOH")})
	if err != nil {
		return err
	}
	return s.say(out, "DATA CONTOH loaded: %d agreements, %d requests. Open %s", out.Agreements, out.Requests, server)
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
