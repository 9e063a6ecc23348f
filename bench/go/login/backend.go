package main

import (
	"context"
	"time"

	"github.com/hashicorp/go-uuid"
	"github.com/hashicorp/vault/sdk/framework"
	"github.com/hashicorp/vault/sdk/logical"
)

// settings are what a mount stores.
type settings struct {
	SecretID string            `json:"secret_id"`
	Hash     hash              `json:"hash"`
	Policies []string          `json:"policies"`
	Metadata map[string]string `json:"metadata"`
	TTL      int               `json:"ttl"`
	MaxTTL   int               `json:"max_ttl"`
}

type backend struct {
	*framework.Backend
	recent *recentSecret
}

func factory(ctx context.Context, config *logical.BackendConfig) (logical.Backend, error) {
	recent, err := newRecentSecret()
	if err != nil {
		return nil, err
	}
	b := &backend{recent: recent}
	b.Backend = &framework.Backend{
		BackendType:  logical.TypeCredential,
		AuthRenew:    b.renew,
		PathsSpecial: &logical.Paths{Unauthenticated: []string{"login"}},
		Paths: []*framework.Path{
			{
				Pattern: "config",
				Fields: map[string]*framework.FieldSchema{
					"shared_secret":   {Type: framework.TypeString},
					"shared_policies": {Type: framework.TypeCommaStringSlice},
					"shared_metadata": {Type: framework.TypeKVPairs},
					"shared_ttl":      {Type: framework.TypeDurationSecond},
					"shared_max_ttl":  {Type: framework.TypeDurationSecond},
				},
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.UpdateOperation: &framework.PathOperation{Callback: b.configure},
				},
			},
			{
				Pattern: "login",
				Fields: map[string]*framework.FieldSchema{
					"username": {Type: framework.TypeNameString},
					"password": {Type: framework.TypeString},
				},
				Operations: map[logical.Operation]framework.OperationHandler{
					logical.UpdateOperation: &framework.PathOperation{Callback: b.login},
				},
			},
		},
	}
	return b, b.Setup(ctx, config)
}

func (b *backend) configure(ctx context.Context, request *logical.Request, data *framework.FieldData) (*logical.Response, error) {
	id, err := uuid.GenerateUUID()
	if err != nil {
		return nil, err
	}
	hash, err := newHash(data.Get("shared_secret").(string))
	if err != nil {
		return nil, err
	}
	entry, err := logical.StorageEntryJSON("config", settings{
		SecretID: id,
		Hash:     hash,
		Policies: data.Get("shared_policies").([]string),
		Metadata: data.Get("shared_metadata").(map[string]string),
		TTL:      data.Get("shared_ttl").(int),
		MaxTTL:   data.Get("shared_max_ttl").(int),
	})
	if err != nil {
		return nil, err
	}
	return nil, request.Storage.Put(ctx, entry)
}

func (b *backend) login(ctx context.Context, request *logical.Request, data *framework.FieldData) (*logical.Response, error) {
	found, err := readSettings(ctx, request.Storage)
	if err != nil {
		return nil, err
	}
	password := data.Get("password").(string)
	if found == nil {
		return nil, logical.ErrPermissionDenied
	}
	if !b.recent.is(password, found.Hash) {
		fits, err := found.Hash.fits(password)
		if err != nil {
			return nil, err
		}
		if !fits {
			return nil, logical.ErrPermissionDenied
		}
	}
	b.recent.remember(password, found.Hash)
	return &logical.Response{Auth: &logical.Auth{
		InternalData: map[string]any{"shared_secret_id": found.SecretID},
		Policies:     found.Policies,
		Metadata:     found.Metadata,
		LeaseOptions: logical.LeaseOptions{
			TTL:       time.Duration(found.TTL) * time.Second,
			MaxTTL:    time.Duration(found.MaxTTL) * time.Second,
			Renewable: true,
		},
	}}, nil
}

func (b *backend) renew(ctx context.Context, request *logical.Request, _ *framework.FieldData) (*logical.Response, error) {
	found, err := readSettings(ctx, request.Storage)
	if err != nil {
		return nil, err
	}
	if found == nil || found.SecretID != request.Auth.InternalData["shared_secret_id"] {
		return nil, logical.ErrPermissionDenied
	}
	return &logical.Response{Auth: request.Auth}, nil
}

func readSettings(ctx context.Context, storage logical.Storage) (*settings, error) {
	entry, err := storage.Get(ctx, "config")
	if err != nil || entry == nil {
		return nil, err
	}
	var found settings
	return &found, entry.DecodeJSON(&found)
}
