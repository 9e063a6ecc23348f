// Command h2-grpc is grpc-go at the other end of our transport.
//
//	h2-grpc client NETWORK ADDRESS [CERTIFICATE KEY TRUSTED]
//	h2-grpc server|aging-server NETWORK ADDRESS [CERTIFICATE KEY TRUSTED]
//
// The client calls the test service in every way that it knows, and prints what it saw as JSON. The server serves the same
// service, prints its address, and ends when its standard input does.
// An aging one ends every connection after a while.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1], endpoint{os.Args[2], os.Args[3]}, os.Args[4:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// endpoint is where the server listens.
type endpoint struct {
	network, address string
}

func run(role string, at endpoint, files []string) error {
	secrets, err := credentialsOf(files)
	if err != nil {
		return err
	}
	switch role {
	case "server":
		return serve(at, secrets, quiet)
	case "aging-server":
		return serve(at, secrets, aging)
	default:
		return callEverything(at, secrets)
	}
}
