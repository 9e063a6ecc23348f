// Command tokens reads lines of JSON, each with a question on token parameters or on a lifetime, and answers each with
// what Vault's SDK makes of it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/hashicorp/vault/sdk/framework"
	"github.com/hashicorp/vault/sdk/helper/cidrutil"
	"github.com/hashicorp/vault/sdk/helper/tokenutil"
	"github.com/hashicorp/vault/sdk/logical"
)

// question is one line of the input: a role with a request that changes it, a lifetime, an address with bounds, or blocks
// within others.
type question struct {
	Role    json.RawMessage `json:"role"`
	Body    map[string]any  `json:"body"`
	Wishes  *wishes         `json:"wishes"`
	Address string          `json:"address"`
	Outer   []string        `json:"outer"`
	Inner   []string        `json:"inner"`
}

// wishes are what decides a lifetime, in seconds.
type wishes struct {
	Default, Max                                float64
	Increment, TTL, Period, MaxTTL, ExplicitMax float64
	Age                                         float64
}

// answer is one line of the output.
type answer struct {
	Stored   any            `json:"stored,omitempty"`
	Data     map[string]any `json:"data,omitempty"`
	TTL      float64        `json:"ttl,omitempty"`
	Warnings []string       `json:"warnings,omitempty"`
	Allowed  bool           `json:"allowed,omitempty"`
	Error    string         `json:"error,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fail(err)
		}
		if err := encoder.Encode(reply(asked)); err != nil {
			fail(err)
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func reply(asked question) answer {
	if asked.Wishes != nil {
		return lifetime(*asked.Wishes)
	}
	if asked.Outer != nil {
		contained, err := cidrutil.SubsetBlocks(asked.Outer, asked.Inner)
		if err != nil {
			return answer{Error: err.Error()}
		}
		return answer{Allowed: contained}
	}
	var parameters tokenutil.TokenParams
	if err := json.Unmarshal(asked.Role, &parameters); err != nil {
		return answer{Error: "unreadable role"}
	}
	if asked.Address != "" {
		return answer{Allowed: cidrutil.RemoteAddrIsOk(asked.Address, parameters.TokenBoundCIDRs)}
	}
	return changed(parameters, asked.Body)
}

func changed(parameters tokenutil.TokenParams, body map[string]any) answer {
	data := &framework.FieldData{Raw: body, Schema: tokenutil.TokenFields()}
	if err := data.Validate(); err != nil {
		return answer{Error: err.Error()}
	}
	if err := parameters.ParseTokenFields(&logical.Request{}, data); err != nil {
		return answer{Error: err.Error()}
	}
	shown := map[string]any{}
	parameters.PopulateTokenData(shown)
	return answer{Stored: parameters, Data: shown}
}

func lifetime(asked wishes) answer {
	system := &logical.StaticSystemView{DefaultLeaseTTLVal: of(asked.Default), MaxLeaseTTLVal: of(asked.Max)}
	start := time.Now().Add(-of(asked.Age))
	ttl, warnings, err := framework.CalculateTTL(system, of(asked.Increment), of(asked.TTL), of(asked.Period), of(asked.MaxTTL), of(asked.ExplicitMax), start)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{TTL: ttl.Seconds(), Warnings: warnings}
}

func of(seconds float64) time.Duration {
	return time.Duration(seconds * float64(time.Second))
}
