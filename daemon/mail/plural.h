#pragma once
#include <cstddef>
#include <string_view>

namespace parley {

/// CLDR's plural category of a whole number in `language` ("en", "ar"; others as English): zero, one, two, few, many or
/// other (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html). Pure.
std::string_view plural_category(std::string_view language, std::size_t count);

}  // namespace parley
