#pragma once
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace parley {

/// Everything that is wrong with a configuration file, one sentence a line, each with file and line.
class SettingsError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads a TOML file of sections with plain settings into variables that hold their defaults. What is wrong is
/// collected; what nobody asked for is wrong as well. `finish` throws it all at once.
class TomlReader {
public:
    /// Throws SettingsError: no such file, or no TOML.
    explicit TomlReader(const std::filesystem::path& file);
    ~TomlReader();
    TomlReader(const TomlReader&) = delete;
    TomlReader& operator=(const TomlReader&) = delete;

    /// The section that the following settings are of.
    void section(std::string name);

    void text(const char* key, std::string& value);
    void path(const char* key, std::filesystem::path& value);  ///< relative ones count from the file's folder
    void path(const char* key, std::string& value);
    void flag(const char* key, bool& value);
    void texts(const char* key, std::vector<std::string>& value);  ///< a list

    template <class Number>
    void number(const char* key, Number& value, std::int64_t least, std::int64_t most) {
        value = static_cast<Number>(whole_number(key, static_cast<std::int64_t>(value), least, most));
    }
    template <class Choice>
    void choice(const char* key, Choice& value, std::initializer_list<std::pair<const char*, Choice>> choices) {
        std::vector<std::string> names;
        std::string chosen;
        for (const auto& [name, meaning] : choices) {
            names.emplace_back(name);
            if (meaning == value) chosen = name;
        }
        one_of(key, chosen, names);
        for (const auto& [name, meaning] : choices)
            if (name == chosen) value = meaning;
    }

    /// The setting read last is wrong after all: `allowed` says what it may be.
    void refuse(const char* key, const std::string& allowed);
    /// Throws SettingsError if anything was wrong or unknown.
    void finish();

    /// "section.key" of all that was asked for, and of all that the file sets to something else than the default.
    [[nodiscard]] const std::set<std::string>& known() const { return known_; }
    [[nodiscard]] const std::set<std::string>& changed() const { return changed_; }

private:
    struct Document;
    struct Found;
    Found find(const char* key);
    std::int64_t whole_number(const char* key, std::int64_t value, std::int64_t least, std::int64_t most);
    void one_of(const char* key, std::string& value, const std::vector<std::string>& allowed);
    template <class Value>
    void keep(const char* key, Value& into, Value value);
    void complain(std::uint32_t line, const std::string& what);
    void find_strangers();

    std::unique_ptr<Document> document_;
    std::filesystem::path file_;
    std::string section_;
    std::set<std::string> known_;
    std::set<std::string> changed_;
    std::multimap<std::uint32_t, std::string> complaints_;  ///< by line
};

}  // namespace parley
