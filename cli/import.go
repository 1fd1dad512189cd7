package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"payung/api"
)

// importCmd brings in what people have sent.
type importCmd struct {
	Roster rosterCmd `cmd:"" help:"Send lists of names, a file or a whole folder, to a running server. Sent again, nothing is stored twice."`
}

type rosterCmd struct {
	common
	Paths      []string `arg:"" help:"Files, or folders of files." type:"existingpath" placeholder:"FILE|FOLDER"`
	Server     string   `help:"Address of the running payung." default:"http://127.0.0.1:8080" env:"PAYUNG_SERVER"`
	Agreement  string   `help:"ID of the agreement they are for; needed where there are several." placeholder:"ID"`
	Unit       string   `help:"Whose they are: name, region code or ID of a unit; empty: each is matched." xor:"whose" placeholder:"NAME"`
	Obligation string   `help:"ID of the duty they answer." xor:"whose" placeholder:"ID"`
	Sender     string   `help:"Who sent them, in words or by phone number." placeholder:"TEXT"`
	OnBehalf   string   `help:"Of whom you hand them in, in words." placeholder:"TEXT"`
	ReceivedOn string   `help:"Day they came; empty: today." placeholder:"YYYY-MM-DD"`
	Accept     bool     `help:"Put good rows on the list at once; lists that are held or leave people open still wait."`
	DryRun     bool     `help:"Only look at the files here; send nothing."`
}

// Run sends the files, one after the other, and prints what became of each.
func (c *rosterCmd) Run(s *session) error {
	c.begin(s)
	files, err := filesIn(c.Paths)
	if err != nil {
		return err
	}
	var each func(string) sentFile
	if c.DryRun {
		each = func(path string) sentFile { return lookAt(s.ctx, path) }
	} else {
		d, err := c.desk(s)
		if err != nil {
			return err
		}
		each = d.send
	}
	show := progress(s, "mengirim")
	out := sentFiles{}
	for i, path := range files {
		if show != nil {
			show(i, len(files), shownName(path))
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
		out.add(each(path))
	}
	if show != nil {
		show(len(files), len(files), "")
	}
	if err := out.print(s); err != nil {
		return err
	}
	if out.Failed > 0 {
		return fmt.Errorf("%d of %d files were not received", out.Failed, len(files))
	}
	return nil
}

// desk is where the files go.
type desk struct {
	*rosterCmd
	client *serverClient
	party  string
	batch  string
	unit   string            // whose all of them are; "": matched
	names  map[string]string // of units, by ID
}

// desk finds out where the files go before the first of them is sent.
func (c *rosterCmd) desk(s *session) (*desk, error) {
	d := &desk{rosterCmd: c, client: newServerClient(s.ctx, c.Server), batch: "import-" + time.Now().UTC().Format("20060102-150405"), names: map[string]string{}}
	if c.Obligation != "" {
		o, err := get[api.Obligation](d.client, "/obligations/"+segment(c.Obligation))
		if err != nil {
			return nil, fmt.Errorf("--obligation: %w", err)
		}
		c.Agreement = o.AgreementID
	}
	if c.Agreement == "" {
		all, err := pages[api.Agreement](d.client, "/agreements")
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(a api.Agreement) bool { return a.ClosedOn != "" || a.Historical })
		if len(all) != 1 {
			return nil, choose(all)
		}
		c.Agreement = all[0].ID
	}
	a, err := get[api.Agreement](d.client, "/agreements/"+segment(c.Agreement))
	if err != nil {
		return nil, fmt.Errorf("--agreement: %w", err)
	}
	d.party = a.PemdaPartyID
	units, err := pages[api.Unit](d.client, "/parties/"+d.party+"/units")
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		d.names[u.ID] = u.Name
	}
	if c.Unit != "" {
		d.unit, err = unitNamed(units, c.Unit)
	}
	return d, err
}

func choose(all []api.Agreement) error {
	var b strings.Builder
	for _, a := range all {
		fmt.Fprintf(&b, "\n  %s  %s", a.ID, a.Title)
	}
	if len(all) == 0 {
		return errors.New("there is no agreement there yet")
	}
	return fmt.Errorf("say which agreement they are for with --agreement ID:%s", b.String())
}

// unitNamed finds a unit by what people call it.
func unitNamed(units []api.Unit, called string) (string, error) {
	plain := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	var found []api.Unit
	for _, u := range units {
		_, bare, _ := strings.Cut(plain(u.Name), " ")
		if u.ID == called || u.RegionCode == called || plain(u.Name) == plain(called) || bare == plain(called) {
			found = append(found, u)
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("--unit: there is no unit called %q", called)
	case 1:
		return found[0].ID, nil
	}
	var b strings.Builder
	for _, u := range found {
		fmt.Fprintf(&b, "\n  %s  %s  %s", u.ID, u.RegionCode, u.Name)
	}
	return "", fmt.Errorf("--unit: several units are called %q; name one by its ID:%s", called, b.String())
}
