package main

import (
	"sort"
	"sync/atomic"
)

// taken is what was read around the window.
type taken struct {
	wall          float64
	before, after usage
	load, machine float64 // CPU seconds of this process and of the whole machine
}

type result struct {
	Server        string  `json:"server"`
	Calls         int     `json:"calls"`
	Size          int     `json:"size"`
	PairsWanted   int     `json:"pairs_wanted"`
	PairsSeen     int     `json:"pairs_seen"`
	Failures      int64   `json:"failures"`
	InRate        float64 `json:"in_packets_per_s"`
	OutRate       float64 `json:"out_packets_per_s"`
	LossPercent   float64 `json:"loss_percent"`
	Duplicates    uint64  `json:"duplicates"`
	Unstamped     uint64  `json:"unstamped"`
	ServerCores   float64 `json:"server_cores"`
	LoadCores     float64 `json:"load_cores"`
	MachineCores  float64 `json:"machine_cores"`
	CPUPerMillion float64 `json:"cpu_s_per_million_out"`
	UserShare     float64 `json:"user_share"`
	RSS           float64 `json:"rss_kib_per_person"`
	PSS           float64 `json:"pss_kib_per_person"`
	Threads       float64 `json:"threads_per_person"`
	Handles       float64 `json:"handles_per_person"`
	LatencyP50    float64 `json:"latency_ms_p50"`
	LatencyP95    float64 `json:"latency_ms_p95"`
	JoinP50       float64 `json:"join_ms_p50"`
	JoinP95       float64 `json:"join_ms_p95"`
	KeyWishes     uint64  `json:"key_frame_requests"`
	Nacked        uint64  `json:"nacked"`
}

func summarize(t taken) result {
	n := float64(len(people))
	r := result{
		Server: *serverName, Calls: *calls, Size: *size, PairsWanted: pairsWanted(), PairsSeen: pairsSeen(),
		Failures: atomic.LoadInt64(&failures), Unstamped: atomic.LoadUint64(&unstamped),
		RSS: float64(t.after.rss) / n, PSS: float64(t.after.pss) / n,
		Threads: float64(t.after.threads) / n, Handles: float64(t.after.handles) / n,
		ServerCores: (t.after.cpu() - t.before.cpu()) / t.wall, LoadCores: t.load / t.wall, MachineCores: t.machine / t.wall,
		UserShare: (t.after.user - t.before.user) / (t.after.cpu() - t.before.cpu()),
	}
	var sent, expected, once uint64
	var latencies, joins []int32
	for _, p := range people {
		own := p.sent[audio] + p.sent[video]
		sent += own
		expected += own * uint64(*size-1)
		r.KeyWishes += atomic.LoadUint64(&p.keyWishes)
		r.Nacked += atomic.LoadUint64(&p.nacked)
		for sender, streams := range p.streams {
			for _, s := range streams {
				once += s.once
				r.Duplicates += s.again
				latencies = append(latencies, s.latencies...)
			}
			if streams[video].started() {
				joins = append(joins, joinTime(p, people[sender], streams[video]))
			}
		}
	}
	out := float64(once + r.Duplicates)
	r.InRate, r.OutRate = float64(sent)/t.wall, out/t.wall
	r.LossPercent = 100 * (1 - float64(once)/float64(expected))
	r.CPUPerMillion = (t.after.cpu() - t.before.cpu()) / out * 1e6
	r.LatencyP50, r.LatencyP95 = percentile(latencies, 0.5), percentile(latencies, 0.95)
	r.JoinP50, r.JoinP95 = percentile(joins, 0.5), percentile(joins, 0.95)
	return r
}

// joinTime is from the later one's arrival to the first packet of the picture, in microseconds.
func joinTime(viewer, sender *person, picture *stream) int32 {
	from := viewer.joinedAt
	if sender.joinedAt > from {
		from = sender.joinedAt
	}
	return int32((picture.firstAt - from) / 1000)
}

// percentile answers milliseconds.
func percentile(values []int32, share float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sort.Slice(values, func(i, j int) bool { return values[i] < values[j] })
	return float64(values[int(share*float64(len(values)-1))]) / 1000
}
