package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"os/exec"

	goplugin "github.com/hashicorp/go-plugin"
	"github.com/hashicorp/vault/sdk/plugin"
)

// mode is how a plugin is started: as the ones of containers are, first in plain text to describe itself and then with a
// certificate that it unwraps, for version 4, or with AutoMTLS for version 5.
type mode struct {
	versions   map[int]goplugin.PluginSet
	mounts     []string
	isMutual   bool
	isMetadata bool
	wrapped    *tls.Config
}

func modeOfEnvironment() (*mode, error) {
	if os.Getenv("METADATA_MODE") == "true" {
		return &mode{versions: version4(true), isMetadata: true}, nil
	}
	certificate := os.Getenv("WRAPPED_CERTIFICATE")
	if certificate == "" {
		return &mode{versions: plugin.PluginSet, mounts: []string{"first", "second"}, isMutual: true}, nil
	}
	wrapped, err := trusting([]byte(certificate), []byte(os.Getenv("WRAPPED_KEY")))
	return &mode{versions: version4(false), mounts: []string{"first"}, wrapped: wrapped}, err
}

func version4(isMetadata bool) map[int]goplugin.PluginSet {
	return map[int]goplugin.PluginSet{4: {"backend": &plugin.GRPCBackendPlugin{MetadataMode: isMetadata}}}
}

func (m *mode) command(file string) *exec.Cmd {
	cmd := exec.Command(file)
	cmd.Env = append(os.Environ(), fmt.Sprintf("VAULT_PLUGIN_METADATA_MODE=%t", m.isMetadata),
		fmt.Sprintf("VAULT_PLUGIN_AUTOMTLS_ENABLED=%t", m.isMutual))
	return cmd
}

// trusting is for the one certificate that both sides have and trust.
func trusting(certificate, key []byte) (*tls.Config, error) {
	pair, err := tls.X509KeyPair(certificate, key)
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
