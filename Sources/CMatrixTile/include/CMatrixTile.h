#ifndef C_MATRIX_TILE_H
#define C_MATRIX_TILE_H

/* The innermost loop of a matrix product, once for each instruction set.

   Swift compiles a function for one set of instructions, and a program that should start everywhere
   has to take the smallest. C can say per function which set it may use, and ask the processor.

   A tile function adds a product of two packed panels to rows of C:
   c[i * stride + j] += sum over k of a[k * ROWS + i] * b[k * COLUMNS + j]. */

typedef void (*matrix_tile)(const double *a, const double *b, long depth, double *c, long stride);

/* A kind of tile: how many rows and columns of C it takes at once. */
struct matrix_tile_kind {
  matrix_tile run;
  int rows, columns;
};

#define MATRIX_TILE(name, isa, LANES, ROWS)                                                      \
  isa static inline void name(                                                                   \
      const double *a, const double *b, long depth, double *c, long stride) {                    \
    typedef double lanes __attribute__((vector_size(8 * LANES), aligned(8)));                    \
    lanes sum[ROWS][2] = {};                                                                     \
    for (long k = 0; k < depth; k++, a += ROWS, b += 2 * LANES) {                                \
      lanes first = *(const lanes *)b, second = *(const lanes *)(b + LANES);                     \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                        \
        sum[i][0] += a[i] * first;                                                               \
        sum[i][1] += a[i] * second;                                                              \
      }                                                                                          \
    }                                                                                            \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                          \
      *(lanes *)(c + i * stride) += sum[i][0];                                                   \
      *(lanes *)(c + i * stride + LANES) += sum[i][1];                                           \
    }                                                                                            \
  }

#if defined(__x86_64__)

MATRIX_TILE(matrix_tile_avx512, __attribute__((target("avx512f,fma"))), 8, 12)
MATRIX_TILE(matrix_tile_avx2, __attribute__((target("avx2,fma"))), 4, 6)
MATRIX_TILE(matrix_tile_plain, , 2, 4)

static inline struct matrix_tile_kind matrix_tile_widest(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f"))
    return (struct matrix_tile_kind){matrix_tile_avx512, 12, 16};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return (struct matrix_tile_kind){matrix_tile_avx2, 6, 8};
  return (struct matrix_tile_kind){matrix_tile_plain, 4, 4};
}

#else

MATRIX_TILE(matrix_tile_plain, , 2, 8)

static inline struct matrix_tile_kind matrix_tile_widest(void) {
  return (struct matrix_tile_kind){matrix_tile_plain, 8, 4};
}

#endif

#endif
