// Command login serves an auth method whose login by a shared secret does what that of plugins/example-auth does: it reads
// the settings from storage, compares with an HMAC of the last secret that fitted, and falls back to scrypt.
package main

import "vaultwright.test/bench/serve"

func main() {
	serve.Plugin(factory)
}
