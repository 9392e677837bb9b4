#include "CMatrixTile.h"

#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

/* A tile of ROWS rows; the sums stay in registers, since every loop over them is unrolled. */
#define TILE_OF(NAME, ISA, REAL, BYTES, ADD, ROWS)                                               \
  ISA INLINE void NAME##_##ROWS(                                                                 \
      int begins, const REAL *a, long row, long step, const REAL *b, long next, long depth,      \
      REAL *c, long stride) {                                                                    \
    typedef REAL lanes __attribute__((vector_size(BYTES), aligned(sizeof(REAL))));               \
    enum { LANES = BYTES / sizeof(REAL) };                                                       \
    lanes sum[ROWS][2];                                                                          \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                          \
      sum[i][0] = begins ? (lanes){0} : *(const lanes *)(c + i * stride);                        \
      sum[i][1] = begins ? (lanes){0} : *(const lanes *)(c + i * stride + LANES);                \
    }                                                                                            \
    for (long k = 0; k < depth; k++, a += step, b += next) {                                     \
      lanes first = *(const lanes *)b, second = *(const lanes *)(b + LANES);                     \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                        \
        lanes factor = a[i * row] - (lanes){0};                                                  \
        sum[i][0] = ADD(factor, first, sum[i][0]);                                               \
        sum[i][1] = ADD(factor, second, sum[i][1]);                                              \
      }                                                                                          \
    }                                                                                            \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                          \
      *(lanes *)(c + i * stride) = sum[i][0];                                                    \
      *(lanes *)(c + i * stride + LANES) = sum[i][1];                                            \
    }                                                                                            \
  }

#define TILE_CASE(NAME, ROWS)                                                                    \
  case ROWS: return NAME##_##ROWS(begins, a, row, step, b, next, depth, c, stride);

#define TILE_HEAD(NAME, ISA, REAL)                                                               \
  ISA static void NAME(                                                                          \
      int begins, int rows, const REAL *a, long row, long step, const REAL *b, long next,        \
      long depth, REAL *c, long stride)

/* A tile function for up to four, six or twelve rows. */
#define TILE_4(NAME, ISA, REAL, BYTES, ADD)                                                      \
  TILES_TO_4(NAME, ISA, REAL, BYTES, ADD)                                                        \
  TILE_HEAD(NAME, ISA, REAL) { switch (rows) { CASES_TO_4(NAME) } }

#define TILE_6(NAME, ISA, REAL, BYTES, ADD)                                                      \
  TILES_TO_4(NAME, ISA, REAL, BYTES, ADD)                                                        \
  TILES_TO_6(NAME, ISA, REAL, BYTES, ADD)                                                        \
  TILE_HEAD(NAME, ISA, REAL) { switch (rows) { CASES_TO_4(NAME) CASES_TO_6(NAME) } }

#define TILE_12(NAME, ISA, REAL, BYTES, ADD)                                                     \
  TILES_TO_4(NAME, ISA, REAL, BYTES, ADD)                                                        \
  TILES_TO_6(NAME, ISA, REAL, BYTES, ADD)                                                        \
  TILES_TO_12(NAME, ISA, REAL, BYTES, ADD)                                                       \
  TILE_HEAD(NAME, ISA, REAL) {                                                                   \
    switch (rows) { CASES_TO_4(NAME) CASES_TO_6(NAME) CASES_TO_12(NAME) }                        \
  }

#define TILES_TO_4(NAME, ISA, REAL, BYTES, ADD)                                                  \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 1)                                                        \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 2)                                                        \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 3)                                                        \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 4)

#define TILES_TO_6(NAME, ISA, REAL, BYTES, ADD)                                                  \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 5)                                                        \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 6)

#define TILES_TO_12(NAME, ISA, REAL, BYTES, ADD)                                                 \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 7)                                                        \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 8)                                                        \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 9)                                                        \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 10)                                                       \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 11)                                                       \
  TILE_OF(NAME, ISA, REAL, BYTES, ADD, 12)

#define CASES_TO_4(NAME) TILE_CASE(NAME, 1) TILE_CASE(NAME, 2) TILE_CASE(NAME, 3) TILE_CASE(NAME, 4)
#define CASES_TO_6(NAME) TILE_CASE(NAME, 5) TILE_CASE(NAME, 6)
#define CASES_TO_12(NAME)                                                                        \
  TILE_CASE(NAME, 7) TILE_CASE(NAME, 8) TILE_CASE(NAME, 9)                                       \
  TILE_CASE(NAME, 10) TILE_CASE(NAME, 11) TILE_CASE(NAME, 12)

#define FUSED(A, B, SUM) __builtin_elementwise_fma(A, B, SUM)
#define APART(A, B, SUM) ((SUM) + (A) * (B))

#define AVX512 __attribute__((target("avx512f,fma")))
#define AVX2 __attribute__((target("avx2,fma")))

#if defined(__x86_64__)

TILE_12(tile_avx512, AVX512, double, 64, FUSED)
TILE_12(single_avx512, AVX512, float, 64, APART)
TILE_12(single_fused_avx512, AVX512, float, 64, FUSED)
TILE_6(tile_avx2, AVX2, double, 32, FUSED)
TILE_6(single_avx2, AVX2, float, 32, APART)
TILE_6(single_fused_avx2, AVX2, float, 32, FUSED)
/* Without an instruction for it a fused double would take a call for each product. */
TILE_4(tile_plain, , double, 16, APART)
TILE_4(single_plain, , float, 16, APART)
TILE_4(single_fused_plain, , float, 16, FUSED)

static int has_avx512(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f");
}

static int has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

struct matrix_tile_kind matrix_tile_widest(void) {
  if (has_avx512()) return (struct matrix_tile_kind){tile_avx512, 12, 16};
  if (has_avx2()) return (struct matrix_tile_kind){tile_avx2, 6, 8};
  return (struct matrix_tile_kind){tile_plain, 4, 4};
}

struct matrix_tile_single_kind matrix_tile_single_widest(void) {
  if (has_avx512())
    return (struct matrix_tile_single_kind){single_avx512, single_fused_avx512, 12, 32};
  if (has_avx2()) return (struct matrix_tile_single_kind){single_avx2, single_fused_avx2, 6, 16};
  return (struct matrix_tile_single_kind){single_plain, single_fused_plain, 4, 8};
}

#else

TILE_12(tile_plain, , double, 16, FUSED)
TILE_12(single_plain, , float, 16, APART)
TILE_12(single_fused_plain, , float, 16, FUSED)

struct matrix_tile_kind matrix_tile_widest(void) {
  return (struct matrix_tile_kind){tile_plain, 12, 4};
}

struct matrix_tile_single_kind matrix_tile_single_widest(void) {
  return (struct matrix_tile_single_kind){single_plain, single_fused_plain, 12, 8};
}

#endif
