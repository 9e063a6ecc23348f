// Command vault is the program of Vault that people type, for tests that run commands as they stand in a document.
package main

import (
	"os"

	"github.com/hashicorp/vault/command"
)

func main() {
	os.Exit(command.Run(os.Args[1:]))
}
