# Runs make_tables.py: codes.inc for the compiler and tables.dat for the program, from the catalogue and the numbering plans
# (tables.h). Target recado_tables_data makes them; natively recado_tables_embedded carries tables.dat inside the program.
#
# Variable RECADO_TABLES: tables.dat, for whatever ships or reads it.
#
# A changed sentence changes tables.dat alone. Ninja sees that codes.inc stayed as it was and compiles nothing.

find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(_recado_tables_out ${CMAKE_BINARY_DIR}/generated)
set(RECADO_TABLES ${_recado_tables_out}/tables.dat)
set(RECADO_TABLES ${RECADO_TABLES} PARENT_SCOPE)

file(GLOB _recado_catalogue CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/catalogue/*.inc)
set(_recado_phones ${CMAKE_SOURCE_DIR}/core/phone/plans.json)
set(_recado_tables_scope $<$<BOOL:${EMSCRIPTEN}>:--core-only>)
add_custom_command(
  OUTPUT ${RECADO_TABLES} ${_recado_tables_out}/core/base/codes.inc
  COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/make_tables.py
          --catalogue ${CMAKE_CURRENT_LIST_DIR}/catalogue --phones ${_recado_phones}
          --codes ${_recado_tables_out}/core/base/codes.inc --tables ${RECADO_TABLES}
          ${_recado_tables_scope}
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/make_tables.py ${_recado_catalogue} ${_recado_phones}
  COMMENT "Making the tables" COMMAND_EXPAND_LISTS VERBATIM)
add_custom_target(recado_tables_data ALL DEPENDS ${RECADO_TABLES} ${_recado_tables_out}/core/base/codes.inc)
add_dependencies(recado_base recado_tables_data)

# Ninja compiles from the top of the build folder. With a path relative to it, ccache knows an object of one build folder in another.
if(CMAKE_GENERATOR MATCHES Ninja)
  target_compile_options(recado_options INTERFACE -Igenerated)
else()
  target_include_directories(recado_options INTERFACE ${_recado_tables_out})
endif()

if(NOT EMSCRIPTEN)
  add_library(recado_tables_embedded STATIC ${CMAKE_CURRENT_LIST_DIR}/tables_data.S)
  set_target_properties(recado_tables_embedded PROPERTIES LINKER_LANGUAGE CXX)
  target_compile_definitions(recado_tables_embedded PRIVATE RECADO_TABLES_FILE="${RECADO_TABLES}")
  set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/tables_data.S PROPERTIES OBJECT_DEPENDS ${RECADO_TABLES})
  add_dependencies(recado_tables_embedded recado_tables_data)
  target_link_libraries(recado_base PUBLIC recado_tables_embedded)
  target_compile_definitions(recado_base PRIVATE RECADO_EMBEDDED_TABLES)
endif()
