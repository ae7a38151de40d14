#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mail/phrase.h"

namespace parley {

/// The sentences of the mails in one language (web-ui/locales/mail.<language>.json), in the pages' own format: nested
/// keys joined with dots, `{{name}}` for values, plural forms as `<key>_one`, `_few`, ... by CLDR's rules.
class Catalogue {
public:
    /// Throws std::runtime_error naming the file: not there, not JSON, not texts.
    static Catalogue load(const std::filesystem::path& file, std::string language);

    [[nodiscard]] const std::string& language() const { return language_; }
    [[nodiscard]] bool right_to_left() const { return right_to_left_; }

    /// Throws std::logic_error for a key that is not there or a value that is not given: every mail is tested in every
    /// language.
    [[nodiscard]] Phrase phrase(std::string_view key, const PhraseValues& = {}) const;
    /// The plural form for `count`, which also stands for `{{count}}`.
    [[nodiscard]] Phrase counted(std::string_view key, std::size_t count, PhraseValues = {}) const;
    /// "A, B and C".
    [[nodiscard]] Phrase list(const std::vector<std::string>& values) const;

    [[nodiscard]] std::vector<std::string> keys() const;

private:
    [[nodiscard]] const std::string& sentence(std::string_view key) const;

    std::string language_;
    bool right_to_left_{};
    std::map<std::string, std::string, std::less<>> sentences_;
};

/// All languages of the mails.
class Catalogues {
public:
    /// Reads mail.en.json and mail.ar.json. Throws std::runtime_error.
    explicit Catalogues(const std::filesystem::path& folder);

    /// By the first part of a BCP 47 tag ("ar-EG"); English for a language we do not speak.
    [[nodiscard]] const Catalogue& of(std::string_view locale) const;

private:
    std::vector<Catalogue> all_;
};

}  // namespace parley
