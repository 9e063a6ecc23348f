// Command templates takes a JSON list of user-name templates as its argument, and prints one with what Vault's SDK makes
// of each: a text, or the message of an error.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/vault/sdk/helper/template"
)

// data is what the templates are applied to.
type data struct {
	DisplayName string
	RoleName    string
	Count       int
	Is          bool
	Empty       string
	Metadata    map[string]string
	List        []string
}

// golden is a template with what is made of it.
type golden struct {
	Template string  `json:"template"`
	Text     *string `json:"text,omitempty"`
	Error    string  `json:"error,omitempty"`
}

func main() {
	var sources []string
	if err := json.Unmarshal([]byte(os.Args[1]), &sources); err != nil {
		fail(err)
	}
	goldens := []golden{}
	for _, source := range sources {
		goldens = append(goldens, goldenOf(source))
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(goldens); err != nil {
		fail(err)
	}
}

func goldenOf(source string) golden {
	made, err := template.NewTemplate(template.Template(source))
	if err != nil {
		return golden{Template: source, Error: err.Error()}
	}
	text, err := made.Generate(data{
		DisplayName: "token-Über user",
		RoleName:    "my-role",
		Count:       7,
		Is:          true,
		Metadata:    map[string]string{"team": "dev", "zone": "eu"},
		List:        []string{"a", "b"},
	})
	if err != nil {
		return golden{Template: source, Error: err.Error()}
	}
	return golden{Template: source, Text: &text}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
