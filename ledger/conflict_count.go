package ledger

// RuleShare is how many conflicts of an agreement one rule speaks of.
type RuleShare struct {
	AgreementID string
	Title       string // of the agreement
	Rule        string
	All         int64
	Proposed    int64 // of them, for which it says who keeps the person
}

// OpenConflicts counts the open conflicts by agreement and rule. One between two
// agreements counts for both.
func (tx *Tx) OpenConflicts() ([]RuleShare, error) {
	var rows []RuleShare
	err := tx.from("conflicts").Select(`a.id AS agreement_id, a.title, conflicts.rule, COUNT(*) AS "all",
			SUM(CASE WHEN conflicts.winner <> '' THEN 1 ELSE 0 END) AS proposed`).
		Joins("JOIN (?) s ON s.conflict_id = conflicts.id", tx.from("conflict_sides").Select("DISTINCT conflict_sides.conflict_id, conflict_sides.agreement_id")).
		Joins("JOIN agreements a ON a.id = s.agreement_id").
		Where("conflicts.state = 'open'").Group("a.id, a.title, conflicts.rule").Order("a.title, a.id, conflicts.rule").Find(&rows).Error
	return rows, err
}
