#pragma once
#include <string>
#include <string_view>

#include "mail/letter.h"

namespace parley {

/// The letter as HTML that old mail programs can read: one column of tables, inline styles, one button; a style sheet
/// only for dark mode. Every word that is not ours is escaped and isolated (<bdi>). Nothing is fetched. Pure.
std::string to_html(const Letter&);

/// Text for an element's content or a quoted attribute.
std::string escaped(std::string_view);

}  // namespace parley
