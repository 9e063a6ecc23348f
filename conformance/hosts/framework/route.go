package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/vault/sdk/framework"
	"github.com/hashicorp/vault/sdk/logical"
)

// routing is a pattern with paths to look for.
type routing struct {
	Pattern string   `json:"pattern"`
	Paths   []string `json:"paths"`
}

// route gives what the framework captures of each path, or null where the pattern does not match. A pattern that the
// framework does not take is an error.
func route(value string) (reply answer) {
	var asked routing
	if err := json.Unmarshal([]byte(value), &asked); err != nil {
		fail(fmt.Errorf("%s: %w", value, err))
	}
	defer func() {
		if reason := recover(); reason != nil {
			reply = answer{Error: fmt.Sprint(reason)}
		}
	}()
	var captured map[string]any
	read := func(_ context.Context, _ *logical.Request, data *framework.FieldData) (*logical.Response, error) {
		captured = data.Raw
		return nil, nil
	}
	operations := map[logical.Operation]framework.OperationHandler{
		logical.ReadOperation: &framework.PathOperation{Callback: read},
	}
	backend := &framework.Backend{Paths: []*framework.Path{{Pattern: asked.Pattern, Operations: operations}}}
	found := []map[string]any{}
	for _, path := range asked.Paths {
		captured = nil
		_, err := backend.HandleRequest(context.Background(), &logical.Request{Operation: logical.ReadOperation, Path: path})
		if err != nil && err != logical.ErrUnsupportedPath {
			return answer{Error: err.Error()}
		}
		found = append(found, captured)
	}
	return answer{Set: true, Value: found}
}
