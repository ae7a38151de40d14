#pragma once
#include <cppunit/extensions/HelperMacros.h>

#include <string>

#include "lists/list_error.h"

namespace parley {

/// How reading fails: "quote_open in students.csv:3", or "nothing".
template <class Read>
std::string fault_of(Read read) {
    try {
        read();
    } catch (const ListError& e) {
        const auto line = e.line() == 0 ? std::string{} : ':' + std::to_string(e.line());
        return std::string{to_text(e.fault())} + " in " + e.file() + line;
    }
    return "nothing";
}

}  // namespace parley
