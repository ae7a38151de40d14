#include "mail/gobject.h"

#include <mutex>

namespace parley {

void start_gmime() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

}  // namespace parley
