package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"payung/api"
	"payung/ledger"
)

type doctorCmd struct {
	common
	store
	temporalFlags
	Server  string `help:"Address of a running payung to ask; empty: look at the data folder itself, with payung stopped." default:"http://127.0.0.1:8080" env:"PAYUNG_SERVER"`
	Rebuild bool   `help:"Re-create every running agreement from the ledger."`
}

// errSick makes the command fail where something differs.
var errSick = errors.New("the ledger and the running agreements differ; payung doctor --rebuild mends that")

// Run asks a running server, or looks for itself where none runs.
func (c *doctorCmd) Run(s *session) error {
	c.begin(s)
	if c.Server != "" && c.Temporal == "" && alive(s.ctx, c.Server) {
		return c.ask(s)
	}
	return c.look(s)
}

func alive(ctx context.Context, server string) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(server, "/")+"/healthz", nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	return resp.Body.Close() == nil && resp.StatusCode == http.StatusOK
}

// ask has the running server examine itself.
func (c *doctorCmd) ask(s *session) error {
	if c.Rebuild {
		var out api.Rebuilt
		if err := c.call(s, http.MethodPost, "/api/v1/engine/rebuild", &out); err != nil {
			return err
		}
		return s.say(out, "re-created %d agreements and batches from the ledger", out.Agreements)
	}
	var out api.Examination
	if err := c.call(s, http.MethodGet, "/api/v1/engine/check", &out); err != nil {
		return err
	}
	return c.report(s, out)
}

func (c *doctorCmd) call(s *session, method, path string, out any) error {
	req, err := http.NewRequestWithContext(s.ctx, method, strings.TrimRight(c.Server, "/")+path, bytes.NewReader([]byte("{}")))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Language", "en")
	resp, err := (&http.Client{Timeout: 5 * time.Minute}).Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	if err != nil {
		return err
	}
	if resp.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s: %s", resp.Status, body)
	}
	return json.Unmarshal(body, out)
}

// look opens ledger and engine itself.
func (c *doctorCmd) look(s *session) (err error) {
	n, err := open(s, c.store, c.temporalFlags, "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	w, err := n.work(s.ctx) // somebody has to answer for the workflows
	if err != nil {
		return err
	}
	defer w.Stop()
	if c.Rebuild {
		count, err := n.Rebuild(s.ctx)
		if err != nil {
			return err
		}
		return s.say(api.Rebuilt{Agreements: count}, "re-created %d agreements and batches from the ledger", count)
	}
	found, err := n.Check(s.ctx)
	if err != nil {
		return err
	}
	var clock api.ClockState
	err = n.ledger.Read(s.ctx, ledger.Operator(), func(tx *ledger.Tx) error {
		clock, err = api.ClockOf(tx)
		return err
	})
	if err != nil {
		return err
	}
	return c.report(s, api.Examined(found, clock))
}

func (c *doctorCmd) report(s *session, out api.Examination) error {
	text := "ledger and running agreements agree"
	if len(out.Items) > 0 {
		lines := []string{fmt.Sprintf("%d agreements or batches differ:", len(out.Items))}
		for _, m := range out.Items {
			lines = append(lines, fmt.Sprintf("  %s  %-8s ledger %d, workflow %d", cmp.Or(m.EnrolmentID, m.AgreementID), m.Problem, m.LedgerVersion, m.WorkflowVersion))
		}
		text = strings.Join(lines, "\n")
	}
	if out.Clock.State == "doubted" {
		text += fmt.Sprintf("\nthe clock is in doubt (%s) since it said %s: nothing is sent until it is back, or somebody confirms it at /settings/clock", out.Clock.Cause, out.Clock.Since)
	}
	if err := s.say(out, "%s", text); err != nil || len(out.Items) == 0 {
		return err
	}
	return errSick
}
