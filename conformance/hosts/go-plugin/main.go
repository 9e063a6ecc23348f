// Command go-plugin runs a plugin file by go-plugin's client with its broker over one connection, and writes and reads on
// its mounts. It prints what it saw as one line of JSON. With a certificate in the environment it is a host of protocol
// version 4, whose plugin unwraps that certificate, and else one of version 5 with AutoMTLS and two mounts in the process.
package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
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
	wrapped, err := wrappedTLS()
	if err != nil {
		return nil, err
	}
	isMutual := wrapped == nil
	mounts := []string{"first", "second"}
	versions := plugin.PluginSet
	if !isMutual {
		mounts = mounts[:1]
		versions = map[int]goplugin.PluginSet{4: versions[5]}
	}
	client := goplugin.NewClient(&goplugin.ClientConfig{
		HandshakeConfig:     plugin.HandshakeConfig,
		VersionedPlugins:    versions,
		Cmd:                 command(file, isMutual),
		AllowedProtocols:    []goplugin.Protocol{goplugin.ProtocolGRPC},
		AutoMTLS:            isMutual,
		TLSConfig:           wrapped,
		GRPCBrokerMultiplex: true,
		Logger:              hclog.New(&hclog.LoggerOptions{Output: os.Stderr, Level: hclog.Debug}),
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return nil, err
	}
	seen := &report{Version: client.NegotiatedVersion(), Read: map[string]string{}, Stored: map[string]int{}}
	for _, mount := range mounts {
		if err := useMount(ctx, protocol, mount, seen); err != nil {
			return nil, fmt.Errorf("mount %s: %w", mount, err)
		}
	}
	started := time.Now()
	client.Kill()
	seen.EndedIn = time.Since(started).Milliseconds()
	return seen, nil
}

func command(file string, isMutual bool) *exec.Cmd {
	cmd := exec.Command(file)
	cmd.Env = append(os.Environ(), "VAULT_PLUGIN_METADATA_MODE=false", fmt.Sprintf("VAULT_PLUGIN_AUTOMTLS_ENABLED=%t", isMutual))
	return cmd
}

// wrappedTLS is for the one certificate that both sides have and trust; there is none with AutoMTLS.
func wrappedTLS() (*tls.Config, error) {
	certificate, key := os.Getenv("WRAPPED_CERTIFICATE"), os.Getenv("WRAPPED_KEY")
	if certificate == "" {
		return nil, nil
	}
	pair, err := tls.X509KeyPair([]byte(certificate), []byte(key))
	if err != nil {
		return nil, err
	}
	trusted := x509.NewCertPool()
	trusted.AddCert(pair.Leaf)
	return &tls.Config{
		Certificates: []tls.Certificate{pair},
		RootCAs:      trusted,
		ClientCAs:    trusted,
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ServerName:   pair.Leaf.Subject.CommonName,
		MinVersion:   tls.VersionTLS12,
	}, nil
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
