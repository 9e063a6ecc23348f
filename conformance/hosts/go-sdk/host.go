package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	log "github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/helper/pluginutil"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// host is a running plugin with its mounts.
type host struct {
	client      *goplugin.Client
	protocol    goplugin.ClientProtocol
	conn        *grpc.ClientConn
	multiplexed bool
	logger      log.Logger
	runner      *pluginutil.PluginRunner

	lock   sync.Mutex
	mounts map[string]logical.Backend
	sent   []string
}

func start(ctx context.Context, file string) (*host, error) {
	contents, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(contents)
	h := &host{
		logger: log.New(&log.LoggerOptions{Level: log.Debug, Output: os.Stderr, JSONFormat: true}),
		runner: &pluginutil.PluginRunner{Name: filepath.Base(file), Command: file, Sha256: sum[:], Type: consts.PluginTypeSecrets},
		mounts: map[string]logical.Backend{},
	}
	h.client, err = h.runner.RunConfig(ctx,
		pluginutil.PluginSets(plugin.PluginSet),
		pluginutil.HandshakeConfig(plugin.HandshakeConfig),
		pluginutil.Logger(h.logger),
		pluginutil.MetadataMode(false),
		pluginutil.AutoMTLS(true),
		pluginutil.Runner(h.system("")),
	)
	if err != nil {
		return nil, err
	}
	if h.protocol, err = h.client.Client(); err != nil {
		h.client.Kill()
		return nil, err
	}
	h.conn = h.protocol.(*goplugin.GRPCClient).Conn
	h.multiplexed, err = pluginutil.MultiplexingSupported(ctx, h.conn, h.runner.Name)
	return h, err
}

// setup makes one more mount in the same process.
func (h *host) setup(ctx context.Context, mount string, config map[string]string) error {
	backend, err := plugin.NewBackendV5(ctx, h.runner.Name, consts.PluginTypeSecrets, "", h.system(mount), &logical.BackendConfig{Logger: h.logger})
	if err != nil {
		return err
	}
	err = backend.Setup(ctx, &logical.BackendConfig{
		StorageView:         &logical.InmemStorage{},
		Logger:              h.logger,
		System:              h.system(mount),
		BackendUUID:         mount,
		Config:              config,
		EventsSender:        h,
		ObservationRecorder: h,
	})
	h.lock.Lock()
	defer h.lock.Unlock()
	h.mounts[mount] = backend
	return err
}

func (h *host) backend(mount string) (logical.Backend, error) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if backend, ok := h.mounts[mount]; ok {
		return backend, nil
	}
	return nil, errors.New("there is no such mount")
}

// system is what the host tells of itself to a mount.
type system struct {
	logical.StaticSystemView
	host  *host
	mount string
}

func (h *host) system(mount string) *system {
	static := logical.StaticSystemView{
		DefaultLeaseTTLVal: 90 * time.Minute,
		MaxLeaseTTLVal:     48 * time.Hour,
		CachingDisabledVal: true,
		LocalMountVal:      true,
		EntityVal:          &logical.Entity{ID: "entity", Name: "ann", Metadata: map[string]string{"team": "a"}},
		GroupsVal:          []*logical.Group{{ID: "group", Name: "admins"}},
		PluginEnvironment:  &logical.PluginEnvironment{VaultVersion: "1.2.3", VaultVersionMetadata: "ent"},
		VersionString:      "1.2.3",
		ClusterUUID:        "cluster",
	}
	static.SetPasswordPolicy("mock", func() (string, error) { return "generated", nil })
	return &system{static, h, mount}
}

func (s *system) LookupPluginVersion(context.Context, string, consts.PluginType, string) (*pluginutil.PluginRunner, error) {
	return s.host.runner, nil
}

func (s *system) NewPluginClient(context.Context, pluginutil.PluginClientConfig) (pluginutil.PluginClient, error) {
	return &mountClient{ClientProtocol: s.host.protocol, conn: s.host.conn, mount: s.mount}, nil
}

// mountClient is the one connection of the process, with a mount's id on every call.
type mountClient struct {
	goplugin.ClientProtocol
	conn  *grpc.ClientConn
	mount string
}

func (c *mountClient) Conn() grpc.ClientConnInterface { return c }

func (c *mountClient) Reload() error { return nil }

// Close leaves the process running for the other mounts.
func (c *mountClient) Close() error { return nil }

func (c *mountClient) Invoke(ctx context.Context, method string, args, reply any, opts ...grpc.CallOption) error {
	return c.conn.Invoke(c.with(ctx), method, args, reply, opts...)
}

func (c *mountClient) NewStream(ctx context.Context, desc *grpc.StreamDesc, method string, opts ...grpc.CallOption) (grpc.ClientStream, error) {
	return c.conn.NewStream(c.with(ctx), desc, method, opts...)
}

func (c *mountClient) with(ctx context.Context) context.Context {
	return metadata.NewOutgoingContext(ctx, metadata.Pairs(pluginutil.MultiplexingCtxKey, c.mount))
}
