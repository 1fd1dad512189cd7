package sheet

// skip passes over the element just opened and all in it.
func (m *markup) skip() error {
	for outside := m.depth() - 1; ; {
		t, err := m.next()
		if err != nil {
			return err
		}
		if t == closes && m.depth() == outside {
			return nil
		}
	}
}

// leaf is the text of the element just opened, which has to be all there is in
// it.
func (m *markup) leaf() ([]byte, error) {
	m.keep = true
	t, err := m.next()
	m.keep = false
	if err == nil && t != closes {
		err = damaged(aboutPlace)
	}
	return m.text, err
}

// children visits the elements of a name right below a root of another.
func (m *markup) children(root, name string, visit func() error) error {
	for {
		t, err := m.next()
		switch {
		case err != nil:
			return err
		case t == ends:
			return nil
		case t == opens && m.depth() == 1 && string(m.name) != root:
			return damaged(root)
		case t == opens && m.depth() == 2 && string(m.name) == name:
			if err := visit(); err != nil {
				return err
			}
		}
	}
}
