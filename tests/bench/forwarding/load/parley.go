package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

const (
	portsPerCall  = 16
	firstPort     = 40000
	longestLine   = 256 * 1024
	answerTimeout = 20 * time.Second
)

func init() { servers["parley"] = startParley }

// parley is what parleyd does: one parley-call a call, driven over descriptor 3 (media/include/media/protocol.h).
type parley struct{ calls []*callProcess }

type callProcess struct {
	command *exec.Cmd
	line    *os.File
	mu      sync.Mutex
	waiting map[string]chan callMessage
}

type callMessage struct {
	Type       string `json:"type"`
	Seat       int    `json:"seat"`
	Connection int    `json:"connection"`
	SDP        string `json:"sdp"`
	State      string `json:"state"`
	Reason     string `json:"reason"`
	Sentence   string `json:"sentence"`
}

type fields = map[string]interface{}

func startParley() (server, error) {
	s := &parley{}
	for i := 0; i < *calls; i++ {
		call, err := startCall(firstPort + i*portsPerCall)
		if err != nil {
			s.stop()
			return nil, err
		}
		s.calls = append(s.calls, call)
	}
	return s, nil
}

func startCall(port int) (*callProcess, error) {
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	theirs := os.NewFile(uintptr(pair[1]), "theirs")
	defer theirs.Close()
	c := &callProcess{
		command: exec.Command(*program), line: os.NewFile(uintptr(pair[0]), "ours"), waiting: map[string]chan callMessage{},
	}
	c.command.ExtraFiles = []*os.File{theirs}
	c.command.Stdout, c.command.Stderr = os.Stderr, os.Stderr
	c.command.Env = append(os.Environ(), "MALLOC_ARENA_MAX=2")
	ready := c.expect("ready")
	if err := c.command.Start(); err != nil {
		return nil, err
	}
	go c.read()
	if _, err := within(ready); err != nil {
		return nil, fmt.Errorf("parley-call is not ready: %w", err)
	}
	return c, c.send(fields{
		"type": "configure", "first_port": port, "last_port": port + portsPerCall - 1, "listen_addresses": []string{*address},
		"public_addresses": []string{}, "ice_tcp": true, "udp": true, "max_bitrate": 1500000,
	})
}

func (c *callProcess) send(message fields) error {
	line, err := json.Marshal(message)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err = c.line.Write(append(line, '\n'))
	return err
}

func (c *callProcess) expect(key string) chan callMessage {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting[key] = make(chan callMessage, 1)
	return c.waiting[key]
}

func within(messages chan callMessage) (callMessage, error) {
	select {
	case message := <-messages:
		return message, nil
	case <-time.After(answerTimeout):
		return callMessage{}, fmt.Errorf("no answer within %v", answerTimeout)
	}
}

func (c *callProcess) read() {
	lines := bufio.NewScanner(c.line)
	lines.Buffer(make([]byte, 4096), longestLine)
	for lines.Scan() {
		var message callMessage
		if json.Unmarshal(lines.Bytes(), &message) != nil {
			return
		}
		key := message.Type
		if key == "offer" || key == "link" {
			key = fmt.Sprint(message.Type, message.Seat)
		}
		c.mu.Lock()
		waiting := c.waiting[key]
		delete(c.waiting, key)
		c.mu.Unlock()
		if waiting != nil {
			waiting <- message
		}
	}
}

func (s *parley) join(p *person) error {
	call := s.calls[p.call]
	offers, links := call.expect(fmt.Sprint("offer", p.seat)), call.expect(fmt.Sprint("link", p.seat))
	if err := call.send(fields{"type": "connect", "seat": p.seat, "connection": 1}); err != nil {
		return err
	}
	offer, err := within(offers)
	if err != nil {
		return err
	}
	connection, err := p.newConnection(true, true)
	if err != nil {
		return err
	}
	sdp, err := answer(connection, offer.SDP)
	if err != nil {
		return err
	}
	if err := call.send(fields{"type": "answer", "seat": p.seat, "connection": 1, "sdp": sdp}); err != nil {
		return err
	}
	link, err := within(links)
	if err == nil && link.State != "connected" {
		err = fmt.Errorf("the connection is %s: %s", link.State, link.Reason)
	}
	return err
}

func (s *parley) pids() (pids []int) {
	for _, call := range s.calls {
		pids = append(pids, call.command.Process.Pid)
	}
	return pids
}

// stop closes the lines; a call process leaves by itself then.
func (s *parley) stop() {
	for _, call := range s.calls {
		call.line.Close()
		_ = call.command.Wait()
	}
}
