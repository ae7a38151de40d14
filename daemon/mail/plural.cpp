#include "mail/plural.h"

namespace parley {

namespace {

std::string_view arabic(std::size_t count) {
    if (count == 0) return "zero";
    if (count == 1) return "one";
    if (count == 2) return "two";
    const auto hundredth = count % 100;
    if (hundredth >= 3 && hundredth <= 10) return "few";
    return hundredth >= 11 ? "many" : "other";
}

}  // namespace

std::string_view plural_category(std::string_view language, std::size_t count) {
    if (language == "ar") return arabic(count);
    return count == 1 ? "one" : "other";
}

}  // namespace parley
