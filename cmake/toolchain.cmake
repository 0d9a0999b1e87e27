# One compiler, one dialect, warnings as errors, hardening in every build.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "Terrace builds with clang 19 (g++ 12 miscompiles coroutines: docs/decisions/0002-clang.md). "
                      "Use a preset: cmake --preset release")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_compile_options(-pthread -Wall -Wextra -Werror -Wno-missing-field-initializers -fstack-protector-strong -fcf-protection)
add_link_options(-fuse-ld=lld-19 -pie -Wl,-z,relro,-z,now)
add_compile_definitions(_GLIBCXX_ASSERTIONS BOOST_ASIO_NO_DEPRECATED)

# What files of a module share (headers, templates, inline functions) is parsed, instantiated and emitted once a batch; it
# halves the time of a clean build. Two files may not use one name then, not even in unnamed namespaces. Larger batches
# make a clean build shorter still, and that after a change to one file longer.
set(TERRACE_BATCH 0 CACHE STRING "So many files of a module are compiled as one; 0 for each by itself")
if(TERRACE_BATCH)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE ${TERRACE_BATCH})
endif()

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_MUTANTS "-O1")

option(TERRACE_MUTANTS "Compile in the slips that tests/isolation must notice (src/platform/base/mutant.hpp)" OFF)
if(TERRACE_MUTANTS)
  add_compile_definitions(TERRACE_MUTANTS)
endif()

set(TERRACE_SANITIZE "" CACHE STRING "Sanitizers to build with, such as address,undefined")
if(TERRACE_SANITIZE)
  add_compile_options(-fsanitize=${TERRACE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TERRACE_SANITIZE})
  if(TERRACE_SANITIZE MATCHES "undefined")
    add_compile_options(-fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/cmake/undefined.ignorelist)
  endif()
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()
