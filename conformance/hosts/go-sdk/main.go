// Command go-sdk starts one plugin as Vault does, and makes the calls that it reads from standard input, one JSON
// object a line. It answers each with one JSON object a line.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(file string) error {
	ctx := context.Background()
	host, err := start(ctx, file)
	if err != nil {
		return err
	}
	defer host.client.Kill()
	var writing sync.Mutex
	output := json.NewEncoder(os.Stdout)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var asked call
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		go func() {
			answer := host.answer(ctx, asked)
			answer["id"] = asked.ID
			writing.Lock()
			defer writing.Unlock()
			_ = output.Encode(answer)
		}()
	}
	return lines.Err()
}
