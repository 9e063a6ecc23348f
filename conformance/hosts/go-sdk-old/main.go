// Command go-sdk-old starts one plugin as Vault 1.10 does to learn what it is, and prints one JSON object for each check.
// With a version of the protocol as its second argument it uses a mount with AutoMTLS instead.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	log "github.com/hashicorp/go-hclog"
	"github.com/hashicorp/vault/sdk/helper/pluginutil"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/plugin"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 1 {
		return describe(ctx, args[0])
	}
	version, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	return mount(ctx, args[0], version)
}

func describe(ctx context.Context, file string) error {
	contents, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(contents)
	runner := &pluginutil.PluginRunner{Name: "plugin", Command: file, Sha256: sum[:]}
	logger := log.New(&log.LoggerOptions{Level: log.Debug, Output: os.Stderr})
	system := logical.StaticSystemView{}
	backend, err := plugin.NewPluginClient(ctx, system, runner, logger, true)
	if err != nil {
		return err
	}
	err = backend.Setup(ctx, &logical.BackendConfig{Logger: logger, System: system})
	tell("setup", "", err)
	tell("type", backend.Type().String(), nil)
	tell("special", backend.SpecialPaths(), nil)
	_, err = backend.HandleRequest(ctx, &logical.Request{Operation: logical.ReadOperation, Path: "a"})
	tell("request", "", err)
	backend.Cleanup(ctx)
	return nil
}

func tell(check string, value any, err error) {
	told := map[string]any{"check": check, "value": value}
	if err != nil {
		told["error"] = err.Error()
	}
	_ = json.NewEncoder(os.Stdout).Encode(told)
}
