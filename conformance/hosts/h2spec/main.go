// Command h2spec runs the cases of h2spec and prints what became of each as JSON, one line a case.
//
//	h2spec server ADDRESS [CERTIFICATE KEY]
//	h2spec client
//
// With server, it is the client of a server at ADDRESS, over TLS if it is given the files of a certificate. With client,
// it listens for each case, prints {"port": ...}, and expects a client to connect and call.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// outcome is what became of a case.
type outcome struct {
	Case   string `json:"case"`
	Title  string `json:"title"`
	Result string `json:"result"`
	Detail string `json:"detail,omitempty"`
}

func main() {
	reports := json.NewEncoder(os.Stdout)
	// The library prints its own report.
	os.Stdout = os.Stderr
	if err := run(reports, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(reports *json.Encoder, args []string) error {
	if args[0] == "client" {
		return testClient(reports)
	}
	return testServer(reports, args[1], args[2:])
}

func resultOf(failed, skipped bool) string {
	switch {
	case failed:
		return "failed"
	case skipped:
		return "skipped"
	default:
		return "passed"
	}
}

func detailOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
