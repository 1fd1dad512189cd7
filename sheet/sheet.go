// Package sheet reads what people send when they are asked for a spreadsheet:
// XLSX, ODS, CSV in its dialects. It trusts nothing: what a file is, its content
// says, and how much of it is read, we say.
package sheet
