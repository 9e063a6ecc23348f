package main

import "fmt"

// bytesCodec passes messages on as they are.
type bytesCodec struct{}

func (bytesCodec) Name() string { return "proto" }

func (bytesCodec) Marshal(message any) ([]byte, error) {
	if bytes, isBytes := message.(*[]byte); isBytes {
		return *bytes, nil
	}
	return nil, fmt.Errorf("message of type %T", message)
}

func (bytesCodec) Unmarshal(data []byte, message any) error {
	bytes, isBytes := message.(*[]byte)
	if !isBytes {
		return fmt.Errorf("message of type %T", message)
	}
	*bytes = append([]byte(nil), data...)
	return nil
}
