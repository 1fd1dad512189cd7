package sheet

import "bytes"

// openTag takes a tag that opens an element from the beginning of w; n is 0 if
// w ends before the tag does.
func (m *markup) openTag(w []byte) (n int, err error) {
	name, local, i := nameIn(w, 1)
	if i == len(w) {
		return 0, nil
	}
	if local == nil {
		return 0, badName(name)
	}
	m.attrs, m.values = m.attrs[:0], m.values[:0]
	for i > 0 {
		if i = blanks(w, i); i == len(w) {
			return 0, nil
		}
		if w[i] == '>' {
			m.name = local
			return i + 1, m.push(name)
		}
		if w[i] != '/' {
			if i, err = m.attribute(w, i); err != nil {
				return 0, err
			}
			continue
		}
		if i+1 == len(w) {
			return 0, nil
		}
		if w[i+1] != '>' {
			return 0, damaged(aboutXML)
		}
		m.name, m.empty = local, true
		return i + 2, m.push(name)
	}
	return 0, nil
}

// attribute takes an attribute from w at i; the result is where it ends, or 0
// if w ends before.
func (m *markup) attribute(w []byte, i int) (int, error) {
	name, local, i := nameIn(w, i)
	if i == len(w) {
		return 0, nil
	}
	if local == nil {
		return 0, badName(name)
	}
	if i = blanks(w, i); i == len(w) {
		return 0, nil
	}
	if w[i] != '=' {
		return 0, damaged(aboutXML)
	}
	if i = blanks(w, i+1); i == len(w) {
		return 0, nil
	}
	quote := w[i]
	if quote != '"' && quote != '\'' {
		return 0, damaged(aboutXML)
	}
	length := bytes.IndexByte(w[i+1:], quote)
	if length < 0 {
		return 0, nil
	}
	value := w[i+1 : i+1+length]
	for _, c := range value {
		if odd[c] || c == '<' {
			var err error
			if value, err = m.decoded(value); err != nil {
				return 0, err
			}
			break
		}
	}
	for _, a := range m.attrs {
		if bytes.Equal(a.name, name) {
			return 0, damaged(aboutNames)
		}
	}
	if len(m.attrs) == manyNames {
		return 0, damaged(aboutLong)
	}
	m.attrs = append(m.attrs, attribute{name, local, value})
	return i + length + 2, nil
}

// decoded is an attribute's value with its entities resolved.
func (m *markup) decoded(value []byte) ([]byte, error) {
	if bytes.IndexByte(value, '<') >= 0 {
		return nil, damaged(aboutXML)
	}
	from := len(m.values)
	var ok bool
	if m.values, ok = unescape(m.values, value, false); !ok {
		return nil, damaged(aboutXML)
	}
	return m.values[from:], nil
}

// closeTag takes a tag that closes the innermost element.
func (m *markup) closeTag(w []byte) (n int, err error) {
	if m.depth() == 0 {
		return 0, damaged(aboutXML)
	}
	name := m.path[m.starts[len(m.starts)-1]:]
	if len(w) < len(name)+3 {
		return 0, nil
	}
	i := 2 + len(name)
	if !bytes.Equal(w[2:i], name) {
		return 0, damaged(aboutXML)
	}
	if i = blanks(w, i); i == len(w) {
		return 0, nil
	}
	if w[i] != '>' {
		return 0, damaged(aboutXML)
	}
	m.pop()
	return i + 1, nil
}

func (m *markup) push(name []byte) error {
	if m.depth() == deepest {
		return damaged(aboutLong)
	}
	if m.depth() == 0 {
		if m.roots++; m.roots > 1 {
			return damaged(aboutXML)
		}
	}
	m.begun = true
	m.starts = append(m.starts, len(m.path))
	m.path = append(m.path, name...)
	return nil
}

func (m *markup) pop() {
	last := len(m.starts) - 1
	m.path, m.starts = m.path[:m.starts[last]], m.starts[:last]
}

// attr is the value of an attribute of the element just opened, or nil.
func (m *markup) attr(name string) []byte {
	for i := range m.attrs {
		if string(m.attrs[i].local) == name {
			return m.attrs[i].value
		}
	}
	return nil
}

// nameIn takes a name from w at i, and where it ends. Local is what follows the
// prefix; it is nil if that is no name. Names in spreadsheets are ASCII.
func nameIn(w []byte, i int) (name, local []byte, end int) {
	from, prefix := i, i
	for i < len(w) && inName[w[i]] {
		if w[i] == ':' {
			if prefix > from || i == from {
				return w[from:i], nil, i
			}
			prefix = i + 1
		}
		i++
	}
	name = w[from:i]
	if prefix == i || notFirst(w[from]) || notFirst(w[prefix]) {
		return name, nil, i
	}
	return name, w[prefix:i], i
}

func notFirst(c byte) bool { return c == '-' || c == '.' || '0' <= c && c <= '9' }

// badName tells names that are none from those we do not take.
func badName(name []byte) error {
	if len(name) == 0 {
		return damaged(aboutXML)
	}
	return damaged(aboutNames)
}

func blanks(w []byte, i int) int {
	for i < len(w) && (w[i] == ' ' || w[i] == '\n' || w[i] == '\r' || w[i] == '\t') {
		i++
	}
	return i
}

// inName are the bytes of names.
var inName = func() (set [256]bool) {
	for c := range set {
		set[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '.' || c == ':'
	}
	return set
}()
