package api

import (
	"context"
	"net/http"

	"payung/domain/worker"
)

// Group is a kind of worker that a line of an agreement protects.
type Group struct {
	Code       string   `json:"code"`
	NameID     string   `json:"name_id"`
	NameEN     string   `json:"name_en"`
	Segment    string   `json:"segment" enum:"PPU,BPU"`
	Programmes []string `json:"programmes"`
	Funding    []string `json:"funding" doc:"codes of sources that may pay, the usual one first"`
	NeedsBasis bool     `json:"needs_basis" doc:"a regional regulation must name it first"`
	ValidFrom  string   `json:"valid_from,omitempty" format:"date"`
	ValidTo    string   `json:"valid_to,omitempty" format:"date"`
	Source     string   `json:"source"`
	Confidence string   `json:"confidence" doc:"V verified, D derived, M plausible, U uncertain"`
}

func groupRoutes(s *server) {
	serve(s, PolicyPublic, route{method: http.MethodGet, path: "/groups", id: "list-groups", summary: "The worker groups"},
		func(context.Context, *struct{}) (List[Group], error) {
			return listed(worker.Groups(), nil, func(g worker.Group) Group {
				return Group{
					Code: g.Code, NameID: g.Name.ID, NameEN: g.Name.EN, Segment: string(g.Segment),
					Programmes: each(g.Programmes, func(p worker.Programme) string { return string(p) }),
					Funding:    append([]string{}, g.Funding...), NeedsBasis: g.NeedsBasis,
					ValidFrom: string(g.ValidFrom), ValidTo: string(g.ValidTo), Source: g.Source, Confidence: string(g.Confidence),
				}
			})
		})
}
