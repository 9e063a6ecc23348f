// Command login serves an auth method whose login by a shared secret does what that of plugins/example-auth does: it reads
// the settings from storage, compares with an HMAC of the last secret that fitted, and falls back to scrypt.
package main

import (
	"log"
	"os"

	"github.com/hashicorp/vault/api"
	"github.com/hashicorp/vault/sdk/plugin"
)

func main() {
	meta := &api.PluginAPIClientMeta{}
	if err := meta.FlagSet().Parse(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	tls := api.VaultPluginTLSProvider(meta.GetTLSConfig())
	if err := plugin.ServeMultiplex(&plugin.ServeOpts{BackendFactoryFunc: factory, TLSProviderFunc: tls}); err != nil {
		log.Fatal(err)
	}
}
