package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
)

// sight is what one check saw; err says what it did not.
type sight struct {
	Check string `json:"check"`
	Saw   any    `json:"saw,omitempty"`
	Error string `json:"error,omitempty"`
}

type check struct {
	name string
	run  func(context.Context, *grpc.ClientConn) (any, error)
}

var checks = []check{
	{"echo", echo},
	{"empty message", emptyMessage},
	{"unknown method", unknownMethod},
	{"status and text", statusAndText},
	{"metadata", roundTripOfMetadata},
	{"conversation", conversation},
	{"many messages", manyMessages},
	{"failure after a message", failureAfterMessage},
	{"64 MiB there", largeThere},
	{"64 MiB back", largeBack},
	{"64 MiB there and back", largeThereAndBack},
	{"slow reader", slowReader},
	{"parallel calls", parallelCalls},
	{"parallel megabytes", parallelMegabytes},
	{"deadline", deadline},
	{"cancellation", cancellation},
	{"storm of cancellations", stormOfCancellations},
	{"long headers", longHeaders},
}

func dial(at endpoint, secrets credentials.TransportCredentials, more ...grpc.DialOption) (*grpc.ClientConn, error) {
	options := append([]grpc.DialOption{
		grpc.WithTransportCredentials(secrets),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, at.network, at.address)
		}),
		grpc.WithDefaultCallOptions(
			grpc.ForceCodec(bytesCodec{}), grpc.MaxCallRecvMsgSize(1<<30), grpc.MaxCallSendMsgSize(1<<30),
		),
	}, more...)
	return grpc.NewClient("passthrough:///localhost", options...)
}

func callEverything(at endpoint, secrets credentials.TransportCredentials) error {
	connection, err := dial(at, secrets)
	if err != nil {
		return err
	}
	defer connection.Close()
	quiet, err := dial(at, secrets, grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 10 * time.Second}))
	if err != nil {
		return err
	}
	defer quiet.Close()
	pinged := make(chan sight, 1)
	go func() { pinged <- look(check{"pings", pings}, quiet) }()
	sights := []sight{}
	for _, check := range checks {
		sights = append(sights, look(check, connection))
	}
	return json.NewEncoder(os.Stdout).Encode(append(sights, <-pinged))
}

func look(check check, connection *grpc.ClientConn) sight {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	saw, err := check.run(ctx, connection)
	seen := sight{Check: check.name, Saw: saw}
	if err != nil {
		seen.Error = fmt.Sprint(err)
	}
	return seen
}

// unary calls a method with one message in each direction.
func unary(ctx context.Context, connection *grpc.ClientConn, method string, request []byte, options ...grpc.CallOption) ([]byte, error) {
	var response []byte
	err := connection.Invoke(ctx, "/h2.Test/"+method, &request, &response, options...)
	return response, err
}

// openStream begins a call with streams in both directions.
func openStream(ctx context.Context, connection *grpc.ClientConn, method string) (grpc.ClientStream, error) {
	description := &grpc.StreamDesc{StreamName: method, ServerStreams: true, ClientStreams: true}
	return connection.NewStream(ctx, description, "/h2.Test/"+method)
}

func sendTo(stream grpc.ClientStream, message []byte) error {
	return stream.SendMsg(&message)
}

func receiveFrom(stream grpc.ClientStream) ([]byte, error) {
	var message []byte
	err := stream.RecvMsg(&message)
	return message, err
}
