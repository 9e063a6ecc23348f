package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/vault/sdk/helper/errutil"
	"github.com/hashicorp/vault/sdk/logical"
	"google.golang.org/grpc/status"
)

// call is what the host is asked to do.
type call struct {
	ID        int                 `json:"id"`
	Call      string              `json:"call"`
	Mount     string              `json:"mount"`
	Config    map[string]string   `json:"config"`
	Operation logical.Operation   `json:"operation"`
	Path      string              `json:"path"`
	Data      map[string]any      `json:"data"`
	Headers   map[string][]string `json:"headers"`
	CancelMs  int                 `json:"cancel_ms"`
	Key       string              `json:"key"`
}

type answer = map[string]any

func (h *host) answer(ctx context.Context, asked call) answer {
	if asked.CancelMs > 0 {
		limited, cancel := context.WithCancel(ctx)
		timer := time.AfterFunc(time.Duration(asked.CancelMs)*time.Millisecond, cancel)
		defer timer.Stop()
		defer cancel()
		ctx = limited
	}
	switch asked.Call {
	case "process":
		return answer{"multiplexed": h.multiplexed, "version": h.client.NegotiatedVersion(), "protocol": h.client.Protocol(),
			"pid": h.client.ReattachConfig().Pid, "exited": h.client.Exited()}
	case "ping":
		return result(nil, h.protocol.Ping())
	case "sent":
		h.lock.Lock()
		defer h.lock.Unlock()
		return answer{"sent": h.sent}
	case "kill":
		h.client.Kill()
		return answer{"exited": h.client.Exited()}
	case "setup":
		return result(nil, h.setup(ctx, asked.Mount, asked.Config))
	}
	backend, err := h.backend(asked.Mount)
	if err != nil {
		return result(nil, err)
	}
	return callBackend(ctx, backend, asked)
}

func callBackend(ctx context.Context, backend logical.Backend, asked call) answer {
	request := &logical.Request{ID: "request", Operation: asked.Operation, Path: asked.Path, Data: asked.Data,
		Headers: asked.Headers, ClientToken: "token", Connection: &logical.Connection{RemoteAddr: "192.0.2.1"}}
	switch asked.Call {
	case "type":
		return result(backend.Type().String(), nil)
	case "version":
		return result(backend.(logical.PluginVersioner).PluginVersion().Version, nil)
	case "special":
		return result(backend.SpecialPaths(), nil)
	case "initialize":
		return result(nil, backend.Initialize(ctx, &logical.InitializationRequest{Storage: &logical.InmemStorage{}}))
	case "invalidate":
		backend.InvalidateKey(ctx, asked.Key)
		return result(nil, nil)
	case "cleanup":
		backend.Cleanup(ctx)
		return result(nil, nil)
	case "exists":
		found, exists, err := backend.HandleExistenceCheck(ctx, request)
		return result([]bool{found, exists}, err)
	case "request":
		response, err := backend.HandleRequest(ctx, request)
		return result(response, err)
	}
	return result(nil, fmt.Errorf("no such call: %s", asked.Call))
}

// result tells a failure by its Go type, since hosts decide by that.
func result(value any, err error) answer {
	told := answer{"value": value}
	if err == nil {
		return told
	}
	failure := answer{"type": fmt.Sprintf("%T", err), "text": err.Error(), "sentinel": sentinel(err)}
	var coded logical.HTTPCodedError
	if errors.As(err, &coded) {
		failure["code"] = coded.Code()
	}
	if grpc, ok := status.FromError(err); ok {
		failure["grpc"] = grpc.Code().String()
	}
	told["error"] = failure
	return told
}

func sentinel(err error) string {
	for name, known := range map[string]error{
		"ErrUnsupportedOperation": logical.ErrUnsupportedOperation,
		"ErrUnsupportedPath":      logical.ErrUnsupportedPath,
		"ErrInvalidRequest":       logical.ErrInvalidRequest,
		"ErrPermissionDenied":     logical.ErrPermissionDenied,
		"ErrMultiAuthzPending":    logical.ErrMultiAuthzPending,
		"ErrUnrecoverable":        logical.ErrUnrecoverable,
	} {
		if err == known {
			return name
		}
	}
	var user errutil.UserError
	if errors.As(err, &user) {
		return "UserError"
	}
	return ""
}

func (h *host) SendEvent(_ context.Context, kind logical.EventType, event *logical.EventData) error {
	metadata, err := json.Marshal(event.Metadata.AsMap())
	h.record(fmt.Sprintf("event %s %s %s", kind, metadata, event.Note))
	return err
}

func (h *host) RecordObservationFromPlugin(_ context.Context, kind string, data map[string]any) error {
	text, err := json.Marshal(data)
	h.record(fmt.Sprintf("observation %s %s", kind, text))
	return err
}

func (h *host) record(line string) {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.sent = append(h.sent, line)
}
