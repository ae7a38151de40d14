#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace parley {

/// Text that must never reach a log or a reply by accident (P3): it has no stream operator and no JSON conversion.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_{std::move(text)} {}
    [[nodiscard]] std::string_view reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

private:
    std::string text_;
};

}  // namespace parley
