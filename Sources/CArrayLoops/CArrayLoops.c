#include "CArrayLoops.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* A product and a sum round twice, on processors with fused multiply-add too. */
#pragma STDC FP_CONTRACT OFF

/* The choice is made by the loader, which has to be able to. */
#if defined(__x86_64__) && defined(__GLIBC__)
#define WIDEST __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WIDEST
#endif

/* Entries are independent even where a loop writes over what it reads. */
#define EACH _Pragma("clang loop vectorize(assume_safety)") for (long k = 0; k < n; k++)

#define UNARY(NAME, VALUE)                                                                       \
  WIDEST void array_##NAME(const double *x, double *z, long n) {                                 \
    EACH {                                                                                       \
      double a = x[k];                                                                           \
      z[k] = VALUE;                                                                              \
    }                                                                                            \
  }

UNARY(negate, -a)
UNARY(abs, fabs(a))
UNARY(relu, a <= 0 ? 0 : a)
/* Adding 0 turns -0 into 0. */
UNARY(sqrt, __builtin_elementwise_sqrt(a + 0))
UNARY(not, a == 0 ? 1 : 0)
UNARY(single, (double)(float)a)

WIDEST void array_narrow(const double *x, float *z, long n) {
  for (long k = 0; k < n; k++) z[k] = (float)x[k];
}

WIDEST void array_widen(const float *x, double *z, long n) {
  for (long k = 0; k < n; k++) z[k] = x[k];
}

#define BINARY(NAME, VALUE)                                                                      \
  WIDEST void array_##NAME(                                                                      \
      const double *x, long i, const double *y, long j, double *z, long n) {                     \
    if (i == 1 && j == 1) {                                                                      \
      EACH {                                                                                     \
        double a = x[k], b = y[k];                                                               \
        z[k] = VALUE;                                                                            \
      }                                                                                          \
    } else if (i == 1 && j == 0) {                                                               \
      double b = y[0];                                                                           \
      EACH {                                                                                     \
        double a = x[k];                                                                         \
        z[k] = VALUE;                                                                            \
      }                                                                                          \
    } else if (i == 0 && j == 1) {                                                               \
      double a = x[0];                                                                           \
      EACH {                                                                                     \
        double b = y[k];                                                                         \
        z[k] = VALUE;                                                                            \
      }                                                                                          \
    } else {                                                                                     \
      for (long k = 0; k < n; k++) {                                                             \
        double a = x[i * k], b = y[j * k];                                                       \
        z[k] = VALUE;                                                                            \
      }                                                                                          \
    }                                                                                            \
  }

BINARY(add, a + b)
BINARY(subtract, a - b)
BINARY(multiply, a *b)
BINARY(divide, a / b)
BINARY(maximum, a != a || a >= b ? a : b)
BINARY(minimum, a != a || a <= b ? a : b)
BINARY(less, a < b ? 1 : 0)
BINARY(less_equal, a <= b ? 1 : 0)
BINARY(greater, a > b ? 1 : 0)
BINARY(greater_equal, a >= b ? 1 : 0)
BINARY(equal, a == b ? 1 : 0)
BINARY(not_equal, a != b ? 1 : 0)
BINARY(and, a != 0 && b != 0 ? 1 : 0)
BINARY(or, a != 0 || b != 0 ? 1 : 0)

WIDEST void array_select(
    const double *c, long h, const double *x, long i, const double *y, long j, double *z, long n) {
  if (h == 1 && i == 1 && j == 1) {
    EACH z[k] = c[k] != 0 ? x[k] : y[k];
  } else if (h == 1 && i == 1 && j == 0) {
    double b = y[0];
    EACH z[k] = c[k] != 0 ? x[k] : b;
  } else if (h == 1 && i == 0 && j == 1) {
    double a = x[0];
    EACH z[k] = c[k] != 0 ? a : y[k];
  } else if (h == 1 && i == 0 && j == 0) {
    double a = x[0], b = y[0];
    EACH z[k] = c[k] != 0 ? a : b;
  } else {
    for (long k = 0; k < n; k++) z[k] = c[h * k] != 0 ? x[i * k] : y[j * k];
  }
}

typedef double lanes __attribute__((vector_size(64)));
typedef double neighbours __attribute__((vector_size(64), aligned(8)));

WIDEST void array_repeat(const double *x, long n, long times, double *z) {
  if (times < 8) {
    for (long k = 0; k < n; k++)
      for (long i = 0; i < times; i++) *z++ = x[k];
    return;
  }
  for (long k = 0; k < n; k++, z += times) {
    lanes entries = x[k] - (lanes){0};
    /* The last eight places may overlap those before. */
    for (long i = 0; i + 8 < times; i += 8) *(neighbours *)(z + i) = entries;
    *(neighbours *)(z + times - 8) = entries;
  }
}

/* 2 to the power k, for k from -1022 to 1023. */
static inline double power_of_two(long k) {
  long bits = (k + 1023) << 52;
  double power;
  memcpy(&power, &bits, sizeof power);
  return power;
}

