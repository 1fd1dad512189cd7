package web

import "payung/ledger"

// changedRow is what applying a recap did to one sort of thing.
type changedRow struct {
	What string
	ledger.Changed
}

func changed(what string, c ledger.Changed) changedRow { return changedRow{what, c} }

// known counts the rows of a recap that need nobody.
func known(s ledger.TallySheet) int { return s.Sure() + s.New() }

// rowBar draws how far a recap is understood.
func rowBar(s ledger.TallySheet) []segment {
	return bars(piece{"ok", int64(s.Sure())}, piece{"half", int64(s.New())}, piece{"idle", int64(s.Left())}, piece{"warn", int64(s.Open())})
}
