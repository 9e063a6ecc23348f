// Command openapi defines the plugins of conformance/help-samples.ts once more, with the framework of Vault's SDK, and
// prints its answers to requests for their help as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/vault/sdk/framework"
	"github.com/hashicorp/vault/sdk/logical"
)

// A plugin, and the paths whose help is asked for.
type sample struct {
	name     string
	prefix   string
	requests []string
	backend  *framework.Backend
}

// What the framework answers.
type golden struct {
	Sample string                 `json:"sample"`
	Path   string                 `json:"path"`
	Prefix string                 `json:"prefix"`
	Answer map[string]interface{} `json:"answer"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	goldens := []golden{}
	for _, each := range []sample{workedExample(), kinds(), operations(), patterns(), login()} {
		made, err := goldensOf(each)
		if err != nil {
			return fmt.Errorf("%s: %w", each.name, err)
		}
		goldens = append(goldens, made...)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(goldens)
}

func goldensOf(each sample) ([]golden, error) {
	ctx := context.Background()
	config := &logical.BackendConfig{
		Logger: hclog.NewNullLogger(),
		System: logical.StaticSystemView{PluginEnvironment: &logical.PluginEnvironment{VaultVersion: "1.2.3"}},
	}
	if err := each.backend.Setup(ctx, config); err != nil {
		return nil, err
	}
	goldens := []golden{}
	for _, path := range append([]string{""}, each.requests...) {
		response, err := each.backend.HandleRequest(ctx, &logical.Request{
			Operation: logical.HelpOperation,
			Path:      path,
			Data:      map[string]interface{}{"requestResponsePrefix": each.prefix},
		})
		if err != nil {
			return nil, fmt.Errorf("%q: %w", path, err)
		}
		goldens = append(goldens, golden{Sample: each.name, Path: path, Prefix: each.prefix, Answer: response.Data})
	}
	return goldens, nil
}

func answer(context.Context, *logical.Request, *framework.FieldData) (*logical.Response, error) {
	return nil, nil
}

func exists(context.Context, *logical.Request, *framework.FieldData) (bool, error) {
	return false, nil
}

// An operation that says nothing of itself.
func plain() framework.OperationHandler {
	return &framework.PathOperation{Callback: answer}
}
