#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace parley {

struct ZipLimits {
    std::size_t entries{100};
    std::uint64_t all_bytes{256ULL * 1024 * 1024};  ///< of all entries together, unpacked
    std::uint64_t growth{200};                      ///< how many times larger than packed an entry may be
};

/// The files of an archive by name, without the folder when all stand in one. Only `wanted` ones are unpacked, into
/// memory: no name in an archive is ever a path. Throws ListError: not_zip, zip_encrypted, zip_bomb, zip_path, too_big.
std::map<std::string, std::string> read_zip(const std::vector<char>& bytes, const std::string& name,
                                            const std::vector<std::string>& wanted, const ZipLimits& = {});

}  // namespace parley
