#pragma once

#include <cstddef>
#include <string>

namespace terrace::identity {

/// What one Argon2id hash costs; libsodium fixes its parallelism at 1.
struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t memory = std::size_t{19} * 1024 * 1024;  ///< bytes

    /// The least of OWASP's Password Storage sheet and ASVS 5.0 appendix C: 19 MiB, two passes.
    static PasswordCost standard() { return {}; }
    /// The least that libsodium takes, for tests and development.
    static PasswordCost cheapest();
};

/// The encoded form (`$argon2id$…`) with a fresh salt. Takes about 30 ms of a core at the standard cost, so it runs on
/// the PasswordPool. Throws std::runtime_error when there is no memory for it.
std::string hash_password(const std::string& password, const PasswordCost& cost);
/// Takes as long as the hash that is encoded; false also for what is no encoded form.
bool verify_password(const std::string& password, const std::string& encoded);

}  // namespace terrace::identity
