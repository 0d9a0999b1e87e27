#pragma once

#include "platform/resource/engine/engine.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace terrace::clinic {

/// A person who signs in to a demo clinic.
struct DemoPerson {
    std::string full_name;
    std::string email;
    std::string role;  ///< slug
};

/// One of the demo clinics, the same on every machine.
struct DemoClinic {
    std::string slug;
    std::string name;
    std::string city;
    std::string pincode_prefix;        ///< the first three digits of the city's PIN codes
    std::vector<std::string> regions;  ///< whose names its patients have, the most frequent first
    std::vector<DemoPerson> people;    ///< the owner first
};

/// The three clinics of size S.
const std::vector<DemoClinic>& demo_clinics();

/// Bodies of `POST /patients`, in the order of registration: households on shared phones, children with a guardian,
/// some ages without a date, some likely duplicates. A function of the clinic's slug and the count alone.
std::vector<std::string> demo_patients(const DemoClinic& clinic, std::size_t count);

/// Registers the demo patients of a clinic that has none yet, through the engine, or the rest where that was cut off.
/// Answers how many.
boost::asio::awaitable<Result<std::size_t>> seed_demo(resource::EngineParts parts, resource::Caller caller,
                                                      DemoClinic clinic, std::size_t count = 120);

}  // namespace terrace::clinic
