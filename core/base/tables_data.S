/* tables.dat between two symbols, for native programs; see tables.h. RECADO_TABLES_FILE is its quoted path. */

    .section .rodata
    .globl recado_tables_begin
    .type recado_tables_begin, %object
recado_tables_begin:
    .incbin RECADO_TABLES_FILE
    .size recado_tables_begin, . - recado_tables_begin
    .globl recado_tables_end
recado_tables_end:
    .byte 0

    .section .note.GNU-stack, "", %progbits
