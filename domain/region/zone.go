package region

import "payung/domain/calendar"

// ZoneOf is the time zone of a region, which is that of its province (Keppres
// 41/1987). It goes by the province's part of the code, so codes out of force
// have a zone too; it is empty where there is no such province.
func ZoneOf(code string) calendar.Zone { return zones()[ProvinceOf(code)] }
