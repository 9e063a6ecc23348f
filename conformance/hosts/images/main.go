// Takes an image layout as registries and OpenBao do: checks all of it, pushes it to a registry in this process, fetches
// it for two processors, and prints what each finds in the image.
package main

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/validate"
)

type file struct {
	Name   string `json:"name"`
	Mode   int64  `json:"mode"`
	IsFile bool   `json:"isFile"`
	SHA256 string `json:"sha256"`
}

type found struct {
	Digest     string   `json:"digest"`
	Entrypoint []string `json:"entrypoint"`
	Files      []file   `json:"files"`
}

func main() {
	top := must(must(layout.FromPath(os.Args[1])).ImageIndex())
	index := must(top.ImageIndex(must(top.IndexManifest()).Manifests[0].Digest))
	check(validate.Index(index))

	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	defer server.Close()
	reference := must(name.ParseReference(strings.TrimPrefix(server.URL, "http://") + "/plugin:v1.2.3"))
	check(remote.WriteIndex(reference, index))

	result := map[string]found{}
	for _, platform := range []string{"linux/amd64", "linux/arm64"} {
		image := must(remote.Image(reference, remote.WithPlatform(*must(v1.ParsePlatform(platform)))))
		config := must(image.ConfigFile())
		result[platform] = found{must(index.Digest()).String(), config.Config.Entrypoint, filesOf(image)}
	}
	check(json.NewEncoder(os.Stdout).Encode(result))
}

func filesOf(image v1.Image) []file {
	files := []file{}
	content := mutate.Extract(image)
	defer content.Close()
	reader := tar.NewReader(content)
	for {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		check(err)
		hash := sha256.New()
		must(io.Copy(hash, reader))
		sum := hex.EncodeToString(hash.Sum(nil))
		files = append(files, file{header.Name, header.Mode, header.Typeflag == tar.TypeReg, sum})
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
