#include "mail/html_letter.h"

namespace parley {

namespace {

constexpr const char* font = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;";

/// Mail programs that know no style sheet show the light colours of the inline styles.
constexpr const char* dark_mode = R"(<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
.page { background: #12151b !important; }
.card { background: #1b1f28 !important; border-color: #343b49 !important; }
.ink { color: #eef1f6 !important; }
.soft { color: #b0b8c7 !important; }
.line { border-color: #343b49 !important; }
.note { background: #212f52 !important; color: #eef1f6 !important; }
.link { color: #a5c0ff !important; }
.fill { background: #3f6fe6 !important; }
}
</style>)";

std::string styled(const char* tag, const char* classes, const std::string& style, const std::string& content) {
    return std::string{"<"} + tag + " class=\"" + classes + "\" style=\"" + font + style + "\">" + content + "</" +
           tag + ">\n";
}

std::string inner(const Phrase& phrase) {
    std::string html;
    for (const auto& run : phrase.runs())
        html += run.value ? "<bdi>" + escaped(run.text) + "</bdi>" : escaped(run.text);
    return html;
}

class HtmlWriter {
public:
    explicit HtmlWriter(bool right_to_left) : start_{right_to_left ? "right" : "left"} {}

    void operator()(const Paragraph& block) {
        html_ +=
            styled("p", "ink", "margin:0 0 16px;font-size:16px;line-height:24px;color:#171b24;", inner(block.text));
    }
    void operator()(const Heading& block) {
        html_ +=
            styled("h2", "ink", "margin:28px 0 12px;font-size:18px;line-height:24px;font-weight:600;color:#171b24;",
                   inner(block.text));
    }
    void operator()(const Note& block) {
        html_ += table("margin:0 0 16px;", cell("note",
                                                "background:#e8eefc;border-radius:8px;padding:12px 16px;font-size:15px;"
                                                "line-height:22px;color:#171b24;",
                                                inner(block.text)));
    }
    void operator()(const Entries& block) {
        std::string rows;
        for (const auto& entry : block.entries) {
            std::string lines;
            for (const auto& line : entry.lines) {
                const bool first = lines.empty();
                lines += styled("div", first ? "ink" : "soft",
                                first ? "font-size:16px;line-height:24px;color:#171b24;"
                                      : "font-size:14px;line-height:20px;color:#4d5666;",
                                inner(line));
            }
            rows += "<tr>" + time_cell(inner(entry.time)) +
                    bare_cell("line", "border-top:1px solid #d9dde5;padding:10px 0;", lines) + "</tr>\n";
        }
        html_ += table("margin:0 0 16px;", rows);
    }
    void operator()(const Steps& block) {
        std::string items;
        for (const auto& step : block.steps) items += "<li style=\"margin:0 0 6px;\">" + inner(step) + "</li>\n";
        html_ += styled("ol", "ink",
                        "margin:0 0 16px;padding-" + start_ + ":24px;padding-" + end() +
                            ":0;font-size:16px;line-height:24px;color:#171b24;",
                        items);
    }
    void operator()(const Button& block) {
        const std::string address = escaped(block.address);
        const std::string link =
            "<a href=\"" + address + "\" class=\"fill\" style=\"" + font +
            "display:inline-block;background:#2457d6;border-radius:8px;padding:14px 28px;font-size:17px;"
            "line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;\">" +
            inner(block.label) + "</a>";
        html_ += "<div style=\"margin:24px 0 12px;\">" + link + "</div>\n";
        html_ += styled("p", "soft", "margin:0 0 20px;font-size:13px;line-height:19px;color:#4d5666;",
                        inner(block.fallback) + "<br><a dir=\"ltr\" class=\"link\" href=\"" + address +
                            "\" style=\"color:#1f4fc6;word-break:break-all;\">" + address + "</a>");
    }
    [[nodiscard]] const std::string& html() const { return html_; }
    [[nodiscard]] const std::string& start() const { return start_; }

    static std::string table(const std::string& style, const std::string& rows) {
        return "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
               "style=\"width:100%;"
               "border-collapse:separate;" +
               style + "\">\n" + rows + "</table>\n";
    }
    [[nodiscard]] std::string cell(const char* classes, const std::string& style, const std::string& content) const {
        return "<tr>" + bare_cell(classes, style, content) + "</tr>\n";
    }

private:
    [[nodiscard]] std::string end() const { return start_ == "left" ? "right" : "left"; }
    [[nodiscard]] std::string bare_cell(const char* classes, const std::string& style,
                                        const std::string& content) const {
        return std::string{"<td class=\""} + classes + "\" align=\"" + start_ + "\" valign=\"top\" style=\"" + font +
               "text-align:" + start_ + ";" + style + "\">" + content + "</td>";
    }
    [[nodiscard]] std::string time_cell(const std::string& time) const {
        return "<td class=\"ink line\" width=\"112\" align=\"" + start_ + "\" valign=\"top\" style=\"" + font +
               "width:112px;border-top:1px solid #d9dde5;padding:10px "
               "0;font-size:16px;line-height:24px;font-weight:600;"
               "color:#171b24;white-space:nowrap;text-align:" +
               start_ + ";\">" + time + "</td>";
    }

    std::string start_;
    std::string html_;
};

std::string footer_of(const Letter& letter) {
    std::string html;
    for (const auto& line : letter.footer)
        html += styled("p", "soft", "margin:0 0 8px;font-size:13px;line-height:19px;color:#4d5666;", inner(line));
    return html;
}

std::string head_of(const Letter& letter) {
    return "<!DOCTYPE html>\n<html lang=\"" + letter.language + "\" dir=\"" + (letter.right_to_left ? "rtl" : "ltr") +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
           "initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" "
           "content=\"light dark\">\n"
           "<title>" +
           escaped(letter.subject.plain()) + "</title>\n" + dark_mode + "\n</head>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string html;
    html.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '"': html += "&quot;"; break;
            case '\'': html += "&#39;"; break;
            default: html += c;
        }
    }
    return html;
}

std::string to_html(const Letter& letter) {
    HtmlWriter writer{letter.right_to_left};
    for (const auto& block : letter.blocks) std::visit(writer, block);
    const std::string dir = letter.right_to_left ? "rtl" : "ltr";
    const std::string head =
        styled("p", "soft", "margin:0 0 4px;font-size:14px;line-height:20px;color:#4d5666;", inner(letter.sender)) +
        styled("h1", "ink", "margin:0 0 20px;font-size:24px;line-height:31px;font-weight:650;color:#171b24;",
               inner(letter.title));
    const std::string card = HtmlWriter::table(
        "max-width:600px;margin:0 auto;",
        writer.cell("card", "background:#ffffff;border:1px solid #d9dde5;border-radius:12px;padding:28px 24px 16px;",
                    head + writer.html()) +
            writer.cell("", "padding:16px 24px 8px;", footer_of(letter)));
    return head_of(letter) + "<body class=\"page\" dir=\"" + dir +
           "\" style=\"margin:0;padding:0;background:#f6f7f9;\">\n" +
           HtmlWriter::table("", "<tr><td class=\"page\" dir=\"" + dir +
                                     "\" align=\"center\" style=\"background:#f6f7f9;padding:16px 8px;\">" + card +
                                     "</td></tr>\n") +
           "</body>\n</html>\n";
}

}  // namespace parley
