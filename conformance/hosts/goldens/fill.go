package main

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Texts and numbers that must mean something, since our nouns are made of them.
var meaningful = map[protoreflect.FullName]protoreflect.Value{
	"pb.Request.operation":         protoreflect.ValueOfString("update"),
	"pb.Request.data":              object,
	"pb.Response.data":             object,
	"pb.Auth.internal_data":        object,
	"pb.Secret.internal_data":      object,
	"pb.ResponseWrapDataArgs.data": object,
	"pb.Auth.token_type":           protoreflect.ValueOfUint32(2),
	"pb.ProtoError.err_type":       protoreflect.ValueOfUint32(3),
	"pb.ProtoError.err_code":       protoreflect.ValueOfInt64(409),
	"pb.TypeReply.type":            protoreflect.ValueOfUint32(2),
}

// A number that no double holds, and a key that is special in JavaScript.
var object = protoreflect.ValueOfString(`{"n":12345678901234567890,"x":{"__proto__":1}}`)

// Types of Google's whose fields are no plain values.
var wellKnown = map[protoreflect.FullName]string{
	"google.protobuf.Timestamp": `"2026-01-02T03:04:05.678Z"`,
	"google.protobuf.Struct":    `{"none":null,"number":1.5,"text":"ü","yes":true,"object":{"__proto__":"a"},"list":[1,"b",[false]]}`,
}

// fill gives every field a value that is not zero, derived from its number.
func fill(message protoreflect.Message) error {
	if known, ok := wellKnown[message.Descriptor().FullName()]; ok {
		return protojson.Unmarshal([]byte(known), message.Interface())
	}
	fields := message.Descriptor().Fields()
	for i := range fields.Len() {
		if err := fillField(message, fields.Get(i)); err != nil {
			return err
		}
	}
	return nil
}

func fillField(message protoreflect.Message, field protoreflect.FieldDescriptor) error {
	switch {
	case field.IsMap():
		items := message.Mutable(field).Map()
		for n, key := range []string{"__proto__", "key"} {
			value, err := valueOf(field.MapValue(), items.NewValue, n)
			if err != nil {
				return err
			}
			items.Set(protoreflect.ValueOfString(key).MapKey(), value)
		}
	case field.IsList():
		items := message.Mutable(field).List()
		for n := range 2 {
			value, err := valueOf(field, items.NewElement, n)
			if err != nil {
				return err
			}
			items.Append(value)
		}
	default:
		value, err := valueOf(field, func() protoreflect.Value { return message.NewField(field) }, 0)
		if err != nil {
			return err
		}
		message.Set(field, value)
	}
	return nil
}

// valueOf makes the nth value of a field.
func valueOf(field protoreflect.FieldDescriptor, empty func() protoreflect.Value, n int) (protoreflect.Value, error) {
	if value, ok := meaningful[field.FullName()]; ok {
		return value, nil
	}
	number := int64(field.Number()) + int64(n)
	switch field.Kind() {
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(fmt.Sprintf("text %d ü", number)), nil
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte{0, byte(number), 255}), nil
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(true), nil
	case protoreflect.EnumKind:
		return protoreflect.ValueOfEnum(field.Enum().Values().Get(1).Number()), nil
	case protoreflect.Int32Kind:
		return protoreflect.ValueOfInt32(int32(-number)), nil
	case protoreflect.Uint32Kind:
		return protoreflect.ValueOfUint32(math.MaxUint32 - uint32(number)), nil
	case protoreflect.Int64Kind:
		// Whole seconds in nanoseconds, so that it also is a length of time.
		return protoreflect.ValueOfInt64(number * 1_000_000_000), nil
	case protoreflect.Uint64Kind:
		return protoreflect.ValueOfUint64(math.MaxUint64 - uint64(number)), nil
	case protoreflect.MessageKind:
		value := empty()
		return value, fill(value.Message())
	default:
		return protoreflect.Value{}, fmt.Errorf("no value for a field of kind %s: %s", field.Kind(), field.FullName())
	}
}
