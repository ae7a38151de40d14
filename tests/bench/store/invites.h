#pragma once
#include <filesystem>

namespace parley::bench {

/// Makes a school in `dir` and has `count` guests invited, `writers` of them at any time: each of these waits until its
/// invite is acknowledged (on the disk), then sends the next. Answers invites a second. Throws when one is refused.
double invites_per_second(const std::filesystem::path& dir, int writers, int count);

}  // namespace parley::bench
