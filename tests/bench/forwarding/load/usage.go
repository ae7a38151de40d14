package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

const ticksPerSecond = 100 // USER_HZ

// usage is what some processes and all their descendants have taken so far, or take now.
type usage struct {
	user, system     float64 // seconds
	rss, pss         int     // KiB
	threads, handles int
}

func (u usage) cpu() float64 { return u.user + u.system }

func usageOf(pids []int) (sum usage) {
	for _, pid := range withDescendants(pids) {
		if f := statFields(pid); f != nil {
			user, _ := strconv.ParseFloat(f[11], 64)
			system, _ := strconv.ParseFloat(f[12], 64)
			sum.user += user / ticksPerSecond
			sum.system += system / ticksPerSecond
		}
		sum.rss += field(pid, "status", "VmRSS")
		sum.pss += field(pid, "smaps_rollup", "Pss")
		sum.threads += field(pid, "status", "Threads")
		handles, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
		sum.handles += len(handles)
	}
	return sum
}

func withDescendants(pids []int) []int {
	children := map[int][]int{}
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if f := statFields(pid); f != nil {
			parent, _ := strconv.Atoi(f[1])
			children[parent] = append(children[parent], pid)
		}
	}
	all := append([]int{}, pids...)
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all
}

// statFields is /proc/PID/stat from the state on, or nil.
func statFields(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text[strings.LastIndex(string(text), ")")+2:]))
}

func field(pid int, file, key string) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, key+":") {
			value, _ := strconv.Atoi(strings.Fields(line)[1])
			return value
		}
	}
	return 0
}

// machineSeconds is the CPU time that everything on the machine has taken.
func machineSeconds() (busy float64) {
	text, _ := os.ReadFile("/proc/stat")
	for i, value := range strings.Fields(strings.SplitN(string(text), "\n", 2)[0])[1:] {
		if i == 3 || i == 4 || i > 6 { // idle, iowait, steal, guests
			continue
		}
		ticks, _ := strconv.ParseFloat(value, 64)
		busy += ticks / ticksPerSecond
	}
	return busy
}
