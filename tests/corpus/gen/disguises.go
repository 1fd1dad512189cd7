package main

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"payung/sheet"
	"payung/tests/corpus"
)

// disguises are files under a name that is not theirs, and files that hold no
// list that can be read.
func disguises() []made {
	usual := sheetOf(list(plain(), 1, people(5)...))
	named := func(c corpus.Case, kind sheet.Kind) corpus.Case {
		c.Kind = kind
		return c
	}
	refused := func(file, shows string, kind sheet.Kind, code string) corpus.Case {
		return corpus.Case{File: file, Shows: shows, Kind: kind, Refused: code}
	}
	whole := usual.xlsx()
	withMacros := usual
	withMacros.macros = true
	return []made{
		{named(five("buku-kerja.csv", "a workbook under the name of CSV"), sheet.XLSX), whole},
		{named(five("teks.xlsx", "CSV under the name of a workbook"), sheet.CSV), text(list(plain(), 1, people(5)...), ";", "\r\n")},
		{named(five("teks.xls", "tabs under the name of an old workbook"), sheet.CSV), text(list(plain(), 1, people(5)...), "\t", "\r\n")},
		{refused("surat.xlsx", "a PDF under the name of a workbook", sheet.PDF, "pdf_file"), []byte(pdf)},
		{refused("foto.xlsx", "a photo under the name of a workbook", sheet.Picture, "picture_file"), []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xFF\xD9")},
		{refused("surat.docx", "a letter", sheet.Word, "word_file"), letter()},
		{refused("kumpulan.zip", "a workbook packed into an archive", sheet.Archive, "archive_file"), zipped(packed{"daftar.xlsx", string(whole)})},
		{refused("terkunci.xlsx", "a workbook under a password", sheet.Encrypted, "encrypted_file"), locked()},
		{refused("terpotong.xlsx", "a workbook of which the end is missing", sheet.XLSX, "damaged_file"), whole[:len(whole)*2/3]},
		{refused("makro.xlsm", "a workbook with macros", sheet.XLSM, "file_with_macros"), withMacros.xlsx()},
		{refused("halaman-masuk.xls", "a page of a portal that asks to log in", sheet.Unknown, "unknown_file"), []byte("<!DOCTYPE html>\n<html><head><title>Masuk</title></head><body><form>Sesi Anda berakhir.</form></body></html>\n")},
		{refused("kosong.csv", "nothing but line ends", sheet.Nothing, "empty_file"), []byte("\uFEFF\r\n\r\n")},
		{refused("biner.csv", "bytes that are no text", sheet.Unknown, "unknown_file"), []byte("\x00\x01\x02\x03daftar\x00\xFF\xFE\x00\x00\x07")},
	}
}

const pdf = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

func letter() []byte {
	const document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main"
	return zipped(
		packed{"[Content_Types].xml", declaration + `<Types xmlns="` + packages + `/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			override("/word/document.xml", document) + `</Types>`},
		packed{"_rels/.rels", relations("officeDocument", "word/document.xml")},
		packed{"word/document.xml", declaration + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Daftar nama</w:t></w:r></w:p></w:body></w:document>`},
	)
}

// locked is the outer form of a workbook under a password: a compound file with
// the encrypted package as one of its streams.
func locked() []byte {
	const sector = 512
	file := make([]byte, 3*sector)
	copy(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(file[26:], 3)
	binary.LittleEndian.PutUint16(file[28:], 0xFFFE)
	binary.LittleEndian.PutUint16(file[30:], 9)
	binary.LittleEndian.PutUint32(file[48:], 1)
	for i := range 109 {
		binary.LittleEndian.PutUint32(file[76+4*i:], 0xFFFFFFFF)
	}
	binary.LittleEndian.PutUint32(file[76:], 0)
	for i := range sector / 4 {
		binary.LittleEndian.PutUint32(file[sector+4*i:], 0xFFFFFFFF)
	}
	binary.LittleEndian.PutUint32(file[sector:], 0xFFFFFFFD)
	binary.LittleEndian.PutUint32(file[sector+4:], 0xFFFFFFFE)
	for i, name := range strings.Fields("Root_Entry EncryptionInfo EncryptedPackage") {
		entry := file[2*sector+128*i:]
		units := utf16.Encode([]rune(strings.ReplaceAll(name, "_", " ")))
		for j, unit := range units {
			binary.LittleEndian.PutUint16(entry[2*j:], unit)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(units)+2))
	}
	return file
}
