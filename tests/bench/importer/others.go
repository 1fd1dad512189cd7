package main

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/xuri/excelize/v2"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"

	"payung/ledger"
	"payung/models"
)

func open(database string) (*gorm.DB, error) {
	config := &gorm.Config{Logger: logger.Discard, SkipDefaultTransaction: true, PrepareStmt: true}
	if path, ok := strings.CutPrefix(database, "sqlite://"); ok {
		dsn := "file:" + path + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)"
		return gorm.Open(sqlite.Dialector{DriverName: "sqlite", DSN: dsn}, config)
	}
	return gorm.Open(postgres.Open(database), config)
}

var digits = regexp.MustCompile(`^\d{16}$`)

// rows are the good rows of a file as both tables take them, sealed like ours.
func rows(l *ledger.Ledger, scope models.Scope, rosterID, path string) (people []models.Person, places []models.RosterRow, all int64, err error) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, nil, 0, err
	}
	defer func() { _ = f.Close() }()
	table, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, nil, 0, err
	}
	now := time.Now().UnixMicro()
	for n, row := range table[1:] {
		all++
		if len(row) < 3 || !digits.MatchString(row[1]) || strings.TrimSpace(row[2]) == "" {
			continue
		}
		p := models.Person{ID: uuid.Must(uuid.NewV7()).String(), Scope: models.Scope{ProvinceCode: scope.ProvinceCode, RegencyCode: scope.RegencyCode}, NIKLast4: l.Keys().HideDigits(row[1][12:]), KeyID: "bench", Name: row[2], Born: row[4], CreatedAt: now}
		p.NIKCipher, p.NIKIndex = l.Keys().SealNIK(row[1], p.ID), l.Keys().Index(row[1])
		people = append(people, p)
		places = append(places, models.RosterRow{
			ID: uuid.Must(uuid.NewV7()).String(), Scope: scope, RosterID: rosterID, PersonID: p.ID, Number: int64(n + 2), Name: row[2], Born: row[4], Detail: []byte(row[7]),
		})
	}
	return people, places, all, nil
}

func pending(ctx context.Context, l *ledger.Ledger, obligationID string) (o models.Obligation, err error) {
	err = l.Read(ctx, ledger.Operator(), func(tx *ledger.Tx) error {
		o, err = tx.Obligation(obligationID)
		return err
	})
	return o, err
}

// naive is what most programs do: the whole sheet in memory, then batches of
// 100 through the mapper, in one transaction.
func naive(ctx context.Context, l *ledger.Ledger, database, obligationID, path string) (Took, error) {
	o, err := pending(ctx, l, obligationID)
	if err != nil {
		return Took{}, err
	}
	people, places, all, err := rows(l, o.Scope, uuid.NewString(), path)
	if err != nil {
		return Took{}, err
	}
	db, err := open(database)
	if err != nil {
		return Took{}, err
	}
	err = db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&people, 100).Error; err != nil {
			return err
		}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&places, 100).Error
	})
	return Took{Rows: all, Good: int64(len(places))}, err
}

// floor is the fastest the database takes the same rows into the same two
// tables, without asking anything: COPY on PostgreSQL, a prepared insert on
// SQLite. Only that is timed.
func floor(ctx context.Context, l *ledger.Ledger, database, obligationID, path string) (Took, error) {
	o, err := pending(ctx, l, obligationID)
	if err != nil {
		return Took{}, err
	}
	people, places, all, err := rows(l, o.Scope, uuid.NewString(), path)
	if err != nil {
		return Took{}, err
	}
	people, places = fresh(people, places)
	begun := time.Now()
	if strings.HasPrefix(database, "sqlite://") {
		err = prepared(ctx, database, people, places)
	} else {
		err = copied(ctx, database, people, places)
	}
	return Took{Rows: all, Good: int64(len(places)), Wall: time.Since(begun).Seconds()}, err
}

// fresh leaves out who is there already: a plain insert would break on them.
func fresh(people []models.Person, places []models.RosterRow) ([]models.Person, []models.RosterRow) {
	seen := map[string]bool{}
	var p []models.Person
	var r []models.RosterRow
	for i := range people {
		if key := string(people[i].NIKIndex); !seen[key] {
			seen[key] = true
			// Its own kabupaten, so that nobody is there yet.
			people[i].RegencyCode, places[i].RegencyCode = "99.99", "99.99"
			p, r = append(p, people[i]), append(r, places[i])
		}
	}
	return p, r
}

var (
	personColumns = []string{"id", "province_code", "regency_code", "unit_id", "branch_id", "nik_cipher", "nik_index", "nik_last4", "key_id", "name", "born", "sex", "likeness", "created_at"}
	placeColumns  = []string{
		"id", "province_code", "regency_code", "unit_id", "branch_id", "roster_id", "person_id", "number", "name", "born", "sex", "wage", "detail", "content",
		"from_day", "to_day", "leaving", "removed_by", "findings",
	}
)

func personValues(p models.Person) []any {
	return []any{p.ID, p.ProvinceCode, p.RegencyCode, p.UnitID, p.BranchID, p.NIKCipher, p.NIKIndex, p.NIKLast4, p.KeyID, p.Name, p.Born, p.Sex, p.Likeness, p.CreatedAt}
}

func placeValues(r models.RosterRow) []any {
	return []any{
		r.ID, r.ProvinceCode, r.RegencyCode, r.UnitID, r.BranchID, r.RosterID, r.PersonID, r.Number, r.Name, r.Born, r.Sex, r.Wage, r.Detail, r.Content,
		r.FromDay, r.ToDay, r.Leaving, r.RemovedBy, r.Findings,
	}
}

func copied(ctx context.Context, database string, people []models.Person, places []models.RosterRow) error {
	c, err := pgx.Connect(ctx, database)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close(ctx) }()
	tx, err := c.Begin(ctx)
	if err != nil {
		return err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"persons"}, personColumns, pgx.CopyFromSlice(len(people), func(i int) ([]any, error) { return personValues(people[i]), nil }))
	if err == nil {
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"roster_rows"}, placeColumns, pgx.CopyFromSlice(len(places), func(i int) ([]any, error) { return placeValues(places[i]), nil }))
	}
	return errors.Join(err, tx.Commit(ctx))
}

func prepared(ctx context.Context, database string, people []models.Person, places []models.RosterRow) error {
	db, err := open(database)
	if err != nil {
		return err
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	insert := func(table string, columns []string, n int, values func(int) []any) error {
		st, err := tx.PrepareContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ",")+") VALUES ("+strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",")+")") //nolint:gosec // names of our own tables
		if err != nil {
			return err
		}
		for i := range n {
			if _, err := st.ExecContext(ctx, values(i)...); err != nil {
				return err
			}
		}
		return st.Close()
	}
	if err := insert("persons", personColumns, len(people), func(i int) []any { return personValues(people[i]) }); err != nil {
		return err
	}
	if err := insert("roster_rows", placeColumns, len(places), func(i int) []any { return placeValues(places[i]) }); err != nil {
		return err
	}
	return tx.Commit()
}
