#include "protocol/fields.h"

#include <boost/json.hpp>

#include "media/protocol.h"

namespace parley::media::protocol {
namespace {

constexpr std::size_t most_texts = 64;

}  // namespace

std::optional<Fields> Fields::parse(std::string_view line) {
    if (line.size() > longest_line) return std::nullopt;
    boost::json::parse_options strict;
    strict.max_depth = 2;  // an object with arrays of strings in it, nothing deeper
    boost::json::error_code error;
    auto value = boost::json::parse({line.data(), line.size()}, error, {}, strict);
    if (error || !value.is_object()) return std::nullopt;
    return Fields{std::move(value.get_object())};
}

const boost::json::value* Fields::take(std::string_view field) {
    const auto* value = object_.if_contains({field.data(), field.size()});
    if (value == nullptr) {
        refuse();
    } else {
        ++read_;
    }
    return value;
}

std::int64_t Fields::whole_in(std::string_view field, std::int64_t least, std::int64_t most) {
    const auto* value = take(field);
    const auto* number = value != nullptr ? value->if_int64() : nullptr;
    if (number != nullptr && *number >= least && *number <= most) return *number;
    refuse();
    return least;
}

double Fields::real(std::string_view field, double least, double most) {
    const auto* value = take(field);
    if (value == nullptr || !value->is_number()) {
        refuse();
        return least;
    }
    const double number = value->to_number<double>();
    // Written so that a NaN is refused as well.
    if (!(number >= least && number <= most)) refuse();
    return number;
}

bool Fields::flag(std::string_view field) {
    const auto* value = take(field);
    const auto* truth = value != nullptr ? value->if_bool() : nullptr;
    if (truth == nullptr) refuse();
    return truth != nullptr && *truth;
}

std::string Fields::text(std::string_view field) {
    const auto* value = take(field);
    const auto* string = value != nullptr ? value->if_string() : nullptr;
    if (string == nullptr) {
        refuse();
        return {};
    }
    return {string->data(), string->size()};
}

std::vector<std::string> Fields::texts(std::string_view field) {
    const auto* value = take(field);
    const auto* array = value != nullptr ? value->if_array() : nullptr;
    if (array == nullptr || array->size() > most_texts) {
        refuse();
        return {};
    }
    std::vector<std::string> texts;
    for (const auto& entry : *array) {
        const auto* string = entry.if_string();
        if (string == nullptr) {
            refuse();
            return {};
        }
        texts.emplace_back(string->data(), string->size());
    }
    return texts;
}

}  // namespace parley::media::protocol
