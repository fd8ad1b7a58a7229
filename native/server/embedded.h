// RECADO_EMBED(name, path): the bytes of a file inside the program, as name_begin … name_end.
//
// By the assembler, so that no script has to turn the file into C++ first. RECADO_SERVER_DIR is this folder,
// from native/CMakeLists.txt; the build compiles the including source anew when the file changes.
#pragma once

#define RECADO_EMBED(name, path)       \
  __asm__(                             \
      ".section .rodata\n"             \
      ".balign 16\n"                   \
      ".globl " #name "_begin\n" #name \
      "_begin:\n"                      \
      ".incbin \"" path                \
      "\"\n"                           \
      ".globl " #name "_end\n" #name   \
      "_end:\n"                        \
      ".byte 0\n"                      \
      ".previous\n");                  \
  extern "C" {                         \
  extern const char name##_begin[];    \
  extern const char name##_end[];      \
  }
