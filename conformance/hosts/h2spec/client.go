package main

import (
	"encoding/json"
	"fmt"
	"net"
	"time"

	"github.com/summerwind/h2spec/client"
	"github.com/summerwind/h2spec/config"
	"github.com/summerwind/h2spec/spec"
)

func testClient(reports *json.Encoder) error {
	return testClientGroup(reports, client.Spec())
}

func testClientGroup(reports *json.Encoder, group *spec.ClientTestGroup) error {
	for _, test := range group.Tests {
		err := meetClient(reports, test)
		if err := reports.Encode(outcome{
			Case:   fmt.Sprintf("%s/%d", group.ID(), test.Seq),
			Title:  test.Desc,
			Result: resultOf(err != nil && err != spec.ErrSkipped, err == spec.ErrSkipped),
			Detail: detailOf(err),
		}); err != nil {
			return err
		}
	}
	for _, inner := range group.Groups {
		if err := testClientGroup(reports, inner); err != nil {
			return err
		}
	}
	return nil
}

func meetClient(reports *json.Encoder, test *spec.ClientTestCase) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer listener.Close()
	address := listener.Addr().(*net.TCPAddr)
	if err := reports.Encode(map[string]int{"port": address.Port}); err != nil {
		return err
	}
	if err := listener.(*net.TCPListener).SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	socket, err := listener.Accept()
	if err != nil {
		return err
	}
	defer socket.Close()
	settings := &config.Config{Host: "127.0.0.1", Port: address.Port, Timeout: timeout, MaxHeaderLen: 4000}
	connection, err := spec.Accept(settings, socket)
	if err != nil {
		return err
	}
	return test.Run(settings, connection)
}
