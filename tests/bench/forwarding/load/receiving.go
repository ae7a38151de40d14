package main

import (
	"sync"
	"sync/atomic"

	"github.com/pion/webrtc/v3"
)

// The window, by the time of sending; 0 is not yet.
var windowStart, windowEnd int64

func openWindow()  { atomic.StoreInt64(&windowStart, now()) }
func closeWindow() { atomic.StoreInt64(&windowEnd, now()) }

func inWindow(sent int64) bool {
	begin, end := atomic.LoadInt64(&windowStart), atomic.LoadInt64(&windowEnd)
	return begin != 0 && sent >= begin && (end == 0 || sent < end)
}

// stream is one person's sound or picture as another one receives it.
type stream struct {
	mu        sync.Mutex
	firstAt   int64
	seen      []uint64 // a bit a number
	once      uint64   // in the window
	again     uint64
	latencies []int32 // microseconds
}

func (s *stream) take(stamp stamp, at int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.firstAt == 0 {
		s.firstAt = at
	}
	word, bit := int(stamp.number>>6), uint64(1)<<(stamp.number&63)
	for word >= len(s.seen) {
		s.seen = append(s.seen, make([]uint64, 256)...)
	}
	known := s.seen[word]&bit != 0
	s.seen[word] |= bit
	if !inWindow(stamp.sent) {
		return
	}
	if known {
		s.again++
		return
	}
	s.once++
	s.latencies = append(s.latencies, int32((at-stamp.sent)/1000))
}

func (s *stream) started() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.firstAt != 0
}

func (p *person) stream(sender, kind int) *stream {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.streams[sender] == nil {
		p.streams[sender] = &[2]*stream{{}, {}}
	}
	return p.streams[sender][kind]
}

var unstamped uint64

func (p *person) receive(track *webrtc.TrackRemote) {
	buffer := make([]byte, 1600)
	for {
		n, _, err := track.Read(buffer)
		if err != nil {
			return
		}
		at := now()
		if stamp, ok := readStamp(buffer[:n]); ok {
			p.stream(stamp.sender, stamp.kind).take(stamp, at)
		} else {
			atomic.AddUint64(&unstamped, 1)
		}
	}
}

func pairsWanted() int { return len(people) * (*size - 1) }

// pairsSeen is how many pictures have arrived somewhere.
func pairsSeen() (seen int) {
	for _, p := range people {
		p.mu.Lock()
		for _, streams := range p.streams {
			if streams[video].started() {
				seen++
			}
		}
		p.mu.Unlock()
	}
	return seen
}
