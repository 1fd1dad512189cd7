package ledger

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNoNIKIsKeptInWords(t *testing.T) {
	t.Parallel()
	for written, kept := range map[string]string{
		"9973912106870001":                       "************0001",
		"NIK 9973 9121 0687 0001, Kepala Desa":   "NIK **** **** **** 0001, Kepala Desa",
		"997391.210687.0001":                     "******.******.0001",
		"997391-210687-0001":                     "******-******-0001",
		"９９７３９１２１０６８７０００１":                       "************０００１",
		"997391210687001":                        "***********7001",
		"9973\u00a09121\u00a00687\u00a00001":     "****\u00a0****\u00a0****\u00a00001",
		" +62 812-3456-789 ":                     "+62 812-3456-789",
		"0812-3456-7890 / 0813-4567-8901":        "0812-3456-7890 / 0813-4567-8901",
		"Perbup 24 Tahun 2021, 20 November 2026": "Perbup 24 Tahun 2021, 20 November 2026",
		"9973912106870001 dan 9973912106870002":  "************0001 dan ************0002",
	} {
		require.Equal(t, kept, inWords(written), written)
	}
}

func TestANameOfAFileLeadsNowhere(t *testing.T) {
	t.Parallel()
	for given, kept := range map[string]string{
		"../../etc/passwd":                       "passwd",
		`C:\Users\x\daftar.xlsx`:                 "daftar.xlsx",
		"daftar\u202exslx.exe":                   "daftarxslx.exe",
		"a\x00b\r\nc\u200b.csv":                  "abc.csv",
		"daftar 9973912106870001.csv":            "daftar ************0001.csv",
		"daftar 9973 9121 0687 0001.csv":         "daftar **** **** **** 0001.csv",
		"IMG-20261120-WA0001.jpg":                "IMG-20261120-WA0001.jpg",
		"WhatsApp 2026-11-20 at 10.15.22.xlsx":   "WhatsApp 2026-11-20 at 10.15.22.xlsx",
		strings.Repeat("a", 4096) + " akhir.csv": strings.Repeat("a", 190) + " akhir.csv",
		"\xff\xfe.csv":                           ".csv",
	} {
		require.Equal(t, kept, fileName(given), given)
	}
}
