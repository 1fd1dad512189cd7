package api

import "fmt"

// Policy says what an operation lets its caller do. Every operation declares
// one; it stands in the OpenAPI document as x-payung-policy. Which rows a
// caller reaches is the ledger's matter, not the policy's.
type Policy string

// The policies.
const (
	PolicyPublic Policy = "public" // anybody, without an account: health, the document, published rules
	PolicyRead   Policy = "read"   // whoever may see the rows
	PolicyWrite  Policy = "write"  // whoever may record facts about them
	PolicyDecide Policy = "decide" // whoever may decide for an agreement
	PolicyAdmin  Policy = "admin"  // whoever runs the installation
)

// must panics on an operation without a known policy: it must not go out.
func (p Policy) must(operation string) {
	switch p {
	case PolicyPublic, PolicyRead, PolicyWrite, PolicyDecide, PolicyAdmin:
	default:
		panic(fmt.Sprintf("api: operation %s has no policy", operation))
	}
}
