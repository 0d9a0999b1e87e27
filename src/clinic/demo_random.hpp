#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace terrace::clinic {

/// Numbers that are the same on every machine: splitmix64 (Vigna), seeded by a text (FNV-1a) and an index.
class DemoRandom {
  public:
    DemoRandom(std::string_view subject, std::uint64_t index) : state_(index) {
        std::uint64_t hash = 14695981039346656037u;
        for (const char c : subject) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
        state_ += hash;
    }

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// From `least` to `most`, both included.
    int between(int least, int most) {
        return least + static_cast<int>(next() % static_cast<std::uint64_t>(most - least + 1));
    }
    bool percent(int chance) { return between(1, 100) <= chance; }
    template <class T>
    const T& pick(std::span<const T> from) {
        return from[next() % from.size()];
    }

  private:
    std::uint64_t state_;
};

}  // namespace terrace::clinic
