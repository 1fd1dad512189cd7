package api

import (
	"context"
	"net/http"

	"payung/domain/fault"
	"payung/domain/region"
)

// Region is one region of the Kemendagri table.
type Region struct {
	Code     string `json:"code" example:"74.05"`
	Name     string `json:"name"`
	FullName string `json:"full_name"`
	Kind     string `json:"kind" enum:"provinsi,kabupaten,kota,kecamatan,desa,kelurahan,desa adat"`
	Zone     string `json:"zone"`
}

func regionView(r region.Region) Region {
	return Region{Code: r.Code, Name: r.Name, FullName: r.FullName(), Kind: string(r.Kind), Zone: string(region.ZoneOf(r.Code))}
}

// RegionQuery asks for regions by name, or for those directly below a code.
type RegionQuery struct {
	Name   string `query:"name" maxLength:"100" doc:"finds the name anywhere below within; without it the regions directly below are listed"`
	Within string `query:"within" maxLength:"13" doc:"a code; empty: the whole country"`
}

// ByCode names a region in the path.
type ByCode struct {
	Code string `path:"code" maxLength:"13"`
}

func regionRoutes(s *server) {
	get := func(path, id, summary string) route {
		return route{method: http.MethodGet, path: path, id: id, summary: summary}
	}
	serve(s, PolicyPublic, get("/regions", "list-regions", "Find regions by name, or list those below one"),
		func(_ context.Context, in *RegionQuery) (List[Region], error) {
			if in.Within != "" {
				if _, err := findRegion(in.Within); err != nil {
					return List[Region]{}, err
				}
			}
			if in.Name == "" {
				return listed(region.Children(in.Within), nil, regionView)
			}
			return listed(region.ByName(in.Name, in.Within), nil, regionView)
		})
	serve(s, PolicyPublic, get("/regions/dataset", "get-region-dataset", "Where the table of regions is from, and its licence"),
		func(context.Context, *struct{}) (region.Info, error) { return region.Dataset(), nil })
	serve(s, PolicyPublic, get("/regions/{code}", "get-region", "One region"),
		func(_ context.Context, in *ByCode) (Region, error) {
			r, err := findRegion(in.Code)
			return regionView(r), err
		})
	serve(s, PolicyPublic, get("/regions/{code}/children", "list-region-children", "The regions directly below"),
		func(_ context.Context, in *ByCode) (List[Region], error) {
			if _, err := findRegion(in.Code); err != nil {
				return List[Region]{}, err
			}
			return listed(region.Children(in.Code), nil, regionView)
		})
}

// findRegion finds a region or says what became of its code.
func findRegion(code string) (region.Region, error) {
	r, ok := region.Find(code)
	if ok {
		return r, nil
	}
	if c, changed := region.Changed(code); changed {
		return r, fault.New(fault.NotFound, "region_recoded", "region %s is %s now", code, c.ReplacedBy).With("code", code).With("now", c.ReplacedBy)
	}
	return r, fault.New(fault.NotFound, "not_found", "there is no such region").With("what", "region")
}
