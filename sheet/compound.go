package sheet

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
)

// compoundMark begins every file of Office before 2007, and those under a
// password to this day.
const compoundMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// compound tells what a file of that sort is by the name of its main stream.
func compound(r io.ReaderAt) Kind {
	kind := Unknown
	for _, name := range streams(r) {
		switch name {
		case "EncryptedPackage":
			return Encrypted
		case "Workbook", "Book":
			kind = XLS
		case "WordDocument":
			kind = Word
		case "PowerPoint Document":
			kind = Slides
		}
	}
	return kind
}

const (
	directorySectors = 64  // of a directory, more than any such file has
	headerSectors    = 109 // of the allocation table, as the header lists them
	entrySize        = 128
)

// streams lists the names in the directory of a compound file ([MS-CFB]), up to
// where it is damaged.
func streams(r io.ReaderAt) []string {
	var header [512]byte
	if _, err := r.ReadAt(header[:], 0); err != nil {
		return nil
	}
	shift := binary.LittleEndian.Uint16(header[30:])
	if shift != 9 && shift != 12 {
		return nil
	}
	var names []string
	size := int64(1) << shift
	sector, content := binary.LittleEndian.Uint32(header[48:]), make([]byte, size)
	for range directorySectors {
		if _, err := r.ReadAt(content, (int64(sector)+1)*size); err != nil {
			return names
		}
		for entry := content; len(entry) > 0; entry = entry[entrySize:] {
			names = append(names, streamName(entry))
		}
		table := int64(sector) / (size / 4)
		if table >= headerSectors {
			return names
		}
		at := (int64(binary.LittleEndian.Uint32(header[76+4*table:]))+1)*size + 4*(int64(sector)%(size/4))
		var next [4]byte
		if _, err := r.ReadAt(next[:], at); err != nil {
			return names
		}
		sector = binary.LittleEndian.Uint32(next[:])
	}
	return names
}

// streamName is the name at the beginning of an entry: up to 31 characters of
// UTF-16, and how many bytes they are with the zero after them.
func streamName(entry []byte) string {
	length := min(int(binary.LittleEndian.Uint16(entry[64:])), 64)
	var units []uint16
	for at := 0; at+2 < length; at += 2 {
		units = append(units, binary.LittleEndian.Uint16(entry[at:]))
	}
	return string(utf16.Decode(units))
}
