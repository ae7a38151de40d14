#pragma once
#include <optional>
#include <string>

struct _GMainContext;  // NOLINT(bugprone-reserved-identifier): the library\'s name

namespace parley::call {

/// Loads the few GStreamer plugins that a call needs, and no other: no registry file is read or written, and start-up
/// takes the same time always. To be called once, before anything else of GStreamer; needs the file system.
/// A sentence when a plugin cannot be loaded.
std::optional<std::string> load_plugins();

/// Whether the internals of webrtcbin that the call relies on are as expected: elements, their pads, signals and
/// properties, and GStreamer's version. Nothing when all is well, else a sentence that says what is not.
std::optional<std::string> self_check();

/// Seals and opens a packet, makes one connection up to its offer, on loopback, and drops it: certificate, threads and
/// code are warm afterwards. A sentence when that does not work.
std::optional<std::string> warm_up(_GMainContext* loop);

}  // namespace parley::call
