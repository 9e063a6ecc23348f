// Command load sends HTTP requests to one address from a fixed number of connections, each as soon as its last one was
// answered. It reads jobs as JSON from stdin and writes a line of JSON for each. It costs the machine less than a client in JavaScript would.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"
)

// job says what to send, and for how long or how often.
type job struct {
	Address     string `json:"address"`
	Connections int    `json:"connections"`
	// Milliseconds ends the job, or Requests does, whatever comes first; zero is no end.
	Milliseconds int `json:"milliseconds"`
	Requests     int `json:"requests"`
	// In Path and Body `{n}` stands for a number of eight digits that counts from First, and `{k}` for the same in a circle of Count.
	Method string `json:"method"`
	Path   string `json:"path"`
	Body   string `json:"body"`
	First  int    `json:"first"`
	Count  int    `json:"count"`
	Token  string `json:"token"`
	// Status is the only one that is expected.
	Status int `json:"status"`
}

// result says what came of a job. Times are microseconds.
type result struct {
	Requests int     `json:"requests"`
	Seconds  float64 `json:"seconds"`
	P50      float64 `json:"p50"`
	P99      float64 `json:"p99"`
	Error    string  `json:"error,omitempty"`
}

func main() {
	jobs := json.NewDecoder(os.Stdin)
	results := json.NewEncoder(os.Stdout)
	for {
		var next job
		if err := jobs.Decode(&next); err != nil {
			if errors.Is(err, io.EOF) {
				return
			}
			log.Fatal(err)
		}
		done, err := run(next)
		if err != nil {
			done.Error = err.Error()
		}
		if err := results.Encode(done); err != nil {
			log.Fatal(err)
		}
	}
}
