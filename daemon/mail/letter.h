#pragma once
#include <string>
#include <variant>
#include <vector>

#include "mail/phrase.h"

namespace parley {

/// What a mail says, before it is text or HTML.
struct Paragraph {
    Phrase text;
};
struct Heading {
    Phrase text;
};
/// One appointment: its time, and what there is to say about it, the most important line first.
struct Entry {
    Phrase time;
    std::vector<Phrase> lines;
};
struct Entries {
    std::vector<Entry> entries;
};
struct Steps {
    std::vector<Phrase> steps;
};
/// The one thing to do. `address` is the personal link: a secret.
struct Button {
    Phrase label;
    Phrase fallback;  ///< what stands before the address for those whose program shows no button
    std::string address;
};
/// Something not to overlook.
struct Note {
    Phrase text;
};
using Block = std::variant<Paragraph, Heading, Entries, Steps, Button, Note>;

struct Letter {
    std::string language;
    bool right_to_left{};
    Phrase subject;
    Phrase title;
    Phrase sender;  ///< the school, above the title
    std::vector<Block> blocks;
    std::vector<Phrase> footer;
};

}  // namespace parley
