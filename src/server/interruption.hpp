#pragma once

namespace terrace::server {

/// From now on Ctrl-C and SIGTERM are noted and end nothing by themselves: a long command ends where it leaves no half.
void listen_for_interruption();

/// Whether one came.
bool interrupted();

}  // namespace terrace::server
