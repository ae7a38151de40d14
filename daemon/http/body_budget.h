#pragma once
#include <cstddef>

namespace parley {

/// How much all request bodies together may hold, beyond what every one of them may hold anyway: thousands of
/// connections that send the largest body at once must not eat the memory of the calls. Loop thread only.
class BodyBudget {
public:
    explicit BodyBudget(std::size_t limit) : left_{limit} {}

    /// False, and nothing taken, when so much is not left.
    bool take(std::size_t bytes) {
        if (bytes > left_) return false;
        left_ -= bytes;
        return true;
    }
    void give_back(std::size_t bytes) { left_ += bytes; }

private:
    std::size_t left_;
};

}  // namespace parley
