package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// connection sends the requests of a job one after the other.
type connection struct {
	job    job
	socket net.Conn
	reader *bufio.Reader
	head   string
}

func dial(j job) (*connection, error) {
	socket, err := net.Dial("tcp", j.Address)
	if err != nil {
		return nil, err
	}
	head := "Host: " + j.Address + "\r\n"
	if j.Token != "" {
		head += "X-Vault-Token: " + j.Token + "\r\n"
	}
	return &connection{job: j, socket: socket, reader: bufio.NewReader(socket), head: head}, nil
}

func (c *connection) close() { _ = c.socket.Close() }

// ask sends a request and reads its answer to the end.
func (c *connection) ask(number int) error {
	n := c.job.First + number
	k := n
	if c.job.Count > 0 {
		k = n % c.job.Count
	}
	numbers := strings.NewReplacer("{n}", fmt.Sprintf("%08d", n), "{k}", fmt.Sprintf("%08d", k))
	body := numbers.Replace(c.job.Body)
	path := numbers.Replace(c.job.Path)
	message := fmt.Sprintf("%s %s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s", c.job.Method, path, c.head, len(body), body)
	if _, err := io.WriteString(c.socket, message); err != nil {
		return err
	}
	answer, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return fmt.Errorf("%s %s: %w", c.job.Method, path, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode == c.job.Status {
		_, err := io.Copy(io.Discard, answer.Body)
		return err
	}
	said, err := io.ReadAll(io.LimitReader(answer.Body, 500))
	if err != nil {
		return err
	}
	return fmt.Errorf("%s %s answered %d, not %d: %s", c.job.Method, path, answer.StatusCode, c.job.Status, said)
}
