// Package paper is a sheet of paper that one draws on once and takes away
// twice: as a PDF and, page by page, as a PNG of the same layout for a phone.
//
// All lengths are millimetres from the upper left corner, all type sizes
// points. Whoever draws chooses between two ways that mix freely: the flow,
// which begins below the upper margin and breaks pages by itself
// ([Document.Paragraph], [Document.Item], [Document.Table]), and places on
// the current page ([Document.Text], [Document.Block], [Document.Line],
// [Document.Box], [Document.Fill], [Document.Picture], [Document.QR]).
//
// The same drawing gives the same bytes, on every machine and in every
// process: fonts are built in, and the only date is the one handed in. Text
// may come from anywhere. What the fonts cannot show, and what would turn or
// hide its neighbours, is shown as a visible box instead.
//
// Nothing fails half way: a mistake such as a QR code with too much in it is
// remembered, and [Document.PDF] and [Document.PNG] answer with the first.
package paper
