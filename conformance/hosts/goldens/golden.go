package main

import (
	"bytes"
	"encoding/json"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
)

// golden is one message with every field set.
type golden struct {
	Name string `json:"name"`
	// Maker is "go" where Go's own type made the bytes, with the fields that it has, and "proto" where Go lacks the
	// message or a field of it, and our descriptors made them.
	Maker string          `json:"maker"`
	Bytes []byte          `json:"bytes"`
	JSON  json.RawMessage `json:"json"`
}

// makeGoldens gives the golden of Go's type, and one of ours where that has more fields.
func makeGoldens(descriptor protoreflect.MessageDescriptor) ([]golden, error) {
	built := dynamicpb.NewMessage(descriptor)
	if err := fill(built); err != nil {
		return nil, err
	}
	ours, err := goldenOf("proto", built)
	if err != nil {
		return nil, err
	}
	kind, err := protoregistry.GlobalTypes.FindMessageByName(descriptor.FullName())
	if err != nil {
		return []golden{ours}, nil
	}
	message := kind.New().Interface()
	if err := fill(message.ProtoReflect()); err != nil {
		return nil, err
	}
	theirs, err := goldenOf("go", message)
	if err != nil || bytes.Equal(theirs.Bytes, ours.Bytes) {
		return []golden{theirs}, err
	}
	return []golden{theirs, ours}, nil
}

func goldenOf(maker string, message proto.Message) (golden, error) {
	encoded, err := proto.MarshalOptions{Deterministic: true}.Marshal(message)
	if err != nil {
		return golden{}, err
	}
	text, err := protojson.Marshal(message)
	return golden{string(message.ProtoReflect().Descriptor().FullName()), maker, encoded, text}, err
}
