package main

import (
	"encoding/binary"
	"log"
	"os"
	"time"

	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v3/pkg/media/ivfreader"
)

// A stamp ends every payload: magic, sender, kind, number (32 bits each), time sent (64), magic.
const (
	stampSize   = 28
	stampMagic  = 0x5350494b
	mostPayload = 1150 // with the stamp
	framesPerS  = 30
	keyDistance = 90
)

type packet struct {
	payload []byte
	last    bool
}

var frames [][]packet

var start = time.Now() // has a monotonic reading

func now() int64 { return int64(time.Since(start)) }

// loadFrames cuts the pictures into packets once, for all.
func loadFrames(name string) {
	file, err := os.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	reader, _, err := ivfreader.NewWith(file)
	if err != nil {
		log.Fatal(err)
	}
	for {
		picture, _, err := reader.ParseNextFrame()
		if err != nil {
			break
		}
		frames = append(frames, cut(picture))
	}
	if len(frames) == 0 {
		log.Fatalf("%s holds no pictures", name)
	}
}

func cut(picture []byte) []packet {
	payloader := codecs.VP8Payloader{}
	var packets []packet
	parts := payloader.Payload(mostPayload-stampSize, picture)
	for i, part := range parts {
		payload := make([]byte, len(part)+stampSize)
		copy(payload, part)
		packets = append(packets, packet{payload, i == len(parts)-1})
	}
	return packets
}

type stamp struct {
	sender, kind int
	number       uint32
	sent         int64
}

func (s stamp) write(payload []byte) {
	tail := payload[len(payload)-stampSize:]
	binary.BigEndian.PutUint32(tail, stampMagic)
	binary.BigEndian.PutUint32(tail[4:], uint32(s.sender))
	binary.BigEndian.PutUint32(tail[8:], uint32(s.kind))
	binary.BigEndian.PutUint32(tail[12:], s.number)
	binary.BigEndian.PutUint64(tail[16:], uint64(s.sent))
	binary.BigEndian.PutUint32(tail[24:], stampMagic)
}

func readStamp(packet []byte) (s stamp, ok bool) {
	if len(packet) < 12+stampSize {
		return s, false
	}
	tail := packet[len(packet)-stampSize:]
	if binary.BigEndian.Uint32(tail) != stampMagic || binary.BigEndian.Uint32(tail[24:]) != stampMagic {
		return s, false
	}
	return stamp{
		sender: int(binary.BigEndian.Uint32(tail[4:])), kind: int(binary.BigEndian.Uint32(tail[8:]) & 1),
		number: binary.BigEndian.Uint32(tail[12:]), sent: int64(binary.BigEndian.Uint64(tail[16:])),
	}, true
}
