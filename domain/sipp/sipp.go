// Package sipp knows the worker file of SIPP, in which an employer registers
// new participants with BPJS Ketenagakerjaan: its columns, its name and how
// many rows it takes. Every cell of it is text, numbers and days too.
//
// The rules are those of the SIPP user guide on changes of data (2024), the
// columns those of upload samples that employers have published.
package sipp

import "fmt"

// WorkerSheet is the sheet of the workbook that holds new workers.
const WorkerSheet = "data_tk_baru"

// WorkerFile is the name of every file of new workers. SIPP refuses a file
// that was renamed, "(1)" or "_1" at the end included, so that several files
// have one name and are kept apart by the folders they lie in. The guide does
// not spell the name out; it is taken from the sheet.
const WorkerFile = WorkerSheet + ".xlsx"

// MaxRows is how many workers one file may hold.
const MaxRows = 10_000

// MaxFiles bounds what one export is cut into: ten million workers.
const MaxFiles = 1_000

// Column is a column of the sheet.
type Column struct {
	Letter    string // A to AD
	Name      string // its heading
	Mandatory bool   // a row without it is not valid
}

// Columns are the columns of [WorkerSheet] in order.
func Columns() []Column {
	return []Column{
		{"A", "NO_PEGAWAI", false},
		{"B", "NAMA_LENGKAP", true},
		{"C", "GELAR", false},
		{"D", "TELEPON_AREA_RUMAH", false},
		{"E", "TELEPON_RUMAH", false},
		{"F", "TELEPON_AREA_KANTOR", false},
		{"G", "TELEPON_KANTOR", false},
		{"H", "TELEPON_EXT_KANTOR", false},
		{"I", "HP", false},
		{"J", "EMAIL", false},
		{"K", "TEMPAT_LAHIR", false},
		{"L", "TANGGAL_LAHIR", true}, // dd-mm-yyyy, like every day in the sheet
		{"M", "NAMA_IBU_KANDUNG", false},
		{"N", "JENIS_IDENTITAS", false}, // KTP or PASSPORT
		{"O", "NOMOR_IDENTITAS", true},  // the NIK, compared with the population register for a KTP
		{"P", "MASA_LAKU_IDENTITAS", false},
		{"Q", "JENIS_KELAMIN", false},     // L or P
		{"R", "SURAT_MENYURAT_KE", false}, // S or E
		{"S", "TANGGAL_KEPESERTAAN", false},
		{"T", "STATUS_KAWIN", false},   // Y or T
		{"U", "GOLONGAN_DARAH", false}, // A, B, AB or O
		{"V", "NPWP", false},
		{"W", "KODE_NEGARA", false}, // ID
		{"X", "UPAH", false},
		{"Y", "ALAMAT", false},
		{"Z", "KODE_POS", false},
		{"AA", "LOKASI_PEKERJAAN", false}, // a code
		{"AB", "STATUS_PEGAWAI", false},   // PKWT or PKWTT
		{"AC", "TGL_AWAL_BEKERJA", false},
		{"AD", "TGL_AKHIR_KONTRAK", false},
	}
}

// File is one file of an export.
type File struct {
	Name string
	Rows int // of workers, the heading not counted
}

// Files cuts so many workers into files: full ones and what is left over. No
// workers make no file. A negative number and more than [MaxFiles] files hold
// are errors.
func Files(rows int) ([]File, error) {
	if rows < 0 || rows > MaxFiles*MaxRows {
		return nil, fmt.Errorf("sipp: %d workers are not between 0 and %d", rows, MaxFiles*MaxRows)
	}
	var files []File
	for ; rows > 0; rows -= MaxRows {
		files = append(files, File{Name: WorkerFile, Rows: min(rows, MaxRows)})
	}
	return files, nil
}
