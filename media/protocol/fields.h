#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::media::protocol {

/// Reads the fields of one JSON object strictly: every field exactly once, of its type and within its range, none left
/// over. A refusal is remembered and `complete()` tells it at the end; until then harmless values are handed out.
class Fields {
public:
    /// Nothing for what is not one flat JSON object of at most `longest_line` bytes.
    static std::optional<Fields> parse(std::string_view line);

    template <class Integer = int>
    Integer whole(std::string_view field, Integer least = 0, Integer most = std::numeric_limits<Integer>::max()) {
        return static_cast<Integer>(whole_in(field, least, most));
    }
    double real(std::string_view field, double least, double most);
    bool flag(std::string_view field);
    std::string text(std::string_view field);
    /// At most 64 strings.
    std::vector<std::string> texts(std::string_view field);

    void refuse() { refused_ = true; }
    /// Whether every field of the object was read and none was refused.
    [[nodiscard]] bool complete() const { return !refused_ && read_ == object_.size(); }

private:
    explicit Fields(boost::json::object object) : object_{std::move(object)} {}

    std::int64_t whole_in(std::string_view field, std::int64_t least, std::int64_t most);
    const boost::json::value* take(std::string_view field);

    boost::json::object object_;
    std::size_t read_{};
    bool refused_{};
};

}  // namespace parley::media::protocol
