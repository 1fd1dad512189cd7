package api

import (
	"context"
	"io"
)

func templateRoutes(s *server) {
	attach(s, PolicyRead, "/obligations/{id}/template.xlsx", "get-template", "The sheet to fill for a duty, with the people of the list before, masked", excelFile,
		func(ctx context.Context, in *SpokenID, w io.Writer) (string, error) {
			return s.Intake.Template(ctx, callOf(ctx).actor, in.ID, in.lang(), w)
		})
}
