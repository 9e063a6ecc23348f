// Test equipment only: Go's yamux to prove ours against. Nothing of it is shipped.
module vaultwright.test/yamux

go 1.26

require github.com/hashicorp/yamux v0.1.2
