# Embeds migrations/NNNN_name.sql into parley_store as generated/migrations.cpp. Run again when one of them changes.
file(GLOB migration_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/migrations/*.sql)
list(SORT migration_files)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${migration_files})
set(MIGRATION_ROWS "")
set(expected 1)
foreach(migration_file IN LISTS migration_files)
  cmake_path(GET migration_file STEM migration_name)
  if(NOT migration_name MATCHES "^0*([1-9][0-9]*)_[a-z0-9_]+$" OR NOT CMAKE_MATCH_1 EQUAL expected)
    message(FATAL_ERROR "${migration_name}.sql is not migration number ${expected} (NNNN_name.sql)")
  endif()
  file(READ ${migration_file} migration_sql)
  string(APPEND MIGRATION_ROWS "    {${expected}, \"${migration_name}\", R\"sql(${migration_sql})sql\"},\n")
  math(EXPR expected "${expected} + 1")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/migrations.cpp @ONLY CONTENT [[
#include "store/migrations.h"

namespace parley {

namespace {

constexpr Migration all[] = {
@MIGRATION_ROWS@};

}  // namespace

std::span<const Migration> migrations() { return all; }

}  // namespace parley
]])
target_sources(parley_store PRIVATE ${CMAKE_BINARY_DIR}/generated/migrations.cpp)
