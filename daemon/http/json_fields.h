#pragma once
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "domain/field_error.h"

namespace parley {

/// Reads the fields of a request's JSON object strictly: what is missing or of another type is request_invalid, naming
/// the field; everything wrong is collected, and what was asked for is then a default. Members that nobody asks for are
/// ignored on purpose: a page of a later or earlier version than the box may know more than the box does.
class JsonFields {
public:
    explicit JsonFields(const std::string& body);
    explicit JsonFields(const boost::json::value& object);

    static constexpr std::size_t max_integers = 100;
    enum class Need { required, optional };
    std::string text(const char* name, Need need = Need::required);
    std::int64_t integer(const char* name);
    bool flag(const char* name, Need need = Need::required);
    /// At most `max_integers`.
    std::vector<std::int64_t> integers(const char* name, Need need = Need::required);
    Instant instant(const char* name);   ///< RFC 3339
    std::string page(const char* name);  ///< a page's name: 32 hex digits
    /// The objects of an array of at most `most`.
    std::vector<boost::json::value> objects(const char* name, std::size_t most);

    /// No JSON object at all.
    [[nodiscard]] bool unreadable() const { return unreadable_; }
    [[nodiscard]] const FieldErrors& errors() const { return errors_; }
    [[nodiscard]] bool good() const { return !unreadable_ && errors_.empty(); }

private:
    const boost::json::value* find(const char* name, Need need);
    void wrong(const char* name);

    boost::json::value value_;
    bool unreadable_{false};
    FieldErrors errors_;
};

/// 32 hex digits.
bool is_page_name(const std::string&);

}  // namespace parley
