// Package roster knows how to read a list of names (daftar nama): which column
// holds what, what a cell was meant to say, what is wrong with a row and what
// its writer should do about it, and what a whole list would change.
//
// It trusts no cell. What cannot be read surely is a finding and never a guess;
// above all, a NIK that went through a program as a number is refused even when
// all its digits seem to be there. No finding holds more than the last four
// digits of a NIK.
package roster

import (
	"slices"

	"payung/domain/worker"
)

// Names of the two sheets of a template.
const (
	ListSheet     = "Daftar"  // the people, one a row
	IdentitySheet = "_payung" // very hidden; see [Identity]
)

// Field is something a list says about a person.
type Field string

// The fields of a list.
const (
	RowID      Field = "row_id" // of a person whom the template was filled with
	Number     Field = "number" // running number, which means nothing
	NIK        Field = "nik"
	Name       Field = "name"
	Birthplace Field = "birthplace"
	Born       Field = "born"
	Sex        Field = "sex"
	Mother     Field = "mother"
	Address    Field = "address"
	Village    Field = "village"
	Phone      Field = "phone"
	Job        Field = "job"
	Wage       Field = "wage"    // a month, in whole rupiah
	Start      Field = "start"   // first day of work
	Reserve    Field = "reserve" // takes the place of a refused one
	Note       Field = "note"

	Leaving     Field = "leaving"      // whether the person is still there, or why not; see [Left]
	LeavingDate Field = "leaving_date" // the day that dates from
)

// Heading is a field as a column of the template.
type Heading struct {
	Field    Field
	Name     worker.Name // what stands above the column
	Required bool        // a list without the column cannot be read
}

// Fields are all fields in the order of the template: the first is column A.
func Fields() []Heading {
	return []Heading{
		{RowID, worker.Name{ID: "ID baris (jangan diubah)", EN: "Row ID (do not change)"}, false},
		{Number, worker.Name{ID: "No.", EN: "No."}, false},
		{NIK, worker.Name{ID: "NIK", EN: "NIK"}, true},
		{Name, worker.Name{ID: "Nama lengkap", EN: "Full name"}, true},
		{Birthplace, worker.Name{ID: "Tempat lahir", EN: "Place of birth"}, false},
		{Born, worker.Name{ID: "Tanggal lahir", EN: "Date of birth"}, false},
		{Sex, worker.Name{ID: "Jenis kelamin (L/P)", EN: "Sex (L/P)"}, false},
		{Mother, worker.Name{ID: "Nama ibu kandung", EN: "Mother's name"}, false},
		{Address, worker.Name{ID: "Alamat", EN: "Address"}, false},
		{Village, worker.Name{ID: "Desa/kelurahan", EN: "Village"}, false},
		{Phone, worker.Name{ID: "No. HP", EN: "Mobile phone"}, false},
		{Job, worker.Name{ID: "Pekerjaan", EN: "Occupation"}, false},
		{Wage, worker.Name{ID: "Upah per bulan (Rp)", EN: "Monthly wage (Rp)"}, false},
		{Start, worker.Name{ID: "Mulai bekerja", EN: "Working since"}, false},
		{Reserve, worker.Name{ID: "Cadangan", EN: "Reserve"}, false},
		{Leaving, worker.Name{ID: "Masih bekerja?", EN: "Still working?"}, false},
		{LeavingDate, worker.Name{ID: "Tanggal keluar/meninggal", EN: "Date left or died"}, false},
		{Note, worker.Name{ID: "Keterangan", EN: "Note"}, false},
	}
}

// order are the fields as in [Fields], for going through them without making
// the list again.
var order = [...]Field{
	RowID, Number, NIK, Name, Birthplace, Born, Sex, Mother, Address, Village, Phone, Job, Wage, Start, Reserve,
	Leaving, LeavingDate, Note,
}

// Known reports whether f is one of the fields.
func (f Field) Known() bool { return slices.Contains(order[:], f) }
