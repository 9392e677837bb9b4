#ifndef C_ARRAY_LOOPS_H
#define C_ARRAY_LOOPS_H

/* Loops over arrays, each compiled once for every instruction set of note.

   Swift compiles a function for one set of instructions, and a program that should start everywhere
   has to take the smallest. C can have a function several times; the right one is chosen when the
   program is loaded. A loop may write over one of the arrays it reads.

   Every result is rounded as the scalar operation rounds it, and sums are taken in one order, so
   the instruction set changes no digit; array_exp alone is off by up to 0.6 units in the last place
   and says so. */

/* z[k] = f(x[k]) for n entries. */
void array_negate(const double *x, double *z, long n);
void array_abs(const double *x, double *z, long n);
void array_relu(const double *x, double *z, long n);
void array_sqrt(const double *x, double *z, long n);
void array_not(const double *x, double *z, long n);
void array_exp(const double *x, double *z, long n);
/* Rounded to a number of 32 bits. */
void array_single(const double *x, double *z, long n);
void array_narrow(const double *x, float *z, long n);
void array_widen(const float *x, double *z, long n);

/* z[k] = f(x[i k], y[j k]) for n entries; a step is 1, 0 for an operand that stays, or any other. */
void array_add(const double *x, long i, const double *y, long j, double *z, long n);
void array_subtract(const double *x, long i, const double *y, long j, double *z, long n);
void array_multiply(const double *x, long i, const double *y, long j, double *z, long n);
void array_divide(const double *x, long i, const double *y, long j, double *z, long n);
void array_maximum(const double *x, long i, const double *y, long j, double *z, long n);
void array_minimum(const double *x, long i, const double *y, long j, double *z, long n);
void array_less(const double *x, long i, const double *y, long j, double *z, long n);
void array_less_equal(const double *x, long i, const double *y, long j, double *z, long n);
void array_greater(const double *x, long i, const double *y, long j, double *z, long n);
void array_greater_equal(const double *x, long i, const double *y, long j, double *z, long n);
void array_equal(const double *x, long i, const double *y, long j, double *z, long n);
void array_not_equal(const double *x, long i, const double *y, long j, double *z, long n);
void array_and(const double *x, long i, const double *y, long j, double *z, long n);
void array_or(const double *x, long i, const double *y, long j, double *z, long n);

/* z[k] = c[h k] != 0 ? x[i k] : y[j k] for n entries. */
void array_select(
    const double *c, long h, const double *x, long i, const double *y, long j, double *z, long n);

/* z[k times], …, z[k times + times - 1] = x[k] for n entries. */
void array_repeat(const double *x, long n, long times, double *z);

/* Whether some of n entries is 0. */
int array_has_zero(const double *x, long n);
/* Turns each -0 into 0, and tells whether none of n entries is infinite or nan. */
int array_settle(double *x, long n);

/* Compensated sums: z[i] of the size entries x[i], x[inner + i], x[2 inner + i], …, for inner sums
   beside each other; size is at least 1. */
void array_sum_columns(const double *x, long size, long inner, double *z);
/* z[r] of the size neighbours from x[r size] on, for rows sums. */
void array_sum_rows(const double *x, long rows, long size, double *z);

/* What one step of Adam is told besides its arrays: the averages keep the shares first and second,
   root is that of the correction of the squares, and rate has the other correction in it. */
struct adam_step {
  double first, second, eps, decay, rate, root;
};

/* One step from w along g to z; m and v are the averages of the derivatives and of their squares.
   Where it is given, greatest holds the greatest averages of squares so far, which then count. */
void array_adam(
    struct adam_step step, const double *w, const double *g, double *m, double *v,
    double *greatest, double *z, long n);

/* Tells the allocator to keep freed memory, up to 256 MiB, rather than give it back to the system. */
void array_keep_memory(void);

#endif
