#include "server/interruption.hpp"

#include <csignal>

namespace terrace::server {

namespace {

volatile std::sig_atomic_t came = 0;

void note(int) {
    came = 1;
}

}  // namespace

void listen_for_interruption() {
    std::signal(SIGINT, note);
    std::signal(SIGTERM, note);
}

bool interrupted() {
    return came != 0;
}

}  // namespace terrace::server
