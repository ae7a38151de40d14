#pragma once
#include "app/settings.h"

namespace parley {

/// Fills in what follows from the machine: the public address, and a self-signed certificate in the state folder for a
/// box that was given none. Makes the state folder (mode 0700) when it is not there. Throws StartError.
void complete(Settings&);

}  // namespace parley
