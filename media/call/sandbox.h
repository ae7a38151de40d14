#pragma once

namespace parley::call {

/// First thing in the process: closes every descriptor but 0 to 3, bounds memory arenas, ignores SIGPIPE and SIGXFSZ: a
/// word that cannot be said is no reason to end.
void tidy_up_process();

/// After warm-up, when everything is loaded: limits (descriptors, memory, no core, no file growth), no new privileges,
/// and the filter of system_call_filter.h: no file, no program, no other process (P4). Throws std::system_error when
/// the system refuses.
void lock_down_process();

}  // namespace parley::call
