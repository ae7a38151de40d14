#pragma once
#include <span>
#include <vector>

namespace parley {

/// The invented people of the demo school. Nobody here exists; the addresses are under .example (RFC 2606).
struct DemoTeacher {
    const char* name;
    const char* mailbox;
    const char* subject;
};
struct DemoFamily {
    const char* parent_first_name;
    const char* last_name;
    const char* mailbox;
    std::vector<const char*> children;
};

/// 12; the first three teach the joint class.
std::span<const DemoTeacher> demo_teachers();

/// 30 with 40 children; the Morgans come first.
std::span<const DemoFamily> demo_families();

}  // namespace parley
