package main

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// run does a job. Connections are made before its time begins.
func run(j job) (result, error) {
	connections := make([]*connection, j.Connections)
	for index := range connections {
		made, err := dial(j)
		if err != nil {
			return result{}, err
		}
		defer made.close()
		connections[index] = made
	}

	var (
		wait    sync.WaitGroup
		started atomic.Int64
		failed  atomic.Pointer[error]
		times   = make([][]time.Duration, j.Connections)
		begin   = time.Now()
	)
	isOver := func(number int) bool {
		if failed.Load() != nil || (j.Requests > 0 && number >= j.Requests) {
			return true
		}
		return j.Milliseconds > 0 && time.Since(begin) >= time.Duration(j.Milliseconds)*time.Millisecond
	}
	for index, c := range connections {
		wait.Go(func() {
			for {
				number := int(started.Add(1)) - 1
				if isOver(number) {
					return
				}
				sent := time.Now()
				if err := c.ask(number); err != nil {
					failed.Store(&err)
					return
				}
				times[index] = append(times[index], time.Since(sent))
			}
		})
	}
	wait.Wait()
	seconds := time.Since(begin).Seconds()
	if err := failed.Load(); err != nil {
		return result{}, *err
	}
	all := slices.Concat(times...)
	slices.Sort(all)
	return result{Requests: len(all), Seconds: seconds, P50: at(all, 50), P99: at(all, 99)}, nil
}

// at gives a percentile of sorted times in microseconds.
func at(sorted []time.Duration, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	index := min(len(sorted)*percent/100, len(sorted)-1)
	return float64(sorted[index]) / float64(time.Microsecond)
}
