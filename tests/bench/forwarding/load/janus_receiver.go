package main

import "github.com/pion/webrtc/v3"

// janusReceiver is a person's receiving connection; Janus offers again with every new stream.
type janusReceiver struct {
	person     *person
	line       *janusLine
	room       int
	handle     float64
	connection *webrtc.PeerConnection
}

func (r *janusReceiver) add(streams []object) error {
	sdp, err := r.ask(streams)
	if err != nil || sdp == "" {
		return err
	}
	reply, err := answer(r.connection, sdp)
	if err != nil {
		return err
	}
	_, _, err = r.line.ask(r.handle, object{"request": "start"}, object{"type": "answer", "sdp": reply})
	return err
}

func (r *janusReceiver) ask(streams []object) (sdp string, err error) {
	if r.connection != nil {
		_, sdp, err = r.line.ask(r.handle, object{"request": "subscribe", "streams": streams}, nil)
		return sdp, err
	}
	if r.handle, err = r.line.attach(); err != nil {
		return "", err
	}
	_, sdp, err = r.line.ask(r.handle, object{"request": "join", "ptype": "subscriber", "room": r.room, "streams": streams}, nil)
	if err == nil {
		r.connection, err = r.person.newConnection(false, true)
	}
	return sdp, err
}

func accept(connection *webrtc.PeerConnection, sdp string) error {
	return connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: sdp})
}
