package roster

// Place is a person's place on a list as far as filling it is concerned.
type Place struct {
	Row     int
	Reserve bool
	Refused bool
}

// Filled is who stands on the list in the end, by row, in the order of the
// list.
type Filled struct {
	Regular []int // named and not refused
	Moved   []int // reserves who take the place of refused ones
	Waiting []int // reserves who are good and not needed
	Over    int   // how many regular ones are beyond the quota
}

// Fill lets reserves take the places of refused people, one for one, in the
// order of the list, until the quota is full. A quota of 0 is none. People
// beyond the quota are only counted: whose name goes is for a person to say.
func Fill(list []Place, quota int) Filled {
	var f Filled
	free := 0
	for _, p := range list {
		switch {
		case p.Reserve:
		case p.Refused:
			free++
		default:
			f.Regular = append(f.Regular, p.Row)
		}
	}
	if quota > 0 {
		free = min(free, quota-len(f.Regular))
		f.Over = max(0, len(f.Regular)-quota)
	}
	for _, p := range list {
		switch {
		case !p.Reserve || p.Refused:
		case free > 0:
			f.Moved = append(f.Moved, p.Row)
			free--
		default:
			f.Waiting = append(f.Waiting, p.Row)
		}
	}
	return f
}
