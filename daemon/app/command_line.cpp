#include "app/command_line.h"

#include <CLI/CLI.hpp>

namespace parley {

CommandLine read_command_line(int argc, char** argv) {
    CommandLine line;
    CLI::App app{"parleyd books parents' evenings, carries their calls and mails their invitations."};
    app.set_version_flag("--version", "parleyd " PARLEY_VERSION);
    app.add_option("--config", line.config, "the configuration file")->capture_default_str();
    app.add_option("--state-dir", line.state_dir, "where the database is, instead of [state] directory");
    const auto* check = app.add_flag("--check-config", line.check_config, "read the configuration, say what is wrong");
    app.add_option("--seed-demo", line.seed_demo, "fill an empty box with a demo school, and write its people to FILE")
        ->type_name("FILE")
        ->excludes(const_cast<CLI::Option*>(check));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& finished) {
        throw Finished{app.exit(finished)};
    }
    return line;
}

}  // namespace parley
