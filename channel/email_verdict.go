package channel

import (
	"errors"
	"strings"

	"github.com/wneessen/go-mail"
)

// judge says what an error of the conversation means; nil: the connection had
// been closed before anything was said.
func (*email) judge(err error) *Failure {
	if errors.Is(err, errWaited) {
		return failure(Unknown, "no_answer", err.Error())
	}
	s, ok := errors.AsType[*mail.SendError](err)
	if !ok {
		if errors.Is(err, mail.ErrNoActiveConnection) || errors.Is(err, mail.ErrDeadlineExtendFailed) {
			return nil
		}
		return failure(Away, "connection", err.Error())
	}
	code, said := s.ErrorCode(), s.Error()
	lost := code == 0 || code == 421
	temporary := code >= 400 && code < 500
	switch s.Reason {
	case mail.ErrConnCheck:
		return nil
	case mail.ErrSMTPMailFrom:
		if lost {
			return failure(Away, "connection", said)
		}
		return failure(Away, "sender", said)
	case mail.ErrSMTPRcptTo:
		switch {
		case lost:
			return failure(Away, "connection", said)
		case temporary:
			return failure(Later, "postponed", said)
		case strings.HasPrefix(s.EnhancedStatusCode(), "5.7.") || code == 530 || code == 554:
			return failure(Refused, "policy", said)
		}
		return failure(BadAddress, "address", said)
	case mail.ErrSMTPData, mail.ErrWriteContent: // nothing is taken before the last line
		if temporary || lost {
			return failure(Later, "interrupted", said)
		}
		return failure(Refused, "content", said)
	case mail.ErrSMTPDataClose:
		switch {
		case code == 0:
			return failure(Unknown, "no_answer", said)
		case temporary:
			return failure(Later, "postponed", said)
		}
		return failure(Refused, "content", said)
	}
	return failure(Refused, "message", said)
}
