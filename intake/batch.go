package intake

import "context"

// flush has the batch kept while reading goes on: the file and the database are
// worked on at the same time, one batch each.
func (r *reader) flush(ctx context.Context) error {
	if err := r.settle(); err != nil {
		return err
	}
	r.batch.Total = r.content.rows(r.batch.Position)
	batch := r.batch
	r.batch, r.spare = r.spare, batch
	r.batch.Rows, r.batch.Findings = r.batch.Rows[:0], r.batch.Findings[:0]
	r.batch.Bad, r.batch.Skipped = 0, 0
	r.keeping = make(chan error, 1)
	go func() { r.keeping <- r.Ledger.StageBatch(ctx, r.actor, r.Import.ID, batch) }()
	r.Import.Position = batch.Position
	return nil
}

// settle waits until the batch before is kept.
func (r *reader) settle() error {
	if r.keeping == nil {
		return nil
	}
	err := <-r.keeping
	r.keeping = nil
	if err == nil && r.beat != nil {
		r.beat(Progress{Rows: r.spare.Position})
	}
	return err
}
