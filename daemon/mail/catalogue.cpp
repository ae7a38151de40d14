#include "mail/catalogue.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "mail/plural.h"

namespace parley {

namespace {

namespace json = boost::json;

std::string read_file(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw std::runtime_error{"it cannot be read"};
    return text.str();
}

template <class Sentences>
void flatten(const json::object& object, const std::string& prefix, Sentences& sentences) {
    for (const auto& [name, value] : object) {
        const std::string key = prefix + std::string{name};
        if (value.is_object())
            flatten(value.as_object(), key + '.', sentences);
        else
            sentences[key] = std::string{value.as_string()};
    }
}

const Phrase& value_of(std::string_view name, const PhraseValues& values) {
    const auto found = std::find_if(values.begin(), values.end(), [name](const auto& v) { return v.first == name; });
    if (found == values.end()) throw std::logic_error{"a sentence wants the value " + std::string{name}};
    return found->second;
}

Phrase filled(std::string_view sentence, const PhraseValues& values) {
    Phrase phrase;
    while (true) {
        const auto open = sentence.find("{{");
        const auto close = sentence.find("}}", open);
        if (open != 0) phrase.append(Phrase::words(std::string{sentence.substr(0, open)}));
        if (open == std::string_view::npos || close == std::string_view::npos) return phrase;
        phrase.append(value_of(sentence.substr(open + 2, close - open - 2), values));
        sentence.remove_prefix(close + 2);
        if (sentence.empty()) return phrase;
    }
}

}  // namespace

Catalogue Catalogue::load(const std::filesystem::path& file, std::string language) try {
    Catalogue catalogue;
    catalogue.language_ = std::move(language);
    flatten(json::parse(read_file(file)).as_object(), "", catalogue.sentences_);
    catalogue.right_to_left_ = catalogue.sentence("direction") == "rtl";
    return catalogue;
} catch (const std::exception& e) {
    throw std::runtime_error{"The sentences of the mails in " + file.string() + " cannot be used: " + e.what()};
}

const std::string& Catalogue::sentence(std::string_view key) const {
    const auto found = sentences_.find(key);
    if (found == sentences_.end()) throw std::logic_error{"no sentence " + std::string{key} + " in " + language_};
    return found->second;
}

Phrase Catalogue::phrase(std::string_view key, const PhraseValues& values) const {
    return filled(sentence(key), values);
}

Phrase Catalogue::counted(std::string_view key, std::size_t count, PhraseValues values) const {
    values.emplace_back("count", Phrase::value(std::to_string(count)));
    return phrase(std::string{key} + '_' + std::string{plural_category(language_, count)}, values);
}

Phrase Catalogue::list(const std::vector<std::string>& values) const {
    Phrase phrase;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) phrase.append(Phrase::words(sentence(i + 1 == values.size() ? "list.last" : "list.next")));
        phrase.append(Phrase::value(values[i]));
    }
    return phrase;
}

std::vector<std::string> Catalogue::keys() const {
    std::vector<std::string> keys;
    for (const auto& [key, sentence] : sentences_) keys.push_back(key);
    return keys;
}

Catalogues::Catalogues(const std::filesystem::path& folder) {
    for (const char* language : {"en", "ar"})
        all_.push_back(Catalogue::load(folder / (std::string{"mail."} + language + ".json"), language));
}

const Catalogue& Catalogues::of(std::string_view locale) const {
    const auto language = locale.substr(0, locale.find_first_of("-_"));
    const auto found =
        std::find_if(all_.begin(), all_.end(), [language](const auto& one) { return one.language() == language; });
    return found == all_.end() ? all_.front() : *found;
}

}  // namespace parley
