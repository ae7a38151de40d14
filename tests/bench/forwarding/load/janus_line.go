package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// janusLine is a session over WebSocket: questions with their answers, and the events of its handles.
type janusLine struct {
	socket   *websocket.Conn
	writing  sync.Mutex
	mu       sync.Mutex
	session  float64
	asked    int
	answers  map[string]chan object
	handlers map[float64]func(object)
}

func dialJanus(url string) (*janusLine, error) {
	dialer := websocket.Dialer{Subprotocols: []string{"janus-protocol"}, HandshakeTimeout: answerTimeout}
	socket, _, err := dialer.Dial(url, http.Header{})
	if err != nil {
		return nil, err
	}
	line := &janusLine{socket: socket, answers: map[string]chan object{}, handlers: map[float64]func(object){}}
	go line.read()
	created, err := line.request(object{"janus": "create"})
	if err != nil {
		return nil, err
	}
	line.session = idOf(created)
	go line.keepAlive()
	return line, nil
}

func idOf(reply object) float64 { return reply["data"].(object)["id"].(float64) }

func (l *janusLine) close() {
	_ = l.write(object{"janus": "destroy", "session_id": l.session, "transaction": "bye"})
	_ = l.socket.Close()
}

func (l *janusLine) keepAlive() {
	for l.write(object{"janus": "keepalive", "session_id": l.session, "transaction": "alive"}) == nil {
		time.Sleep(20 * time.Second)
	}
}

func (l *janusLine) read() {
	for {
		var message object
		if l.socket.ReadJSON(&message) != nil {
			return
		}
		if message["janus"] == "ack" || l.answered(message) {
			continue
		}
		sender, _ := message["sender"].(float64)
		l.mu.Lock()
		handler := l.handlers[sender]
		l.mu.Unlock()
		plugin, _ := message["plugindata"].(object)
		if handler != nil && plugin != nil {
			handler(plugin["data"].(object))
		}
	}
}

func (l *janusLine) answered(message object) bool {
	transaction, _ := message["transaction"].(string)
	l.mu.Lock()
	waiting := l.answers[transaction]
	delete(l.answers, transaction)
	l.mu.Unlock()
	if waiting != nil {
		waiting <- message
	}
	return waiting != nil
}

// write leaves no newline at the end: Janus refuses one.
func (l *janusLine) write(message object) error {
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	l.writing.Lock()
	defer l.writing.Unlock()
	return l.socket.WriteMessage(websocket.TextMessage, text)
}

func (l *janusLine) request(message object) (object, error) {
	waiting := make(chan object, 1)
	l.mu.Lock()
	l.asked++
	transaction := fmt.Sprint("question", l.asked)
	l.answers[transaction] = waiting
	l.mu.Unlock()
	message["transaction"] = transaction
	if l.session != 0 {
		message["session_id"] = l.session
	}
	if err := l.write(message); err != nil {
		return nil, err
	}
	select {
	case reply := <-waiting:
		if reply["janus"] == "error" {
			return nil, fmt.Errorf("%v", reply["error"])
		}
		return reply, nil
	case <-time.After(answerTimeout):
		return nil, fmt.Errorf("no answer to %v within %v", message["janus"], answerTimeout)
	}
}

func (l *janusLine) attach() (handle float64, err error) {
	reply, err := l.request(object{"janus": "attach", "plugin": "janus.plugin.videoroom"})
	if err != nil {
		return 0, err
	}
	return idOf(reply), nil
}

func (l *janusLine) listen(handle float64, handler func(object)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.handlers[handle] = handler
}

// ask answers the plugin's data, and the SDP that came with it.
func (l *janusLine) ask(handle float64, body, description object) (data object, sdp string, err error) {
	message := object{"janus": "message", "handle_id": handle, "body": body}
	if description != nil {
		message["jsep"] = description
	}
	reply, err := l.request(message)
	if err != nil {
		return nil, "", err
	}
	data = reply["plugindata"].(object)["data"].(object)
	if trouble, ok := data["error"]; ok {
		return nil, "", fmt.Errorf("videoroom: %v", trouble)
	}
	if offered, ok := reply["jsep"].(object); ok {
		sdp = offered["sdp"].(string)
	}
	return data, sdp, nil
}
