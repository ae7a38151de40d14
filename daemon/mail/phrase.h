#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

/// A piece of a sentence: the catalogue's own words, or a value (a name, a time, an address) that may run the other
/// way.
struct Run {
    std::string text;
    bool value{};
};

/// A sentence with its values in place, which a renderer escapes and isolates as its format wants it.
class Phrase {
public:
    Phrase() = default;
    static Phrase words(std::string text) { return Phrase{Run{std::move(text), false}}; }
    static Phrase value(std::string text) { return Phrase{Run{std::move(text), true}}; }

    Phrase& append(const Phrase& other) {
        runs_.insert(runs_.end(), other.runs_.begin(), other.runs_.end());
        return *this;
    }
    [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }
    [[nodiscard]] bool empty() const { return runs_.empty(); }
    [[nodiscard]] std::string plain() const {
        std::string text;
        for (const auto& run : runs_) text += run.text;
        return text;
    }

private:
    explicit Phrase(Run run) : runs_{std::move(run)} {}
    std::vector<Run> runs_;
};

/// What stands for `{{name}}`.
using PhraseValues = std::vector<std::pair<std::string_view, Phrase>>;

}  // namespace parley
