// Command kv-go serves HashiCorp's own KV plugin as it is released.
package main

import (
	"log"
	"os"

	kv "github.com/hashicorp/vault-plugin-secrets-kv"
	"github.com/hashicorp/vault/api"
	"github.com/hashicorp/vault/sdk/plugin"
)

func main() {
	meta := &api.PluginAPIClientMeta{}
	if err := meta.FlagSet().Parse(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	tls := api.VaultPluginTLSProvider(meta.GetTLSConfig())
	if err := plugin.ServeMultiplex(&plugin.ServeOpts{BackendFactoryFunc: kv.Factory, TLSProviderFunc: tls}); err != nil {
		log.Fatal(err)
	}
}
