#pragma once
#include <string>

namespace parley {

/// Runs `program --self-check` to its end, half a minute at most: a parley-call that does not fit this machine is told
/// of before the evening, not by the first call. Blocks; for the start only. Throws StartError with its complaint.
void check_call_program(const std::string& program);

}  // namespace parley
