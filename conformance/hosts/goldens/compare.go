package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// compare gives what differs between our descriptors and Go's, by the name of the method, message or numbered field.
func compare(ours *protoregistry.Files) map[string]string {
	left, right := shapesOf(ours), shapesOf(protoregistry.GlobalFiles)
	differences := map[string]string{}
	for name, shape := range left {
		switch found, ok := right[name]; {
		case !ok && !isPartOfMissing(name, left, right):
			differences[name] = "not in Go: " + shape
		case ok && found != shape:
			differences[name] = fmt.Sprintf("ours is %s, Go's is %s", shape, found)
		}
	}
	for name, shape := range right {
		if _, ok := left[name]; !ok && !isPartOfMissing(name, right, left) {
			differences[name] = "not in ours: " + shape
		}
	}
	return differences
}

// isPartOfMissing says whether the other side lacks the whole message, which is told once.
func isPartOfMissing(name string, from, other map[string]string) bool {
	whole := name[:strings.LastIndex(name, ".")]
	_, isPart := from[whole]
	_, ok := other[whole]
	return isPart && !ok
}

// shapesOf gives all methods, and the messages that they carry, with what they look like on the wire.
func shapesOf(files *protoregistry.Files) map[string]string {
	shapes := map[string]string{}
	files.RangeFiles(func(file protoreflect.FileDescriptor) bool {
		if !slices.Contains(packages, file.Package()) {
			return true
		}
		for i := range file.Services().Len() {
			methods := file.Services().Get(i).Methods()
			for i := range methods.Len() {
				addMethod(methods.Get(i), shapes)
			}
		}
		return true
	})
	return shapes
}

func addMethod(method protoreflect.MethodDescriptor, shapes map[string]string) {
	shapes[string(method.FullName())] = fmt.Sprintf("%s to %s, streams %t and %t",
		method.Input().FullName(), method.Output().FullName(), method.IsStreamingClient(), method.IsStreamingServer())
	addMessage(method.Input(), shapes)
	addMessage(method.Output(), shapes)
}

func addMessage(message protoreflect.MessageDescriptor, shapes map[string]string) {
	name := string(message.FullName())
	if _, ok := shapes[name]; ok {
		return
	}
	shapes[name] = "a message"
	for i := range message.Fields().Len() {
		field := message.Fields().Get(i)
		shapes[fmt.Sprintf("%s.%d", name, field.Number())] = fieldShape(field)
		if carried := field.Message(); carried != nil {
			addMessage(carried, shapes)
		}
	}
}

// fieldShape leaves out how the name is spelt, which is not on the wire: Go's files mix three spellings.
func fieldShape(field protoreflect.FieldDescriptor) string {
	kind := field.Kind().String()
	if message := field.Message(); message != nil {
		kind = string(message.FullName())
	}
	name := strings.ToLower(strings.ReplaceAll(string(field.Name()), "_", ""))
	return fmt.Sprintf("%s %s %s", field.Cardinality(), kind, name)
}

// report prints every difference with its reason, and fails on one without and on a reason without a difference.
func report(differences, reasons map[string]string) error {
	var failures []error
	for _, name := range slices.Sorted(maps.Keys(differences)) {
		if reason, ok := reasons[name]; ok {
			fmt.Fprintf(os.Stderr, "excused  %s  %s (%s)\n", name, differences[name], reason)
			continue
		}
		failures = append(failures, fmt.Errorf("%s  %s", name, differences[name]))
	}
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		if _, ok := differences[name]; !ok {
			failures = append(failures, fmt.Errorf("%s  is excused and does not differ", name))
		}
	}
	return errors.Join(failures...)
}
