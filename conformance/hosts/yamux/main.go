// Command yamux is one end of a yamux session over a unix socket, to be driven by a test at the other end.
//
//	yamux ROLE SOCKET STREAMS BYTES
//
// ROLE client makes the connection and opens the streams; server accepts both the connection and the streams. The side
// that opens sends BYTES on each stream, closes its direction and reads the same bytes back; the other side returns what
// it reads, at the same time. In role server the program also opens one stream to the test, which returns it. At the
// end it pings and prints one line with what it saw.
package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"sync"

	"github.com/hashicorp/yamux"
)

func main() {
	if err := run(os.Args[1], os.Args[2], number(os.Args[3]), number(os.Args[4])); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return value
}

func run(role, socket string, streams, size int) error {
	conn, err := net.Dial("unix", socket)
	if err != nil {
		return err
	}
	config := yamux.DefaultConfig()
	if role == "client" {
		session, err := yamux.Client(conn, config)
		if err != nil {
			return err
		}
		return open(session, streams, size)
	}
	session, err := yamux.Server(conn, config)
	if err != nil {
		return err
	}
	return serve(session, streams)
}

func open(session *yamux.Session, streams, size int) error {
	results := make(chan error, streams)
	for i := range streams {
		go func() { results <- exchange(session, i, size) }()
	}
	for range streams {
		if err := <-results; err != nil {
			return err
		}
	}
	return finish(session)
}

// exchange sends a pattern, closes its direction, and wants the pattern back after that.
func exchange(session *yamux.Session, seed, size int) error {
	stream, err := session.OpenStream()
	if err != nil {
		return err
	}
	pattern := bytes.Repeat([]byte(fmt.Sprintf("stream %d;", seed)), size/8)[:size]
	sent := make(chan error, 1)
	go func() {
		_, err := stream.Write(pattern)
		stream.Close()
		sent <- err
	}()
	hash := sha256.New()
	received, err := io.Copy(hash, stream)
	if err != nil {
		return fmt.Errorf("stream %d: %w", seed, err)
	}
	if err := <-sent; err != nil {
		return err
	}
	if want := sha256.Sum256(pattern); received != int64(size) || !bytes.Equal(want[:], hash.Sum(nil)) {
		return fmt.Errorf("stream %d: %d bytes came back changed", seed, received)
	}
	return nil
}

func serve(session *yamux.Session, streams int) error {
	var group sync.WaitGroup
	for range streams {
		stream, err := session.AcceptStream()
		if err != nil {
			return err
		}
		group.Add(1)
		go func() {
			defer group.Done()
			io.Copy(stream, stream)
			stream.Close()
		}()
	}
	group.Wait()
	if err := exchange(session, 0, 1<<20); err != nil {
		return err
	}
	return finish(session)
}

func finish(session *yamux.Session) error {
	if _, err := session.Ping(); err != nil {
		return err
	}
	fmt.Println("done")
	return session.Close()
}
