package intake_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

func (d *desk) accept(i models.Import, in ledger.Acceptance) models.Roster {
	d.t.Helper()
	r, err := d.tryAccept(i, in)
	require.NoError(d.t, err)
	return r
}

func (d *desk) tryAccept(i models.Import, in ledger.Acceptance) (r models.Roster, err error) {
	err = d.Ledger.Write(d.t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
		r, err = tx.Accept(i.ID, in)
		return err
	})
	return r, err
}

// versions are those of a duty's list.
func (d *desk) versions(duty models.Obligation) (out []models.Roster) {
	d.t.Helper()
	require.NoError(d.t, d.Ledger.Read(d.t.Context(), ledger.Operator(), func(tx *ledger.Tx) (err error) {
		out, err = tx.Rosters(duty.ID)
		return err
	}))
	return out
}

// on are the names on a version of a list with the IDs of their rows.
func (d *desk) on(rosterID string) map[string]string {
	d.t.Helper()
	out := map[string]string{}
	require.NoError(d.t, d.Ledger.Read(d.t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		rows, err := tx.RosterRows(rosterID, ledger.Page{Size: 10_000})
		for _, r := range rows {
			require.NotContains(d.t, out, r.Name, "a name stands twice")
			out[r.Name] = r.ID
		}
		return err
	}))
	return out
}

// names are the names on a version of a list, sorted.
func (d *desk) names(rosterID string) []string {
	d.t.Helper()
	return slices.Sorted(maps.Keys(d.on(rosterID)))
}

// settled folds what happened into the counters and counts all over again.
func (d *desk) settled() {
	d.t.Helper()
	_, err := d.Ledger.Turn(d.t.Context(), ledger.Loop{Name: "folder", Work: func(ctx context.Context, h *ledger.Hold) (bool, error) {
		for {
			if more, err := h.Fold(ctx); err != nil || !more {
				return false, err
			}
		}
	}}, "test")
	require.NoError(d.t, err)
	wrong, err := d.Ledger.Recount(d.t.Context())
	require.NoError(d.t, err)
	require.Zero(d.t, wrong, "counters that do not fit what they count")
}

// template is the sheet that the unit of a duty fills.
func (d *desk) template(duty models.Obligation) []byte {
	d.t.Helper()
	var out bytes.Buffer
	_, err := d.Template(d.t.Context(), ledger.Operator(), duty.ID, calendar.ID, &out)
	require.NoError(d.t, err)
	return out.Bytes()
}

// back is the workbook with which a list goes back.
func (d *desk) back(i models.Import) []byte {
	d.t.Helper()
	var out bytes.Buffer
	_, err := d.Errors(d.t.Context(), ledger.Operator(), i.ID, calendar.ID, &out)
	require.NoError(d.t, err)
	return out.Bytes()
}

// forgotten says so of everybody who is missing in a file.
func (d *desk) forgotten(i models.Import) {
	d.t.Helper()
	d.write(func(tx *ledger.Tx) error {
		_, err := tx.Answer(i.ID, nil, &ledger.Leaver{Reason: ledger.Forgotten})
		return err
	})
}

func (d *desk) missing(i models.Import) (names []string) {
	d.t.Helper()
	require.NoError(d.t, d.Ledger.Read(d.t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		rows, err := tx.MissingPeople(i.ID, 100)
		for _, m := range rows {
			names = append(names, m.Name)
		}
		return err
	}))
	return names
}

// without leaves out findings of a level.
func (d *desk) without(found []string, level string) (out []string) {
	for _, f := range found {
		var row int
		var is, rule string
		_, err := fmt.Sscan(f, &row, &is, &rule)
		require.NoError(d.t, err)
		if is != level {
			out = append(out, f)
		}
	}
	return out
}

// wholeWay takes a file from its sender onto the list, as one clerk among
// several does.
func (d *desk) wholeWay(name string, content []byte, duty models.Obligation) error {
	ctx, actor := d.t.Context(), ledger.Operator()
	sum := sha256.Sum256(content)
	u, _, err := d.Receive(ctx, actor, intake.File{PemdaPartyID: d.Pemda.ID, Name: name, Size: int64(len(content)), Hash: sum[:], Content: bytes.NewReader(content)})
	if err != nil {
		return err
	}
	i, err := d.Begin(ctx, actor, u.ID, ledger.ImportInput{ObligationID: duty.ID})
	if err != nil {
		return err
	}
	for {
		if _, err = d.tryAccept(i, ledger.Acceptance{}); !fault.Is(err, "missing_people") {
			return err
		}
		// Another clerk was faster with people who are not in this file.
		err = d.Ledger.Write(ctx, actor, func(tx *ledger.Tx) error {
			_, err := tx.Answer(i.ID, nil, &ledger.Leaver{Reason: ledger.Forgotten})
			return err
		})
		if err != nil {
			return err
		}
	}
}
