package main

// server is a forwarding server that was started for this load.
type server interface {
	// join connects a person, publishing and receiving; several are called at once.
	join(p *person) error
	// pids are its processes, for what it costs.
	pids() []int
	stop()
}

var servers = map[string]func() (server, error){}
