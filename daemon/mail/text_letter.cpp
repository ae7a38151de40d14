#include "mail/text_letter.h"

#include <algorithm>

#include "domain/utf8.h"

namespace parley {

namespace {

constexpr std::size_t longest_rule = 74;

bool runs_right_to_left(char32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) ||
           (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

bool runs_against(const std::string& text, bool right_to_left) {
    const auto characters = decode_utf8(text).value_or(U"");
    const bool any = std::any_of(characters.begin(), characters.end(), runs_right_to_left);
    // In right-to-left text even digits want isolating: "18:00–18:10" would be read from its end.
    const bool all =
        any && std::none_of(characters.begin(), characters.end(), [](char32_t c) { return c < 0x80 && c != ' '; });
    return right_to_left ? !all : any;
}

std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class TextWriter {
public:
    explicit TextWriter(bool right_to_left) : right_to_left_{right_to_left} {}

    void operator()(const Paragraph& block) { text_ += flat(block.text) + "\n" + '\n'; }
    void operator()(const Note& block) { text_ += "* " + flat(block.text) + "\n" + '\n'; }
    void operator()(const Heading& block) {
        const auto line = flat(block.text);
        text_ += line + '\n' + std::string(std::min(width(line), longest_rule), '-') + '\n';
    }
    void operator()(const Entries& block) {
        for (const auto& entry : block.entries) {
            text_ += flat(entry.time) + '\n';
            for (const auto& line : entry.lines) text_ += "  " + flat(line) + "\n";
            text_ += '\n';
        }
    }
    void operator()(const Steps& block) {
        int number = 0;
        for (const auto& step : block.steps) text_ += std::to_string(++number) + ". " + flat(step) + "\n";
        text_ += '\n';
    }
    void operator()(const Button& block) { text_ += flat(block.label) + ":\n" + block.address + "\n\n"; }

    void title(const Phrase& title) { text_ += flat(title) + "\n" + '\n'; }
    void footer(const std::vector<Phrase>& lines) {
        text_ += "-- \n";
        for (const auto& line : lines) text_ += flat(line) + "\n";
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    [[nodiscard]] std::string flat(const Phrase& phrase) const {
        std::string text;
        for (const auto& run : phrase.runs()) {
            const bool isolate = run.value && runs_against(run.text, right_to_left_);
            text += isolate ? "\u2068" + run.text + "\u2069" : run.text;
        }
        return text;
    }

    bool right_to_left_;
    std::string text_;
};

}  // namespace

std::string to_plain_text(const Letter& letter) {
    TextWriter writer{letter.right_to_left};
    writer.title(letter.title);
    for (const auto& block : letter.blocks) std::visit(writer, block);
    writer.footer(letter.footer);
    return writer.text();
}

}  // namespace parley
