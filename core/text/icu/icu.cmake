# ICU as the core uses it, in both builds: one version, one set of data.
#
#   include(core/text/icu/icu.cmake)       # from the root CMakeLists.txt, after project()
#
# Targets
#   recado_icu                the library to link; brings include folders and definitions
#   recado_icu_data           the data files, for whatever ships or serves them
#   recado_icu_data_embedded  all.dat inside the program (native builds only; embedded_data.h)
#
# Variables
#   RECADO_ICU_DATA_DIR       base.dat, LL.dat per language, all.dat, versions.txt
#   RECADO_ICU_DATA_BASE      its base.dat                  RECADO_ICU_DATA_ALL  its all.dat
#   RECADO_ICU_DATA_PACKAGES  the files the page loads: base.dat and every LL.dat
#   RECADO_ICU_LANGUAGES      en;de;…                       RECADO_ICU_DATA_VERSION  a short hash
#   RECADO_ICU_VERSION        72.1                          RECADO_ICU_TZDATA_VERSION  2026b or later
#
# Option
#   RECADO_ICU_FROM_SOURCE    compile ICU even where the system has the right version
#
# The work is done while configuring, by scripts that keep their results in a cache outside the build
# folder (RECADO_CACHE, default ~/.cache/recado): the first time takes seconds for the data and some
# minutes for a compiled ICU, every other time some hundredths of a second.

include_guard(GLOBAL)

set(RECADO_ICU_VERSION 72.1)
option(RECADO_ICU_FROM_SOURCE "Compile ICU even where the system has the right version" OFF)

set(_recado_icu_dir ${CMAKE_CURRENT_LIST_DIR})
set(_recado_icu_out ${CMAKE_BINARY_DIR}/icu)

# Runs one of the scripts; its progress lines go straight to the terminal.
function(_recado_icu_run script out)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env RECADO_ICU_VERSION=${RECADO_ICU_VERSION} ${ARGN}
            bash ${_recado_icu_dir}/${script} ${out}
    RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${script} did not succeed; the lines above say why.")
  endif()
endfunction()

# A change of the recipe configures again, which is cheap when nothing came of it.
file(GLOB _recado_icu_recipe CONFIGURE_DEPENDS ${_recado_icu_dir}/*.sh ${_recado_icu_dir}/patches/*.patch)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${_recado_icu_recipe}
             ${_recado_icu_dir}/definitions.txt)

# --- data ------------------------------------------------------------------------------------------

set(RECADO_ICU_DATA_DIR ${_recado_icu_out}/data)
_recado_icu_run(build-data.sh ${RECADO_ICU_DATA_DIR})

file(STRINGS ${RECADO_ICU_DATA_DIR}/versions.txt _recado_icu_versions)
foreach(line IN LISTS _recado_icu_versions)
  if(line MATCHES "^tzdata (.+)$")
    set(RECADO_ICU_TZDATA_VERSION ${CMAKE_MATCH_1})
  elseif(line MATCHES "^data (.+)$")
    set(RECADO_ICU_DATA_VERSION ${CMAKE_MATCH_1})
  elseif(line MATCHES "^languages (.+)$")
    string(REPLACE " " ";" RECADO_ICU_LANGUAGES "${CMAKE_MATCH_1}")
  endif()
endforeach()

set(RECADO_ICU_DATA_BASE ${RECADO_ICU_DATA_DIR}/base.dat)
set(RECADO_ICU_DATA_ALL ${RECADO_ICU_DATA_DIR}/all.dat)
set(RECADO_ICU_DATA_PACKAGES ${RECADO_ICU_DATA_BASE})
foreach(language IN LISTS RECADO_ICU_LANGUAGES)
  list(APPEND RECADO_ICU_DATA_PACKAGES ${RECADO_ICU_DATA_DIR}/${language}.dat)
endforeach()

add_custom_target(recado_icu_data DEPENDS ${RECADO_ICU_DATA_PACKAGES} ${RECADO_ICU_DATA_ALL})

# --- library ---------------------------------------------------------------------------------------

add_library(recado_icu INTERFACE)

if(EMSCRIPTEN)
  _recado_icu_run(build-wasm.sh ${_recado_icu_out}/wasm RECADO_EMXX=${CMAKE_CXX_COMPILER}
                  RECADO_EMAR=${CMAKE_AR})
  file(STRINGS ${_recado_icu_dir}/definitions.txt _recado_icu_definitions REGEX "^[A-Z]")
  target_compile_definitions(recado_icu INTERFACE ${_recado_icu_definitions})
  target_include_directories(recado_icu SYSTEM INTERFACE ${_recado_icu_out}/wasm/include)
  target_link_libraries(recado_icu INTERFACE ${_recado_icu_out}/wasm/lib/libicu.a)
  set_property(TARGET recado_icu PROPERTY INTERFACE_LINK_DEPENDS
               ${_recado_icu_out}/wasm/lib/libicu.a)
  # Link-time optimisation makes calloc of ICU's malloc and memset, after the libraries were searched.
  target_link_options(recado_icu INTERFACE -Wl,-u,calloc)

  # Debian keeps acorn, which em++ needs to link at -O2 and above, where only Debian's own Node looks.
  if(IS_DIRECTORY /usr/share/nodejs/acorn)
    set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK
                 "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
  endif()
else()
  if(NOT RECADO_ICU_FROM_SOURCE)
    find_package(ICU QUIET COMPONENTS uc i18n)
  endif()
  if(ICU_FOUND AND ICU_VERSION VERSION_EQUAL RECADO_ICU_VERSION)
    target_link_libraries(recado_icu INTERFACE ICU::i18n ICU::uc)
  else()
    if(ICU_FOUND)
      message(STATUS "The system's ICU is ${ICU_VERSION}; compiling ${RECADO_ICU_VERSION} instead")
    endif()
    find_package(Threads REQUIRED)
    _recado_icu_run(build-native.sh ${_recado_icu_out}/native CXX=${CMAKE_CXX_COMPILER})
    target_compile_definitions(recado_icu INTERFACE U_STATIC_IMPLEMENTATION)
    target_include_directories(recado_icu SYSTEM BEFORE INTERFACE ${_recado_icu_out}/native/include)
    target_link_libraries(recado_icu INTERFACE ${_recado_icu_out}/native/lib/libicu.a
                                               Threads::Threads)
    set_property(TARGET recado_icu PROPERTY INTERFACE_LINK_DEPENDS
                 ${_recado_icu_out}/native/lib/libicu.a)
  endif()

  enable_language(ASM)
  add_library(recado_icu_data_embedded STATIC ${_recado_icu_dir}/embedded_data.S)
  set_target_properties(recado_icu_data_embedded PROPERTIES LINKER_LANGUAGE CXX)
  target_compile_definitions(recado_icu_data_embedded
                             PRIVATE RECADO_ICU_DATA_FILE="${RECADO_ICU_DATA_ALL}")
  set_source_files_properties(${_recado_icu_dir}/embedded_data.S PROPERTIES OBJECT_DEPENDS
                                                                            ${RECADO_ICU_DATA_ALL})
endif()
