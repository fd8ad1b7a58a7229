/* all.dat between two symbols; see embedded_data.h. RECADO_ICU_DATA_FILE is its quoted path. */

    .section .rodata
    .balign 16
    .globl recado_icu_data_begin
    .type recado_icu_data_begin, %object
recado_icu_data_begin:
    .incbin RECADO_ICU_DATA_FILE
    .size recado_icu_data_begin, . - recado_icu_data_begin
    .globl recado_icu_data_end
recado_icu_data_end:
    .byte 0

    .section .note.GNU-stack, "", %progbits
