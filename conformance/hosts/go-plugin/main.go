// Command go-plugin runs a plugin file by go-plugin's client with its broker over one connection, and writes and reads on
// its mounts. It prints what it saw as one line of JSON. The environment tells in which mode the plugin is started.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/plugin"
	"google.golang.org/grpc/metadata"
)

const largeSize = 900_000

type report struct {
	Version int               `json:"version"`
	Type    string            `json:"type,omitempty"`
	Read    map[string]string `json:"read"`
	Stored  map[string]int    `json:"stored"`
	Large   bool              `json:"large"`
	EndedIn int64             `json:"endedInMs"`
}

func main() {
	seen, err := run(context.Background(), os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(seen)
}

func run(ctx context.Context, file string) (*report, error) {
	mode, err := modeOfEnvironment()
	if err != nil {
		return nil, err
	}
	client := goplugin.NewClient(&goplugin.ClientConfig{
		HandshakeConfig:     plugin.HandshakeConfig,
		VersionedPlugins:    mode.versions,
		Cmd:                 mode.command(file),
		AllowedProtocols:    []goplugin.Protocol{goplugin.ProtocolGRPC},
		AutoMTLS:            mode.isMutual,
		TLSConfig:           mode.wrapped,
		GRPCBrokerMultiplex: true,
		Logger:              hclog.New(&hclog.LoggerOptions{Output: os.Stderr, Level: hclog.Debug}),
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return nil, err
	}
	seen := &report{Version: client.NegotiatedVersion(), Read: map[string]string{}, Stored: map[string]int{}}
	if mode.isMetadata {
		if seen.Type, err = typeOf(ctx, protocol); err != nil {
			return nil, err
		}
	}
	for _, mount := range mode.mounts {
		if err := useMount(ctx, protocol, mount, seen); err != nil {
			return nil, fmt.Errorf("mount %s: %w", mount, err)
		}
	}
	started := time.Now()
	client.Kill()
	seen.EndedIn = time.Since(started).Milliseconds()
	return seen, nil
}

func typeOf(ctx context.Context, protocol goplugin.ClientProtocol) (string, error) {
	dispensed, err := protocol.Dispense("backend")
	if err != nil {
		return "", err
	}
	backend := dispensed.(logical.Backend)
	err = backend.Setup(ctx, &logical.BackendConfig{Logger: hclog.NewNullLogger(), System: logical.TestSystemView()})
	return backend.Type().String(), err
}

func useMount(ctx context.Context, protocol goplugin.ClientProtocol, mount string, seen *report) error {
	dispensed, err := protocol.Dispense("backend")
	if err != nil {
		return err
	}
	backend := dispensed.(logical.Backend)
	ctx = metadata.AppendToOutgoingContext(ctx, "multiplex_id", mount)
	storage := &logical.InmemStorage{}
	if err := backend.Setup(ctx, &logical.BackendConfig{
		StorageView: storage,
		Logger:      hclog.NewNullLogger(),
		System:      logical.TestSystemView(),
		BackendUUID: mount,
		Config:      map[string]string{"version": "1"},
	}); err != nil {
		return err
	}
	value, err := writeAndRead(ctx, backend, storage, "value of "+mount)
	if err != nil {
		return err
	}
	seen.Read[mount] = value
	large := strings.Repeat("x", largeSize)
	value, err = writeAndRead(ctx, backend, storage, large)
	seen.Large = sha256.Sum256([]byte(value)) == sha256.Sum256([]byte(large))
	keys, listErr := logical.CollectKeys(ctx, storage)
	seen.Stored[mount] = len(keys)
	if err == nil {
		err = listErr
	}
	backend.Cleanup(ctx)
	return err
}

func writeAndRead(ctx context.Context, backend logical.Backend, storage logical.Storage, value string) (string, error) {
	for _, operation := range []logical.Operation{logical.CreateOperation, logical.ReadOperation} {
		response, err := backend.HandleRequest(ctx, &logical.Request{ID: "request", Operation: operation, Path: "one",
			Data: map[string]any{"value": value}, Storage: storage, ClientToken: "token"})
		if err != nil {
			return "", err
		}
		if operation == logical.ReadOperation {
			return fmt.Sprint(response.Data["value"]), nil
		}
	}
	return "", nil
}
