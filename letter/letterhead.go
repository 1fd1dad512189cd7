package letter

import (
	"payung/domain/fault"
	"payung/paper"
)

// Letterhead is whose paper it is (kop surat), and how that office writes on
// it.
type Letterhead struct {
	Logo    []byte        `json:"logo,omitempty"` // PNG or JPEG
	Names   []string      `json:"names"`          // "PEMERINTAH KABUPATEN …", then the office, printed larger
	Address []string      `json:"address,omitempty"`
	Place   string        `json:"place"`            // where letters are dated: "Wanggudu"
	Size    paper.Size    `json:"size"`             // zero: F4
	Margins paper.Margins `json:"margins"`          // zero: 20 above, 20 right, 15 below, 25 left
	Family  paper.Family  `json:"family,omitempty"` // "": Sans, the twin of Arial
	Points  float64       `json:"points,omitempty"` // 0: 11
}

// settled is the letterhead with what it leaves open filled in.
func (h Letterhead) settled() Letterhead {
	if h.Size == (paper.Size{}) {
		h.Size = paper.F4
	}
	if h.Margins == (paper.Margins{}) {
		h.Margins = paper.Margins{Top: 20, Right: 20, Bottom: 15, Left: 25}
	}
	if h.Family == "" {
		h.Family = paper.Sans
	}
	if h.Points == 0 {
		h.Points = 11
	}
	return h
}

// Check refuses a letterhead that one cannot write letters on, and a logo
// that is no sound picture.
func (h Letterhead) Check() error {
	if err := h.fits(); err != nil {
		return err
	}
	_, err := h.picture()
	return err
}

// fits refuses everything about the letterhead but its logo.
func (h Letterhead) fits() error {
	h = h.settled()
	m := h.Margins
	switch {
	case len(h.Names) == 0 || len(h.Names) > 4 || len(h.Address) > 4:
		return fault.New(fault.Invalid, "letterhead_lines", "a letterhead has one to four names and at most four lines of address").On("head.names")
	case h.Size != paper.F4 && h.Size != paper.A4:
		return fault.New(fault.Invalid, "letterhead_paper", "the paper is F4 (215 by 330 mm) or A4").On("head.size")
	case m.Top < 5 || m.Right < 5 || m.Bottom < 5 || m.Left < 5 || m.Top > 80 || m.Right > 60 || m.Bottom > 60 || m.Left > 60:
		return fault.New(fault.Invalid, "letterhead_margins", "margins are 5 to 60 mm, the upper one up to 80").On("head.margins")
	case h.Family != paper.Sans && h.Family != paper.Serif:
		return fault.New(fault.Invalid, "letterhead_type", "the type is sans or serif").On("head.family")
	case h.Points < 9 || h.Points > 13:
		return fault.New(fault.Invalid, "letterhead_type", "the type is 9 to 13 points").On("head.points")
	}
	return nil
}

// picture is the logo, nil if there is none.
func (h Letterhead) picture() (*paper.Picture, error) {
	if len(h.Logo) == 0 {
		return nil, nil
	}
	return paper.NewPicture(h.Logo)
}
