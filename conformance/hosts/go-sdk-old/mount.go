package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	log "github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/plugin"
	"google.golang.org/grpc/metadata"
)

// mount starts a plugin by go-plugin 1.4.3 itself, with AutoMTLS, which Vault 1.10 never asks for. It uses one mount and
// ends the process while its connection is there, which the SDK of Vault 1.10 has closed by then.
func mount(ctx context.Context, file string, version int) error {
	logger := log.New(&log.LoggerOptions{Level: log.Debug, Output: os.Stderr})
	cmd := exec.Command(file)
	cmd.Env = append(os.Environ(), "VAULT_PLUGIN_METADATA_MODE=false", "VAULT_PLUGIN_AUTOMTLS_ENABLED=true")
	client := goplugin.NewClient(&goplugin.ClientConfig{
		HandshakeConfig:  goplugin.HandshakeConfig{MagicCookieKey: "VAULT_BACKEND_PLUGIN", MagicCookieValue: "6669da05-b1c8-4f49-97d9-c8e5bed98e20"},
		VersionedPlugins: map[int]goplugin.PluginSet{version: {"backend": &plugin.GRPCBackendPlugin{Logger: logger}}},
		Cmd:              cmd,
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		AutoMTLS:         true,
		Logger:           logger,
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return err
	}
	dispensed, err := protocol.Dispense("backend")
	if err != nil {
		return err
	}
	tell("version", client.NegotiatedVersion(), nil)
	value, err := writeAndRead(metadata.AppendToOutgoingContext(ctx, "multiplex_id", "mount"), dispensed.(logical.Backend))
	tell("read", value, err)
	started := time.Now()
	client.Kill()
	tell("ended", time.Since(started).Milliseconds(), nil)
	return nil
}

func writeAndRead(ctx context.Context, backend logical.Backend) (any, error) {
	storage := &logical.InmemStorage{}
	if err := backend.Setup(ctx, &logical.BackendConfig{StorageView: storage, Logger: log.NewNullLogger(), System: logical.TestSystemView()}); err != nil {
		return nil, fmt.Errorf("setup: %w", err)
	}
	request := &logical.Request{Operation: logical.CreateOperation, Path: "a", Data: map[string]any{"value": "b"}, Storage: storage}
	if _, err := backend.HandleRequest(ctx, request); err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	request.Operation, request.Data = logical.ReadOperation, nil
	response, err := backend.HandleRequest(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return response.Data["value"], nil
}
