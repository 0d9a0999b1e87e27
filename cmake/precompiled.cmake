# With TERRACE_PRECOMPILE the headers that nearly every file includes are parsed once, not once a file; it halves the
# time of a clean build. The presets of bin/test and bin/up have it on. `debug` has it off: there each file must include
# what it uses, and a debugger finds the sources by itself. Only headers of the system belong here: what is ours changes.
option(TERRACE_PRECOMPILE "Parse the system's heavy headers once for all files" OFF)

set(terrace_precompiled
    <algorithm> <array> <charconv> <chrono> <expected> <functional> <map> <memory> <optional> <span> <stdexcept> <string>
    <string_view> <unordered_map> <utility> <variant> <vector>
    <boost/asio/any_io_executor.hpp> <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp>
    <boost/asio/bind_cancellation_slot.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp>
    <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp> <fmt/format.h>)

# A precompiled header serves files of the same options only: libraries (-fPIC), those that are instrumented for fuzzing,
# and programs (-fPIE), of which only the tests are many.
if(TERRACE_PRECOMPILE)
  # Sources are named from the clone on (./src/…): what is compiled is the same in each (bin/lib/compile).
  add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
  set(libraries precompiled)
  if(TERRACE_FUZZ)
    list(APPEND libraries precompiled_fuzz)
  endif()
  foreach(target ${libraries})
    add_library(${target} OBJECT EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
    target_link_libraries(${target} PRIVATE fmt::fmt Boost::boost)
    target_precompile_headers(${target} PRIVATE ${terrace_precompiled})
  endforeach()
  if(TERRACE_FUZZ)
    target_compile_options(precompiled_fuzz PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  add_executable(precompiled_tests EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
  target_link_libraries(precompiled_tests PRIVATE fmt::fmt Boost::boost GTest::gmock)
  target_precompile_headers(precompiled_tests PRIVATE ${terrace_precompiled} <gmock/gmock.h> <gtest/gtest.h>)
endif()

# terrace_precompile(platform_db precompiled): the target reads the header that the other made.
function(terrace_precompile target from)
  if(TERRACE_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()
