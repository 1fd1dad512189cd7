package api

import (
	"encoding/json"

	"payung/ledger"
	"payung/models"
)

// AuditEntry is one change of an agreement: who did what, when. It holds IDs,
// codes and counts, never anything about a person.
type AuditEntry struct {
	ID     string          `json:"id"`
	At     string          `json:"at" format:"date-time"`
	Actor  string          `json:"actor"`
	Action string          `json:"action"`
	Detail json.RawMessage `json:"detail"`
	Sealed bool            `json:"sealed" doc:"numbered and chained to the entries before it"`
	Seq    int64           `json:"seq,omitempty" doc:"its number in the chain"`
	Chain  string          `json:"chain"`
}

func auditRoutes(s *server) {
	read(s, PolicyRead, "/agreements/{id}/audit", "list-audit", "What was done to an agreement, newest first",
		func(tx *ledger.Tx, in *Page) (List[AuditEntry], error) {
			a, err := tx.Agreement(in.ID)
			if err != nil {
				return List[AuditEntry]{}, err
			}
			rows := func(p ledger.Page) ([]models.AuditEntry, error) { return tx.AuditTrail(a.ID, p) }
			return paged(in.PageQuery, rows, func(e models.AuditEntry) string { return e.ID }, func(e models.AuditEntry) AuditEntry {
				return AuditEntry{
					ID: e.ID, At: instant(e.At, a.Zone), Actor: e.Actor, Action: e.Action, Detail: json.RawMessage(e.Detail),
					Sealed: e.Seq > 0, Seq: e.Seq, Chain: e.Chain,
				}
			})
		})
}
