// Package workbook writes the spreadsheets Payung hands out: the template a unit
// fills, and a list that came back with its errors marked.
package workbook

import _ "github.com/xuri/excelize/v2" // written with
