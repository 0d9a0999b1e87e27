#include "platform/identity/password_hash.hpp"

#include <sodium.h>

#include <stdexcept>

namespace terrace::identity {

PasswordCost PasswordCost::cheapest() {
    return {.passes = crypto_pwhash_OPSLIMIT_MIN, .memory = crypto_pwhash_MEMLIMIT_MIN};
}

std::string hash_password(const std::string& password, const PasswordCost& cost) {
    char encoded[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(encoded, password.data(), password.size(), cost.passes, cost.memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("no memory to hash a password");
    return encoded;
}

bool verify_password(const std::string& password, const std::string& encoded) {
    return crypto_pwhash_str_verify(encoded.c_str(), password.data(), password.size()) == 0;
}

}  // namespace terrace::identity
