// Reader reads one workbook in one way, in a process of its own so that its
// memory can be told, and prints what it took.
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
	"payung/sheet"
)

// took is what reading a workbook took.
type took struct {
	Rows   int     `json:"rows"`
	Cells  int     `json:"cells"`
	Sum    uint64  `json:"sum"`    // of all cells with their places
	CPU    float64 `json:"cpu"`    // seconds of the whole process
	Memory float64 `json:"memory"` // megabytes resident at most
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(how, file string) error {
	t := &took{}
	ways := map[string]func(string) error{"ours": t.ours, "rows": t.rows, "getrows": t.getRows}
	if err := ways[how](file); err != nil {
		return err
	}
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return err
	}
	t.CPU = time.Duration(use.Utime.Nano() + use.Stime.Nano()).Seconds()
	t.Memory = peak()
	return json.NewEncoder(os.Stdout).Encode(t)
}

func (t *took) ours(file string) error {
	f, err := os.Open(file) //nolint:gosec // the file is the bench's own
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	l := sheet.DefaultLimits()
	l.Rows, l.Size, l.Inflated = math.MaxInt, math.MaxInt64, math.MaxInt64
	book, err := sheet.Open(context.Background(), f, info.Size(), file, l)
	if err != nil {
		return err
	}
	return book.Read(context.Background(), 0, func(row *cell.Row) error {
		t.Rows++
		for _, c := range row.Cells {
			t.add(row.Number, c.Column, c.Value)
		}
		return nil
	})
}

func (t *took) rows(file string) error {
	f, err := excelize.OpenFile(file, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for number := 1; rows.Next(); number++ {
		row, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		t.line(number, row)
	}
	return rows.Error()
}

func (t *took) getRows(file string) error {
	f, err := excelize.OpenFile(file, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	for i, row := range rows {
		t.line(i+1, row)
	}
	return err
}

func (t *took) line(number int, values []string) {
	t.Rows++
	for column, value := range values {
		if value != "" {
			t.add(number, column, []byte(value))
		}
	}
}

// add counts a cell. Sums of cells are added up: they come in one order.
func (t *took) add(row, column int, value []byte) {
	var place [8]byte
	binary.LittleEndian.PutUint32(place[:4], uint32(row))
	binary.LittleEndian.PutUint32(place[4:], uint32(column))
	sum := fnv.New64a()
	_, _ = sum.Write(place[:])
	_, _ = sum.Write(value)
	t.Cells++
	t.Sum = t.Sum*31 + sum.Sum64()
}

// peak is the most memory the process has had resident, in megabytes.
func peak() float64 {
	raw, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(raw), "VmHWM:")
	if fields := strings.Fields(rest); len(fields) > 0 {
		kb, _ := strconv.ParseFloat(fields[0], 64)
		return kb / 1000
	}
	return 0
}
