package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

const (
	janusPort = 8188
	firstRoom = 100000
)

func init() { servers["janus"] = startJanus }

// janus is one process for all calls, a room of the videoroom plugin each. A person publishes over one connection and
// receives over a second one: so Janus has it.
type janus struct {
	command *exec.Cmd
	mu      sync.Mutex
	lines   []*janusLine
}

type object = map[string]interface{}

func startJanus() (server, error) {
	s := &janus{command: exec.Command(*program, "-F", *config)}
	s.command.Stdout, s.command.Stderr = os.Stderr, os.Stderr
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	if err := s.makeRooms(); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *janus) makeRooms() error {
	admin, err := s.dialWhenUp()
	if err != nil {
		return err
	}
	handle, err := admin.attach()
	for i := 0; i < *calls && err == nil; i++ {
		_, _, err = admin.ask(handle, object{
			"request": "create", "room": firstRoom + i, "publishers": 10, "bitrate": 3000000,
			"videocodec": "vp8", "audiocodec": "opus", "permanent": false,
		}, nil)
	}
	return err
}

func (s *janus) dialWhenUp() (line *janusLine, err error) {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if line, err = s.dial(); err == nil {
			return line, nil
		}
	}
	return nil, fmt.Errorf("Janus does not answer: %w", err)
}

func (s *janus) dial() (*janusLine, error) {
	line, err := dialJanus(fmt.Sprintf("ws://%s:%d/", *address, janusPort))
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.lines = append(s.lines, line)
	}
	return line, err
}

func (s *janus) pids() []int { return []int{s.command.Process.Pid} }

func (s *janus) stop() {
	for _, line := range s.lines {
		line.close()
	}
	_ = s.command.Process.Signal(syscall.SIGTERM)
	_ = s.command.Wait()
}

func (s *janus) join(p *person) error {
	line, err := s.dial()
	if err != nil {
		return err
	}
	handle, err := line.attach()
	if err != nil {
		return err
	}
	feeds := make(chan float64, 100)
	line.listen(handle, func(event object) { tellFeeds(event, feeds) })
	room := firstRoom + p.call
	go p.subscribe(line, room, feeds)
	connection, err := p.newConnection(true, false)
	if err != nil {
		return err
	}
	sdp, err := offer(connection)
	if err != nil {
		return err
	}
	joined, answer, err := line.ask(handle, object{
		"request": "joinandconfigure", "room": room, "ptype": "publisher", "display": fmt.Sprint(p.id),
	}, object{"type": "offer", "sdp": sdp})
	if err != nil {
		return err
	}
	tellFeeds(joined, feeds)
	return accept(connection, answer)
}

// tellFeeds passes on who publishes.
func tellFeeds(event object, feeds chan float64) {
	publishers, _ := event["publishers"].([]interface{})
	for _, publisher := range publishers {
		feeds <- publisher.(object)["id"].(float64)
	}
}

// subscribe adds everybody who comes to the one receiving connection.
func (p *person) subscribe(line *janusLine, room int, feeds chan float64) {
	receiving := &janusReceiver{person: p, line: line, room: room}
	for feed := range feeds {
		streams := []object{{"feed": feed}}
		for more := true; more; {
			select {
			case next := <-feeds:
				streams = append(streams, object{"feed": next})
			default:
				more = false
			}
		}
		if err := receiving.add(streams); err != nil {
			log.Printf("person %d cannot receive: %v", p.id, err)
		}
	}
}
