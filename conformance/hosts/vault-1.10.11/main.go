// Command vault-host runs a Vault core in memory on loopback, for tests.
//
// It prints one line of JSON on stdout once the core is unsealed and then logs JSON lines to stderr. It stops, and ends
// the plugins that it started, on SIGTERM, SIGINT or when its stdin closes, so that it never outlives who started it.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/physical/inmem"
	"github.com/hashicorp/vault/vault"
)

// noBuiltins is a registry without plugins: everything that is mounted is a file of the plugin directory.
type noBuiltins struct{}

func (noBuiltins) Contains(string, consts.PluginType) bool { return false }
func (noBuiltins) Get(string, consts.PluginType) (func() (interface{}, error), bool) {
	return nil, false
}
func (noBuiltins) Keys(consts.PluginType) []string { return nil }

type started struct {
	Address   string `json:"address"`
	RootToken string `json:"root_token"`
	UnsealKey []byte `json:"unseal_key"`
}

func main() {
	pluginDirectory := flag.String("plugin-directory", "", "absolute path of the directory with the plugins")
	flag.Parse()
	if err := run(*pluginDirectory); err != nil {
		fmt.Fprintln(os.Stderr, "vault-host:", err)
		os.Exit(1)
	}
}

func run(pluginDirectory string) error {
	stop, release := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer release()
	stop, cancel := context.WithCancel(stop)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()

	logger := hclog.New(&hclog.LoggerOptions{Level: hclog.Debug, JSONFormat: true, Output: os.Stderr})
	storage, err := inmem.NewInmem(nil, logger)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	core, err := vault.NewCore(&vault.CoreConfig{
		BuiltinRegistry: noBuiltins{},
		ClusterName:     "conformance",
		DisableMlock:    true,
		Logger:          logger,
		Physical:        storage,
		PluginDirectory: pluginDirectory,
		RedirectAddr:    address,
	})
	if err != nil {
		return err
	}
	// Ends the plugin processes too, because every mount's backend is cleaned up.
	defer func() { _ = core.ShutdownWait() }()

	share := &vault.SealConfig{SecretShares: 1, SecretThreshold: 1}
	keys, err := core.Initialize(context.Background(), &vault.InitParams{BarrierConfig: share, RecoveryConfig: &vault.SealConfig{}})
	if err != nil {
		return err
	}
	// Unsealing waits for a listener that answers, so HTTP comes first.
	go func() {
		_ = http.Serve(listener, vaulthttp.Handler(&vault.HandlerProperties{
			Core: core,
			ListenerConfig: &configutil.Listener{
				MaxRequestDuration: 90 * time.Second,
				MaxRequestSize:     vaulthttp.DefaultMaxRequestSize,
			},
		}))
	}()
	if _, err := core.Unseal(keys.SecretShares[0]); err != nil {
		return err
	}
	line := started{Address: address, RootToken: keys.RootToken, UnsealKey: keys.SecretShares[0]}
	if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
		return err
	}
	<-stop.Done()
	return nil
}
