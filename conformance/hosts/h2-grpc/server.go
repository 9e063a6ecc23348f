package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// quiet ends a connection that does not answer pings. aging ends it soon anyway, and lets running calls finish.
var (
	quiet = keepalive.ServerParameters{Time: time.Second, Timeout: time.Second}
	aging = keepalive.ServerParameters{MaxConnectionAge: 200 * time.Millisecond, MaxConnectionAgeGrace: 10 * time.Second}
)

func serve(at endpoint, secrets credentials.TransportCredentials, parameters keepalive.ServerParameters) error {
	listener, err := net.Listen(at.network, at.address)
	if err != nil {
		return err
	}
	server := grpc.NewServer(
		grpc.Creds(secrets),
		grpc.ForceServerCodec(bytesCodec{}),
		grpc.MaxRecvMsgSize(1<<30),
		grpc.MaxSendMsgSize(1<<30),
		grpc.MaxConcurrentStreams(10),
		grpc.KeepaliveParams(parameters),
		grpc.UnknownServiceHandler(answer),
	)
	fmt.Println(listener.Addr())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		server.Stop()
	}()
	return server.Serve(listener)
}

var cancelled, open, mostOpen atomic.Int64

func answer(_ any, stream grpc.ServerStream) error {
	now := open.Add(1)
	defer open.Add(-1)
	for {
		most := mostOpen.Load()
		if now <= most || mostOpen.CompareAndSwap(most, now) {
			break
		}
	}
	method, _ := grpc.MethodFromServerStream(stream)
	switch strings.TrimPrefix(method, "/h2.Test/") {
	case "EchoStream":
		return echoAll(stream)
	case "Take":
		return take(stream)
	case "FailLater":
		if err := send(stream, "one"); err != nil {
			return err
		}
		return status.Error(codes.DataLoss, "no more of these")
	case "WaitStream":
		if err := send(stream, "waiting"); err != nil {
			return err
		}
		return wait(stream.Context())
	}
	request, err := receive(stream)
	if err != nil {
		return err
	}
	return answerOne(strings.TrimPrefix(method, "/h2.Test/"), string(request), stream)
}

func answerOne(method, request string, stream grpc.ServerStream) error {
	switch method {
	case "Echo":
		return send(stream, request)
	case "Give":
		size, err := strconv.Atoi(request)
		if err != nil {
			return err
		}
		return send(stream, strings.Repeat("give me more ", size/13+1)[:size])
	case "Count":
		return count(request, stream)
	case "Fail":
		code, text, _ := strings.Cut(request, " ")
		number, _ := strconv.Atoi(code)
		return status.Error(codes.Code(number), text)
	case "Sleep":
		milliseconds, _ := strconv.Atoi(request)
		time.Sleep(time.Duration(milliseconds) * time.Millisecond)
		return send(stream, request)
	case "Wait":
		return wait(stream.Context())
	case "Cancelled":
		return send(stream, strconv.FormatInt(cancelled.Load(), 10))
	case "MostOpen":
		return send(stream, strconv.FormatInt(mostOpen.Load(), 10))
	case "Metadata":
		found, _ := metadata.FromIncomingContext(stream.Context())
		text, err := json.Marshal(found)
		if err != nil {
			return err
		}
		return send(stream, string(text))
	}
	return status.Errorf(codes.Unimplemented, "unknown method %s", method)
}

func count(request string, stream grpc.ServerStream) error {
	last, err := strconv.Atoi(request)
	if err != nil {
		return err
	}
	for number := range last {
		if err := send(stream, strconv.Itoa(number)); err != nil {
			return err
		}
	}
	return nil
}

func wait(ctx context.Context) error {
	<-ctx.Done()
	cancelled.Add(1)
	return ctx.Err()
}

func echoAll(stream grpc.ServerStream) error {
	for {
		request, err := receive(stream)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.SendMsg(&request); err != nil {
			return err
		}
	}
}

func take(stream grpc.ServerStream) error {
	size := 0
	for {
		request, err := receive(stream)
		if err == io.EOF {
			return send(stream, strconv.Itoa(size))
		}
		if err != nil {
			return err
		}
		size += len(request)
	}
}

func receive(stream grpc.ServerStream) ([]byte, error) {
	var request []byte
	err := stream.RecvMsg(&request)
	return request, err
}

func send(stream grpc.ServerStream, text string) error {
	bytes := []byte(text)
	return stream.SendMsg(&bytes)
}
