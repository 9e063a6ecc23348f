// Command goldens reads a descriptor set of our own .proto files, compares it with the descriptors that Vault's SDK and
// go-plugin register, and prints one golden of every message as JSON. It exits with 1 where the descriptors differ in a
// way that excused.json does not list.
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"

	// Imported for the messages that they register.
	_ "github.com/hashicorp/go-plugin"
	_ "github.com/hashicorp/vault/sdk/helper/pluginutil"
	_ "github.com/hashicorp/vault/sdk/logical"
	_ "github.com/hashicorp/vault/sdk/plugin/pb"
	_ "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

// Packages whose messages travel between a host and a plugin.
var packages = []protoreflect.FullName{"pb", "logical", "plugin", "pluginutil.multiplexing", "grpc.health.v1"}

func main() {
	descriptors := flag.String("descriptors", "", "descriptor set of our own .proto files")
	excused := flag.String("excused", "", "differences that are known, as a JSON object of name and reason")
	flag.Parse()
	if err := run(*descriptors, *excused); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(descriptors, excused string) error {
	ours, err := readDescriptors(descriptors)
	if err != nil {
		return err
	}
	reasons, err := readReasons(excused)
	if err != nil {
		return err
	}
	if err := report(compare(ours), reasons); err != nil {
		return err
	}
	goldens := []golden{}
	for _, message := range messagesOf(ours) {
		made, err := makeGoldens(message)
		if err != nil {
			return fmt.Errorf("%s: %w", message.FullName(), err)
		}
		goldens = append(goldens, made...)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(goldens)
}

func readDescriptors(file string) (*protoregistry.Files, error) {
	bytes, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	set := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(bytes, set); err != nil {
		return nil, err
	}
	return protodesc.NewFiles(set)
}

func readReasons(file string) (map[string]string, error) {
	reasons := map[string]string{}
	bytes, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return reasons, json.Unmarshal(bytes, &reasons)
}

// messagesOf gives the messages of the packages above in the order of their names.
func messagesOf(files *protoregistry.Files) []protoreflect.MessageDescriptor {
	found := []protoreflect.MessageDescriptor{}
	var collect func(protoreflect.MessageDescriptors)
	collect = func(messages protoreflect.MessageDescriptors) {
		for i := range messages.Len() {
			if message := messages.Get(i); !message.IsMapEntry() {
				found = append(found, message)
				collect(message.Messages())
			}
		}
	}
	files.RangeFiles(func(file protoreflect.FileDescriptor) bool {
		if slices.Contains(packages, file.Package()) {
			collect(file.Messages())
		}
		return true
	})
	slices.SortFunc(found, func(a, b protoreflect.MessageDescriptor) int {
		return cmp.Compare(a.FullName(), b.FullName())
	})
	return found
}
