#pragma once
#include <map>
#include <string>
#include <vector>

#include "domain/school_lists.h"

namespace parley {

/// The files of a OneRoster archive that are read; others are left alone.
const std::vector<std::string>& oneroster_files();

/// Reads OneRoster 1.1 and 1.2 (1EdTech OneRoster: CSV Binding 1.2.1 and CSV Tables 1.1) out of unpacked files: bulk or
/// delta as the manifest says for each. People without a name or class, and lines that refer to nobody, become
/// problems; parents and guardians without an address are no contacts. Throws ListError for files that cannot be read
/// at all, and file_missing for what the manifest promises and for users.csv. Pure.
SchoolLists read_oneroster(const std::map<std::string, std::string>& files);

}  // namespace parley
