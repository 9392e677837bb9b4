#ifndef C_MATRIX_TILE_H
#define C_MATRIX_TILE_H

/* The innermost loop of a matrix product, once for each instruction set.

   Swift compiles a function for one set of instructions, and a program that should start everywhere
   has to take the smallest. C can say per function which set it may use, and ask the processor.

   A tile function computes rows of C, two vectors wide:
   c[i * stride + j] = start + sum over k of a[i * row + k * step] * b[k * next + j].
   The start is what C holds, or 0 where the tile begins an entry; products are added in the order
   of k. */

typedef void (*matrix_tile)(
    int begins, int rows, const double *a, long row, long step, const double *b, long next,
    long depth, double *c, long stride);

typedef void (*matrix_tile_single)(
    int begins, int rows, const float *a, long row, long step, const float *b, long next,
    long depth, float *c, long stride);

/* The widest kind of tile that the processor has instructions for: how many rows it takes at most,
   and how many columns it takes always. */
struct matrix_tile_kind {
  matrix_tile run;
  int rows, columns;
};

/* The same for numbers of 32 bits. Each product joins its sum with two roundings, in the fused tile
   with one. */
struct matrix_tile_single_kind {
  matrix_tile_single run, run_fused;
  int rows, columns;
};

struct matrix_tile_kind matrix_tile_widest(void);
struct matrix_tile_single_kind matrix_tile_single_widest(void);

#endif
