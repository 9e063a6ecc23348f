package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// slowReader lets the server wait before it reads megabytes of echoes, while other calls pass by.
func slowReader(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	stream, err := openStream(ctx, connection, "EchoStream")
	if err != nil {
		return nil, err
	}
	const messages, size = 64, 256 << 10
	sent := make(chan error, 1)
	go func() {
		for range messages {
			if err := sendTo(stream, make([]byte, size)); err != nil {
				sent <- err
				return
			}
		}
		sent <- stream.CloseSend()
	}()
	time.Sleep(200 * time.Millisecond)
	if _, err := echo(ctx, connection); err != nil {
		return nil, fmt.Errorf("a call beside it: %w", err)
	}
	total := 0
	for {
		message, err := receiveFrom(stream)
		if err == io.EOF {
			break
		}
		if err != nil {
			return total, err
		}
		total += len(message)
	}
	return total == messages*size, <-sent
}

// together runs calls at the same time, and gives how many were right.
func together(calls int, call func(int) (bool, error)) (any, error) {
	type outcome struct {
		isRight bool
		err     error
	}
	outcomes := make(chan outcome, calls)
	for index := range calls {
		go func() {
			isRight, err := call(index)
			outcomes <- outcome{isRight, err}
		}()
	}
	right := 0
	var failure error
	for range calls {
		seen := <-outcomes
		if seen.err != nil {
			failure = seen.err
		}
		if seen.isRight {
			right++
		}
	}
	return right, failure
}

func parallelCalls(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	return together(1000, func(index int) (bool, error) {
		request := strconv.Itoa(index)
		response, err := unary(ctx, connection, "Echo", []byte(request))
		return string(response) == request, err
	})
}

func parallelMegabytes(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	return together(32, func(index int) (bool, error) {
		request := bytes.Repeat([]byte{byte(index)}, 1<<20)
		response, err := unary(ctx, connection, "Echo", request)
		return bytes.Equal(request, response), err
	})
}

func deadline(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	before, err := unary(ctx, connection, "Cancelled", nil)
	if err != nil {
		return nil, err
	}
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	_, err = unary(short, connection, "Wait", nil)
	return status.Code(err).String(), untilCancelled(ctx, connection, before, 1, err)
}

func cancellation(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	before, err := unary(ctx, connection, "Cancelled", nil)
	if err != nil {
		return nil, err
	}
	inner, cancel := context.WithCancel(ctx)
	stream, err := openStream(inner, connection, "WaitStream")
	if err != nil {
		cancel()
		return nil, err
	}
	if _, err := receiveFrom(stream); err != nil {
		cancel()
		return nil, err
	}
	cancel()
	_, err = receiveFrom(stream)
	return status.Code(err).String(), untilCancelled(ctx, connection, before, 1, err)
}

// untilCancelled waits until the server has noticed that so many calls more than before were given up.
func untilCancelled(ctx context.Context, connection *grpc.ClientConn, before []byte, more int, ended error) error {
	if code := status.Code(ended); code != codes.Canceled && code != codes.DeadlineExceeded {
		return ended
	}
	count, err := strconv.Atoi(string(before))
	if err != nil {
		return err
	}
	for {
		now, err := unary(ctx, connection, "Cancelled", nil)
		if err != nil {
			return err
		}
		if string(now) == strconv.Itoa(count+more) {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// stormOfCancellations gives up ten thousand calls, a hundred at a time, and then makes one that must be answered.
func stormOfCancellations(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	if _, err := together(100, func(int) (bool, error) {
		for range 100 {
			inner, cancel := context.WithCancel(ctx)
			go func() {
				time.Sleep(time.Millisecond)
				cancel()
			}()
			if _, err := unary(inner, connection, "Wait", nil); status.Code(err) != codes.Canceled {
				return false, err
			}
		}
		return true, nil
	}); err != nil {
		return nil, err
	}
	return echo(ctx, connection)
}

// longHeaders sends more than fits into one frame, so that CONTINUATION frames follow.
func longHeaders(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	long := strings.Repeat("Long header value! ", 1000)
	ctx = metadata.AppendToOutgoingContext(ctx, "long", long, "other", long)
	response, err := unary(ctx, connection, "Metadata", nil)
	return strings.Count(string(response), "Long header value!"), err
}

// pings sees whether the connection still stands after the time in which unanswered pings would end it.
func pings(ctx context.Context, connection *grpc.ClientConn) (any, error) {
	stream, err := openStream(ctx, connection, "EchoStream")
	if err != nil {
		return nil, err
	}
	time.Sleep(12 * time.Second)
	if err := sendTo(stream, []byte("still here")); err != nil {
		return nil, err
	}
	answer, err := receiveFrom(stream)
	return string(answer), err
}
