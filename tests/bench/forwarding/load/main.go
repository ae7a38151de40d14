// load is what browsers would put on a forwarding server, without browsers: calls of some people, each of whom publishes
// VP8 at 0.95 Mbit/s, 30 pictures a second (122 packets/s), and Opus (50 packets/s) and receives all the others. Every
// payload carries sender, number and a monotonic time stamp, so that loss, duplicates and one-way latency hold whatever
// the server renumbers. It prints one JSON object.
//
// A server is one file that registers itself in `servers`. Built in GOPATH mode against Debian's pion v3.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"
)

var (
	serverName = flag.String("server", "", "parley or janus")
	program    = flag.String("program", "", "the server's program")
	config     = flag.String("config", "", "its folder of configuration (janus)")
	address    = flag.String("address", "10.99.0.1", "the address it is to use")
	calls      = flag.Int("calls", 1, "number of calls")
	size       = flag.Int("size", 2, "people in a call")
	ramp       = flag.Duration("ramp", 150*time.Millisecond, "time between joins")
	windowAt   = flag.Int64("window-at", 0, "when the measurement begins, Unix time in seconds; 0: four seconds after the last join")
	window     = flag.Duration("window", 15*time.Second, "how long it lasts")
	meshTime   = flag.Duration("mesh", 20*time.Second, "give up waiting for everybody's picture after this")
	ivf        = flag.String("ivf", "picture.ivf", "VP8 at 30 pictures a second, a key frame every 90")
	srtp       = flag.String("srtp", "", "cm or gcm; else as pion orders them")
)

func init() {
	// A server that dies with the thread which started it must be started by one that stays.
	runtime.LockOSThread()
}

func main() {
	flag.Parse()
	raiseFileLimit()
	loadFrames(*ivf)
	make, ok := servers[*serverName]
	if !ok {
		log.Fatalf("there is no server named %q", *serverName)
	}
	server, err := make()
	if err != nil {
		log.Fatal(err)
	}
	endOnSignal(server)
	result := measure(server)
	line, _ := json.Marshal(result)
	fmt.Println(string(line))
	server.stop()
}

func raiseFileLimit() {
	var limit syscall.Rlimit
	_ = syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit)
	limit.Cur = limit.Max
	_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)
}

func endOnSignal(server server) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-signals
		server.stop()
		os.Exit(1)
	}()
}

func measure(server server) result {
	for i := 0; i < *calls**size; i++ {
		people = append(people, newPerson(i, i / *size, i%*size))
	}
	joinAll(server)
	waitForMesh()
	waitForWindow()
	before, own := usageOf(server.pids()), usageOf([]int{os.Getpid()})
	busy := machineSeconds()
	start := time.Now()
	openWindow()
	time.Sleep(*window)
	closeWindow()
	after, ownAfter := usageOf(server.pids()), usageOf([]int{os.Getpid()})
	measured := taken{
		wall: time.Since(start).Seconds(), before: before, after: after,
		load: ownAfter.cpu() - own.cpu(), machine: machineSeconds() - busy,
	}
	time.Sleep(1500 * time.Millisecond) // what is still under way belongs to the window
	close(over)
	return summarize(measured)
}

func joinAll(server server) {
	var joining sync.WaitGroup
	for _, p := range people {
		joining.Add(1)
		go func(p *person) {
			defer joining.Done()
			p.joinedAt = now()
			if err := server.join(p); err != nil {
				log.Printf("person %d cannot join: %v", p.id, err)
			}
		}(p)
		time.Sleep(*ramp)
	}
	joining.Wait()
}

func waitForMesh() {
	for end := time.Now().Add(*meshTime); time.Now().Before(end) && pairsSeen() < pairsWanted(); {
		time.Sleep(50 * time.Millisecond)
	}
}

func waitForWindow() {
	if *windowAt == 0 {
		time.Sleep(4 * time.Second)
		return
	}
	wait := time.Until(time.Unix(*windowAt, 0))
	if wait < time.Second {
		log.Printf("everybody has come %.1f s too late for a settled window", 1-wait.Seconds())
	}
	time.Sleep(wait)
}
