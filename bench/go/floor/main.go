// Command floor serves a plugin that answers every read with the same data and every write with nothing, and never asks
// for storage: what is left is the price of the protocol and of Go's SDK.
package main

import (
	"context"

	"github.com/hashicorp/vault/sdk/framework"
	"github.com/hashicorp/vault/sdk/logical"

	"vaultwright.test/bench/serve"
)

func main() {
	serve.Plugin(factory)
}

func factory(ctx context.Context, config *logical.BackendConfig) (logical.Backend, error) {
	backend := &framework.Backend{
		BackendType: logical.TypeLogical,
		Paths: []*framework.Path{{
			Pattern: ".*",
			Operations: map[logical.Operation]framework.OperationHandler{
				logical.ReadOperation:   &framework.PathOperation{Callback: read},
				logical.UpdateOperation: &framework.PathOperation{Callback: write},
			},
		}},
	}
	return backend, backend.Setup(ctx, config)
}

func read(context.Context, *logical.Request, *framework.FieldData) (*logical.Response, error) {
	return &logical.Response{Data: map[string]any{"value": "constant"}}, nil
}

func write(context.Context, *logical.Request, *framework.FieldData) (*logical.Response, error) {
	return nil, nil
}
