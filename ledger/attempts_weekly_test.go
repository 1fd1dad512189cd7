package ledger_test

import (
	"maps"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

// week keeps the victim's page of this week and opens the link to it.
func (v *victim) week() {
	v.t.Helper()
	_, err := v.Weekly(v.t.Context(), ledger.Operator(), v.agreement.ID, "")
	require.NoError(v.t, err)
	v.write(func(tx *ledger.Tx) error {
		_, err := tx.OpenWeeklyLink(v.agreement.ID)
		return err
	})
}

func init() {
	maps.Copy(attempts, map[string]attempt{
		"WeeklySheets":   {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.WeeklySheets(v.agreement.ID, page)) }},
		"WeeklyRule":     {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.WeeklyRule(v.agreement.ID)) }},
		"SetWeeklyRule":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.SetWeeklyRule(v.agreement.ID, 2, true)) }},
		"OpenWeeklyLink": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.OpenWeeklyLink(v.agreement.ID)) }},
		"WeeklyLink": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			_, path, err := tx.WeeklyLink(v.agreement.ID)
			return len(path), err
		}},
		"RevokeWeeklyLink": {try: func(tx *ledger.Tx, v *victim) (int, error) { return done(tx.RevokeWeeklyLink(v.agreement.ID)) }},
	})
}
