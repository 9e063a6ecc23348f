// Command framework reads lines of JSON, each with a kind of field and a value, and answers each with what
// Vault's framework makes of that value in a request: a value, nothing, or a refusal. It prints what Go prints for
// values that JSON cannot carry, such as infinity, as their text. Of the kind "pattern" it tells what a pattern captures.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"time"

	"github.com/hashicorp/vault/sdk/framework"
)

// kinds are the kinds of field by our names for them.
var kinds = map[string]framework.FieldType{
	"string":          framework.TypeString,
	"lowerCaseString": framework.TypeLowerCaseString,
	"name":            framework.TypeNameString,
	"int":             framework.TypeInt,
	"int64":           framework.TypeInt64,
	"bool":            framework.TypeBool,
	"map":             framework.TypeMap,
	"seconds":         framework.TypeDurationSecond,
	"signedSeconds":   framework.TypeSignedDurationSecond,
	"list":            framework.TypeSlice,
	"strings":         framework.TypeStringSlice,
	"commaStrings":    framework.TypeCommaStringSlice,
	"commaInts":       framework.TypeCommaIntSlice,
	"pairs":           framework.TypeKVPairs,
	"header":          framework.TypeHeader,
	"float":           framework.TypeFloat,
	"time":            framework.TypeTime,
}

// question is one line of the input. The value is JSON in a text, so that nothing on the way changes its spelling.
type question struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// answer is one line of the output. A value that is not set and no error means that the field counts as not given.
type answer struct {
	Set   bool   `json:"set"`
	Value any    `json:"value"`
	Error string `json:"error,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for lines.Scan() {
		if err := encoder.Encode(reply(lines.Bytes())); err != nil {
			fail(err)
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func reply(line []byte) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		fail(err)
	}
	if asked.Kind == "pattern" {
		return route(asked.Value)
	}
	kind, ok := kinds[asked.Kind]
	if !ok {
		fail(fmt.Errorf("unknown kind %q", asked.Kind))
	}
	// An external plugin decodes a request in just this way, so that numbers are doubles.
	var value any
	if err := json.Unmarshal([]byte(asked.Value), &value); err != nil {
		fail(fmt.Errorf("%s: %w", asked.Value, err))
	}
	data := framework.FieldData{
		Raw:    map[string]any{"f": value},
		Schema: map[string]*framework.FieldSchema{"f": {Type: kind}},
	}
	found, set, err := data.GetOkErr("f")
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Set: set, Value: printable(found)}
}

// printable spells what JSON cannot carry, or what a reader in JavaScript could not tell apart.
func printable(value any) any {
	switch value := value.(type) {
	case int64:
		return strconv.FormatInt(value, 10)
	case float64:
		if math.IsInf(value, 0) || math.IsNaN(value) {
			return fmt.Sprint(value)
		}
	case time.Time:
		return strconv.FormatInt(value.Unix(), 10) + "." + fmt.Sprintf("%09d", value.Nanosecond())
	}
	return value
}
