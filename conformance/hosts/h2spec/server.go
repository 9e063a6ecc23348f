package main

import (
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/summerwind/h2spec/config"
	"github.com/summerwind/h2spec/generic"
	"github.com/summerwind/h2spec/hpack"
	"github.com/summerwind/h2spec/http2"
	"github.com/summerwind/h2spec/spec"
)

const timeout = 2 * time.Second

func testServer(reports *json.Encoder, address string, certificate []string) error {
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		return err
	}
	settings := &config.Config{Host: host, Port: port, Path: "/", Timeout: timeout, MaxHeaderLen: 4000, Strict: true}
	if len(certificate) == 2 {
		settings.TLS, settings.Insecure = true, true
		settings.CertFile, settings.CertKeyFile = certificate[0], certificate[1]
	}
	for _, group := range []*spec.TestGroup{generic.Spec(), http2.Spec(), hpack.Spec()} {
		group.Test(settings)
		if err := reportGroup(reports, group); err != nil {
			return err
		}
	}
	return nil
}

func reportGroup(reports *json.Encoder, group *spec.TestGroup) error {
	for _, test := range append(group.Tests, group.StrictTests...) {
		result := test.Result
		if result == nil {
			return fmt.Errorf("%s was not run: %s", group.ID(), test.Desc)
		}
		if err := reports.Encode(outcome{
			Case:   fmt.Sprintf("%s/%d", group.ID(), result.Sequence),
			Title:  test.Desc,
			Result: resultOf(result.Failed, result.Skipped),
			Detail: detailOf(result.Error),
		}); err != nil {
			return err
		}
	}
	for _, inner := range group.Groups {
		if err := reportGroup(reports, inner); err != nil {
			return err
		}
	}
	return nil
}