/* exp(x) = 2^k exp(r) with |r| <= log(2)/2, whose series is cut off below a fiftieth of a unit. */
static inline double exponential(double x) {
  /* Beyond, the result is inf and 0; a nan passes. */
  x = x > 710 ? 710 : x < -746 ? -746 : x;
  const double shift = 0x1.8p52;
  double shifted = x * 0x1.71547652b82fep0 + shift, number = shifted - shift;
  /* log(2) in two parts; the product with the first is exact. */
  double high = x - number * 0x1.62e42fee00000p-1, low = number * 0x1.a39ef35793c76p-33;
  double r = high - low, tail = (high - r) - low;
  double q = 1 / 6227020800.0;
  q = q * r + 1 / 479001600.0;
  q = q * r + 1 / 39916800.0;
  q = q * r + 1 / 3628800.0;
  q = q * r + 1 / 362880.0;
  q = q * r + 1 / 40320.0;
  q = q * r + 1 / 5040.0;
  q = q * r + 1 / 720.0;
  q = q * r + 1 / 120.0;
  q = q * r + 1 / 24.0;
  q = q * r + 1 / 6.0;
  q = q * r + 0.5;
  double sum = 1 + r, lost = (1 - sum) + r;
  double result = sum + (lost + (q * r * r + tail));
  /* In two steps, since the power alone may be out of range where the result is not. */
  long k;
  memcpy(&k, &shifted, sizeof k);
  k = (k & 0xfff) ^ 0x800;
  long first = k >> 1, second = k - first;
  return result * power_of_two(first - 0x400) * power_of_two(second - 0x400);
}

UNARY(exp, exponential(a))

WIDEST int array_has_zero(const double *x, long n) {
  enum { BLOCK = 1024 };
  for (long start = 0; start < n; start += BLOCK) {
    long end = start + BLOCK < n ? start + BLOCK : n, zeros = 0;
    for (long k = start; k < end; k++) zeros += x[k] == 0;
    if (zeros > 0) return 1;
  }
  return 0;
}

WIDEST int array_settle(double *x, long n) {
  long others = 0;
  EACH {
    double a = x[k] + 0;
    others += a - a != 0;
    x[k] = a;
  }
  return others == 0;
}

/* Knuth's TwoSum: the sum goes on, what rounding took from it is gathered beside it. */
#define ADD_TERM(SUM, LOST, TERM)                                                                \
  do {                                                                                           \
    __typeof__(SUM) term = TERM, total = SUM + term, part = total - SUM;                         \
    LOST += (SUM - (total - part)) + (term - part);                                              \
    SUM = total;                                                                                 \
  } while (0)

/* Of infinite terms the plain sum, their lost part being inf - inf; a sum of -0 stays -0. */
static inline double whole(double sum, double lost) {
  return lost != 0 && fabs(lost) < INFINITY ? sum + lost : sum;
}

WIDEST void array_sum_columns(const double *x, long size, long inner, double *z) {
  enum { BLOCK = 64 };
  for (long start = 0; start < inner; start += BLOCK) {
    long n = inner - start < BLOCK ? inner - start : BLOCK;
    double sum[BLOCK], lost[BLOCK];
    for (long k = 0; k < n; k++) sum[k] = x[start + k], lost[k] = 0;
    for (long row = 1; row < size; row++) {
      const double *terms = x + row * inner + start;
      for (long k = 0; k < n; k++) ADD_TERM(sum[k], lost[k], terms[k]);
    }
    for (long k = 0; k < n; k++) z[start + k] = whole(sum[k], lost[k]);
  }
}

/* Eight rows abreast where they are short, else eight parts of each row. */
WIDEST void array_sum_rows(const double *x, long rows, long size, double *z) {
  long row = 0;
  if (size < 64) {
    for (; row + 8 <= rows; row += 8) {
      const double *p = x + row * size;
      lanes sum, lost = {0};
#define COLUMN                                                                                   \
  (lanes) {                                                                                      \
    p[0], p[size], p[2 * size], p[3 * size], p[4 * size], p[5 * size], p[6 * size], p[7 * size]  \
  }
      sum = COLUMN;
      for (long k = 1; k < size; k++) {
        p++;
        ADD_TERM(sum, lost, COLUMN);
      }
      for (int lane = 0; lane < 8; lane++) z[row + lane] = whole(sum[lane], lost[lane]);
    }
  }
  for (; row < rows; row++) {
    const double *p = x + row * size;
    double sum = p[0], lost = 0;
    long k = 1;
    if (size >= 64) {
      lanes sums = *(const neighbours *)p, losses = {0};
      for (k = 8; k + 8 <= size; k += 8) ADD_TERM(sums, losses, *(const neighbours *)(p + k));
      sum = sums[0], lost = losses[0];
      for (int lane = 1; lane < 8; lane++) {
        ADD_TERM(sum, lost, sums[lane]);
        lost += losses[lane];
      }
    }
    for (; k < size; k++) ADD_TERM(sum, lost, p[k]);
    z[row] = whole(sum, lost);
  }
}

/* The choices are settled before the loop, which takes several entries at once only without them. */
#define ADAM(SLOPE, SQUARE)                                                                      \
  EACH {                                                                                         \
    double slope = SLOPE;                                                                        \
    double mean = m[k] + (slope - m[k]) * (1 - step.first);                                      \
    double square = v[k] * step.second + (1 - step.second) * slope * slope;                      \
    m[k] = mean;                                                                                 \
    v[k] = square;                                                                               \
    double root = __builtin_elementwise_sqrt(SQUARE);                                            \
    z[k] = w[k] - step.rate * mean / (root / step.root + step.eps);                              \
  }

WIDEST void array_adam(
    struct adam_step step, const double *w, const double *g, double *m, double *v,
    double *greatest, double *z, long n) {
  if (greatest) {
    ADAM(g[k] + step.decay * w[k], greatest[k] = square > greatest[k] ? square : greatest[k])
  } else if (step.decay == 0) {
    ADAM(g[k], square)
  } else {
    ADAM(g[k] + step.decay * w[k], square)
  }
}

void array_keep_memory(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}
