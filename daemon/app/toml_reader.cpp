#include "app/toml_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace parley {

struct TomlReader::Document {
    toml::table root;
};

/// A setting's place in the file; `node` is null when the file does not have it.
struct TomlReader::Found {
    const toml::node* node;
    std::string name;
};

namespace {

std::uint32_t line_of(const toml::node& node) {
    return node.source().begin.line;
}

std::string as_written(const toml::node& node) {
    std::ostringstream text;
    node.visit([&](const auto& value) {
        if constexpr (toml::is_value<decltype(value)>)
            text << *value;
        else
            text << (node.is_array() ? "a list" : "a section");
    });
    return node.is_string() ? '"' + text.str() + '"' : text.str();
}

using Sections = std::map<std::string, std::vector<std::string>>;  ///< with the keys of each

/// What is wrong with something at the top of the file.
std::string stray(const std::string& name, bool is_section, const Sections& sections) {
    std::vector<std::string> names;
    for (const auto& [section, keys] : sections) names.push_back(section);
    return fmt::format("{}; there are [{}]", name + (is_section ? " is no section" : " stands outside of a section"),
                       fmt::join(names, "], ["));
}

}  // namespace

TomlReader::TomlReader(const std::filesystem::path& file) : document_{std::make_unique<Document>()}, file_{file} {
    try {
        document_->root = toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        if (error.source().begin.line == 0)
            throw SettingsError(fmt::format("{} cannot be read; --config names another file", file.string()));
        throw SettingsError(
            fmt::format("{}:{}: {}", file.string(), error.source().begin.line, std::string{error.description()}));
    }
}

TomlReader::~TomlReader() = default;

void TomlReader::section(std::string name) {
    section_ = std::move(name);
}

TomlReader::Found TomlReader::find(const char* key) {
    Found found{nullptr, section_ + '.' + key};
    known_.insert(found.name);
    const auto* table = document_->root[section_].as_table();
    if (table != nullptr) found.node = table->get(key);
    return found;
}

void TomlReader::complain(std::uint32_t line, const std::string& what) {
    complaints_.emplace(line, fmt::format("{}:{}: {}", file_.string(), line, what));
}

void TomlReader::refuse(const char* key, const std::string& allowed) {
    const auto found = find(key);
    if (found.node == nullptr) return;
    complain(line_of(*found.node), fmt::format("{} is {}; {}", found.name, as_written(*found.node), allowed));
}

template <class Value>
void TomlReader::keep(const char* key, Value& into, Value value) {
    if (into != value) changed_.insert(section_ + '.' + key);
    into = std::move(value);
}

void TomlReader::text(const char* key, std::string& value) {
    const auto found = find(key);
    if (found.node == nullptr) return;
    if (const auto given = found.node->value_exact<std::string>())
        keep(key, value, *given);
    else
        refuse(key, "a text in quotation marks is needed");
}

void TomlReader::path(const char* key, std::filesystem::path& value) {
    std::string given = value.string();
    text(key, given);
    if (!given.empty() && given.front() != '/') given = (absolute(file_).parent_path() / given).lexically_normal();
    value = given;
}

void TomlReader::path(const char* key, std::string& value) {
    std::filesystem::path given = value;
    path(key, given);
    value = given.string();
}

void TomlReader::flag(const char* key, bool& value) {
    const auto found = find(key);
    if (found.node == nullptr) return;
    if (const auto given = found.node->value_exact<bool>())
        keep(key, value, *given);
    else
        refuse(key, "true or false is needed");
}

void TomlReader::texts(const char* key, std::vector<std::string>& value) {
    const auto found = find(key);
    if (found.node == nullptr) return;
    const auto* array = found.node->as_array();
    std::vector<std::string> given;
    if (array != nullptr)
        for (const auto& item : *array)
            if (const auto text = item.value_exact<std::string>()) given.push_back(*text);
    if (array != nullptr && given.size() == array->size())
        keep(key, value, given);
    else
        refuse(key, "a list of texts is needed, such as [\"one\", \"two\"]");
}

std::int64_t TomlReader::whole_number(const char* key, std::int64_t value, std::int64_t least, std::int64_t most) {
    const auto found = find(key);
    if (found.node == nullptr) return value;
    const auto given = found.node->value_exact<std::int64_t>();
    if (given && *given >= least && *given <= most)
        keep(key, value, *given);
    else
        refuse(key, fmt::format("whole numbers from {} to {} are allowed", least, most));
    return value;
}

void TomlReader::one_of(const char* key, std::string& value, const std::vector<std::string>& allowed) {
    std::string given = value;
    const auto changed = changed_;
    text(key, given);
    if (std::find(allowed.begin(), allowed.end(), given) != allowed.end()) {
        value = given;
        return;
    }
    changed_ = changed;
    refuse(key, fmt::format("allowed are \"{}\"", fmt::join(allowed, "\", \"")));
}

void TomlReader::find_strangers() {
    Sections sections;
    for (const auto& name : known_) {
        const auto dot = name.find('.');
        sections[name.substr(0, dot)].push_back(name.substr(dot + 1));
    }
    for (const auto& [section_key, node] : document_->root) {
        const std::string section{section_key.str()};
        const auto* table = node.as_table();
        if (!sections.contains(section) || table == nullptr) {
            complain(line_of(node), stray(section, table != nullptr, sections));
            continue;
        }
        for (const auto& [key, value] : *table)
            if (const std::string name = section + '.' + std::string{key.str()}; !known_.contains(name))
                complain(line_of(value), fmt::format("{} is no setting; [{}] has {}", name, section,
                                                     fmt::join(sections[section], ", ")));
    }
}

void TomlReader::finish() {
    find_strangers();
    if (complaints_.empty()) return;
    std::string all;
    for (const auto& [line, complaint] : complaints_) all += (all.empty() ? "" : "\n") + complaint;
    throw SettingsError(all);
}

}  // namespace parley
