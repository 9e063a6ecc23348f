package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"sync"

	"golang.org/x/crypto/scrypt"
)

// The costs of plugins/example-auth.
const (
	cost        = 1 << 15
	blockSize   = 8
	parallelism = 1
	keySize     = 32
	saltSize    = 16
)

// hashing lets two hashes be made at once, as in plugins/example-auth: each takes 32 MiB.
var hashing = make(chan struct{}, 2)

// hash is what is stored of a secret.
type hash struct {
	Salt []byte `json:"salt"`
	Key  []byte `json:"key"`
}

func newHash(secret string) (hash, error) {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return hash{}, err
	}
	key, err := derive(secret, salt)
	return hash{Salt: salt, Key: key}, err
}

func (h hash) fits(secret string) (bool, error) {
	key, err := derive(secret, h.Salt)
	return err == nil && subtle.ConstantTimeCompare(key, h.Key) == 1, err
}

func derive(secret string, salt []byte) ([]byte, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return scrypt.Key([]byte(secret), salt, cost, blockSize, parallelism, keySize)
}

// recentSecret remembers an HMAC of the last secret that fitted its hash.
type recentSecret struct {
	key []byte

	mutex  sync.Mutex
	salt   string
	digest []byte
}

func newRecentSecret() (*recentSecret, error) {
	key := make([]byte, 32)
	_, err := rand.Read(key)
	return &recentSecret{key: key}, err
}

func (r *recentSecret) is(secret string, h hash) bool {
	digest := r.digestOf(secret)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.salt == string(h.Salt) && hmac.Equal(r.digest, digest)
}

func (r *recentSecret) remember(secret string, h hash) {
	digest := r.digestOf(secret)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.salt, r.digest = string(h.Salt), digest
}

func (r *recentSecret) digestOf(secret string) []byte {
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(secret))
	return mac.Sum(nil)
}
