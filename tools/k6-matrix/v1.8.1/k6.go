// Package k6 pins the oldest load generator that the tests run on, built like the default one in tools/k6.
package k6

import _ "go.k6.io/k6/cmd"
