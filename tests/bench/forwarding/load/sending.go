package main

import (
	"math/rand"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v3"
)

const (
	opusPayload   = 72
	audioInterval = 20 * time.Millisecond
	packetPace    = 3 * time.Millisecond // three times the bit rate, as browsers pace
)

var over = make(chan struct{})

// camera gives one packet after the other, each with the time at which it is due.
type camera struct {
	frame     int
	nextFrame time.Time
	waiting   []duePacket
	number    uint16
	timestamp uint32
}

type duePacket struct {
	at        time.Time
	packet    packet
	timestamp uint32
}

func (c *camera) fill() {
	if len(c.waiting) > 0 {
		return
	}
	packets := frames[c.frame%len(frames)]
	pace := packetPace
	if most := 27 * time.Millisecond / time.Duration(len(packets)); most < pace {
		pace = most
	}
	for i, packet := range packets {
		c.waiting = append(c.waiting, duePacket{c.nextFrame.Add(time.Duration(i) * pace), packet, c.timestamp})
	}
	c.frame++
	c.timestamp += 90000 / framesPerS
	c.nextFrame = c.nextFrame.Add(time.Second / framesPerS)
}

type microphone struct {
	next      time.Time
	number    uint16
	timestamp uint32
}

// send plays until the measurement is over.
func (p *person) send(sound, picture *webrtc.TrackLocalStaticRTP) {
	random := rand.New(rand.NewSource(int64(p.id)))
	begin := time.Now().Add(time.Duration(random.Intn(33)) * time.Millisecond)
	eye := camera{
		frame: random.Intn(len(frames)) / keyDistance * keyDistance, nextFrame: begin,
		number: uint16(random.Intn(30000)), timestamp: random.Uint32(),
	}
	ear := microphone{next: begin, number: uint16(random.Intn(30000)), timestamp: random.Uint32()}
	buffer := make([]byte, 1500)
	var numbers [2]uint32
	for {
		select {
		case <-over:
			return
		default:
		}
		eye.fill()
		if eye.waiting[0].at.Before(ear.next) {
			p.sendPicture(&eye, picture, buffer, numbers[video])
			numbers[video]++
		} else {
			p.sendSound(&ear, sound, buffer, numbers[audio])
			numbers[audio]++
		}
	}
}

func (p *person) sendPicture(eye *camera, track *webrtc.TrackLocalStaticRTP, buffer []byte, number uint32) {
	due := eye.waiting[0]
	eye.waiting = eye.waiting[1:]
	time.Sleep(time.Until(due.at))
	payload := buffer[:len(due.packet.payload)]
	copy(payload, due.packet.payload)
	p.stamp(payload, video, number)
	_ = track.WriteRTP(&rtp.Packet{Header: rtp.Header{
		Version: 2, SequenceNumber: eye.number, Timestamp: due.timestamp, Marker: due.packet.last,
	}, Payload: payload})
	eye.number++
}

func (p *person) sendSound(ear *microphone, track *webrtc.TrackLocalStaticRTP, buffer []byte, number uint32) {
	time.Sleep(time.Until(ear.next))
	payload := buffer[:opusPayload+stampSize]
	p.stamp(payload, audio, number)
	_ = track.WriteRTP(&rtp.Packet{Header: rtp.Header{
		Version: 2, SequenceNumber: ear.number, Timestamp: ear.timestamp,
	}, Payload: payload})
	ear.number++
	ear.timestamp += 960
	ear.next = ear.next.Add(audioInterval)
}

func (p *person) stamp(payload []byte, kind int, number uint32) {
	at := now()
	stamp{p.id, kind, number, at}.write(payload)
	if inWindow(at) {
		atomic.AddUint64(&p.sent[kind], 1)
	}
}
