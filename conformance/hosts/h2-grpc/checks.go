package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

func echo(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	response, err := unary(ctx, connection, "Echo", []byte("hello"))
	return string(response), err
}

func emptyMessage(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	response, err := unary(ctx, connection, "Echo", nil)
	return len(response), err
}

// described gives a status as a text; it is what the check wanted to see.
func described(err error) (any, error) {
	return fmt.Sprintf("%s: %s", status.Code(err), status.Convert(err).Message()), nil
}

func unknownMethod(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	_, err := unary(ctx, connection, "Nothing", nil)
	return status.Code(err).String(), nil
}

func statusAndText(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	_, err := unary(ctx, connection, "Fail", []byte("9 nicht möglich: 100 %\n"))
	return described(err)
}

func roundTripOfMetadata(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	ctx = metadata.AppendToOutgoingContext(ctx, "one", "a, b", "two", "first", "two", "second", "empty", "")
	response, err := unary(ctx, connection, "Metadata", nil)
	if err != nil {
		return nil, err
	}
	var found map[string][]string
	if err := json.Unmarshal(response, &found); err != nil {
		return nil, err
	}
	return map[string][]string{"one": found["one"], "two": found["two"], "empty": found["empty"]}, nil
}

func conversation(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	stream, err := openStream(ctx, connection, "EchoStream")
	if err != nil {
		return nil, err
	}
	heard := []string{}
	for _, word := range []string{"one", "", "three"} {
		if err := sendTo(stream, []byte(word)); err != nil {
			return nil, err
		}
		answer, err := receiveFrom(stream)
		if err != nil {
			return nil, err
		}
		heard = append(heard, string(answer))
	}
	stream.CloseSend()
	_, err = receiveFrom(stream)
	return append(heard, fmt.Sprint(err)), nil
}

func manyMessages(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	stream, err := openStream(ctx, connection, "Count")
	if err != nil {
		return nil, err
	}
	if err := sendTo(stream, []byte("20000")); err != nil {
		return nil, err
	}
	for next := 0; ; next++ {
		message, err := receiveFrom(stream)
		if err == io.EOF {
			return next, nil
		}
		if err != nil || string(message) != strconv.Itoa(next) {
			return string(message), err
		}
	}
}

func failureAfterMessage(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	stream, err := openStream(ctx, connection, "FailLater")
	if err != nil {
		return nil, err
	}
	first, err := receiveFrom(stream)
	if err != nil {
		return nil, err
	}
	_, err = receiveFrom(stream)
	text, _ := described(err)
	return []any{string(first), text}, nil
}

const large = 64 << 20

func largeThere(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	stream, err := openStream(ctx, connection, "Take")
	if err != nil {
		return nil, err
	}
	if err := sendTo(stream, make([]byte, large)); err != nil {
		return nil, err
	}
	stream.CloseSend()
	size, err := receiveFrom(stream)
	return string(size), err
}

func largeBack(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	response, err := unary(ctx, connection, "Give", []byte(strconv.Itoa(large)))
	return len(response), err
}

func largeThereAndBack(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	request := []byte(strings.Repeat("0123456789abcde\n", large/16))
	response, err := unary(ctx, connection, "Echo", request)
	return bytes.Equal(request, response), err
}
