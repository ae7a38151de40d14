package main

import (
	"fmt"
	"log"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/dtls/v2"
	"github.com/pion/ice/v2"
	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v3"
)

const (
	audio = 0
	video = 1
)

// person is one page: what it has sent, and what came from each of the others.
type person struct {
	id, call, seat int
	joinedAt       int64
	sent           [2]uint64 // in the window
	keyWishes      uint64    // PLI and FIR that came
	nacked         uint64
	sending        int32

	mu      sync.Mutex
	streams map[int]*[2]*stream
}

var people []*person

func newPerson(id, call, seat int) *person {
	return &person{id: id, call: call, seat: seat, streams: map[int]*[2]*stream{}}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func newAPI() *webrtc.API {
	media := &webrtc.MediaEngine{}
	must(media.RegisterCodec(webrtc.RTPCodecParameters{
		RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1",
		}, PayloadType: 111}, webrtc.RTPCodecTypeAudio))
	must(media.RegisterCodec(webrtc.RTPCodecParameters{
		RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeVP8, ClockRate: 90000,
			RTCPFeedback: []webrtc.RTCPFeedback{{Type: "goog-remb"}, {Type: "ccm", Parameter: "fir"}, {Type: "nack"}, {Type: "nack", Parameter: "pli"}},
		}, PayloadType: 96}, webrtc.RTPCodecTypeVideo))
	for _, kind := range []webrtc.RTPCodecType{webrtc.RTPCodecTypeAudio, webrtc.RTPCodecTypeVideo} {
		must(media.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: sdp.SDESMidURI}, kind))
	}
	must(media.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: sdp.AudioLevelURI}, webrtc.RTPCodecTypeAudio))
	registry := &interceptor.Registry{}
	must(webrtc.ConfigureNack(media, registry))
	must(webrtc.ConfigureRTCPReports(registry))
	must(webrtc.ConfigureTWCCHeaderExtensionSender(media, registry))
	must(webrtc.ConfigureTWCCSender(media, registry))
	return webrtc.NewAPI(webrtc.WithMediaEngine(media), webrtc.WithInterceptorRegistry(registry), webrtc.WithSettingEngine(settings()))
}

func settings() (s webrtc.SettingEngine) {
	s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetIPFilter(func(ip net.IP) bool { return ip.To4() != nil })
	s.SetDTLSRetransmissionInterval(100 * time.Millisecond) // browsers begin with 50 ms; pion's second distorts joins
	s.SetICETimeouts(20*time.Second, 40*time.Second, 2*time.Second)
	switch *srtp {
	case "cm":
		s.SetSRTPProtectionProfiles(dtls.SRTP_AES128_CM_HMAC_SHA1_80)
	case "gcm":
		s.SetSRTPProtectionProfiles(dtls.SRTP_AEAD_AES_128_GCM)
	}
	return s
}

// newConnection publishes and receives what the server's offer, or ours, says.
func (p *person) newConnection(publishes, receives bool) (*webrtc.PeerConnection, error) {
	connection, err := newAPI().NewPeerConnection(webrtc.Configuration{BundlePolicy: webrtc.BundlePolicyMaxBundle})
	if err != nil {
		return nil, err
	}
	var sound, picture *webrtc.TrackLocalStaticRTP
	if publishes {
		if sound, picture, err = p.addTracks(connection); err != nil {
			return nil, err
		}
	}
	if receives {
		connection.OnTrack(func(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
			go discardReports(receiver)
			p.receive(track)
		})
	}
	connection.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateConnected && publishes && atomic.CompareAndSwapInt32(&p.sending, 0, 1) {
			go p.send(sound, picture)
		}
		if state == webrtc.PeerConnectionStateFailed {
			atomic.AddInt64(&failures, 1)
		}
	})
	return connection, nil
}

var failures int64

func (p *person) addTracks(connection *webrtc.PeerConnection) (sound, picture *webrtc.TrackLocalStaticRTP, err error) {
	name := fmt.Sprintf("person%d", p.id)
	sound, _ = webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}, "a"+name, name)
	picture, _ = webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000}, "v"+name, name)
	for _, track := range []*webrtc.TrackLocalStaticRTP{sound, picture} {
		transceiver, err := connection.AddTransceiverFromTrack(track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
		if err != nil {
			return nil, nil, err
		}
		go p.countWishes(transceiver.Sender())
	}
	return sound, picture, nil
}

// offer answers an SDP with every candidate in it.
func offer(connection *webrtc.PeerConnection) (string, error) {
	description, err := connection.CreateOffer(nil)
	if err != nil {
		return "", err
	}
	return gather(connection, description)
}

func answer(connection *webrtc.PeerConnection, offer string) (string, error) {
	if err := connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: offer}); err != nil {
		return "", err
	}
	description, err := connection.CreateAnswer(nil)
	if err != nil {
		return "", err
	}
	return gather(connection, description)
}

func gather(connection *webrtc.PeerConnection, description webrtc.SessionDescription) (string, error) {
	gathered := webrtc.GatheringCompletePromise(connection)
	if err := connection.SetLocalDescription(description); err != nil {
		return "", err
	}
	<-gathered
	return connection.LocalDescription().SDP, nil
}

func (p *person) countWishes(sender *webrtc.RTPSender) {
	for {
		packets, _, err := sender.ReadRTCP()
		if err != nil {
			return
		}
		for _, packet := range packets {
			switch report := packet.(type) {
			case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
				atomic.AddUint64(&p.keyWishes, 1)
			case *rtcp.TransportLayerNack:
				for _, pair := range report.Nacks {
					atomic.AddUint64(&p.nacked, uint64(len(pair.PacketList())))
				}
			}
		}
	}
}

func discardReports(receiver *webrtc.RTPReceiver) {
	buffer := make([]byte, 1500)
	for {
		if _, _, err := receiver.Read(buffer); err != nil {
			return
		}
	}
}
