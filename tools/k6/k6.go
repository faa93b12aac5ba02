// Package k6 pins the load generator: go.sum holds the checksums of all that `go build go.k6.io/k6/v2` compiles.
package k6

import _ "go.k6.io/k6/v2/cmd"
