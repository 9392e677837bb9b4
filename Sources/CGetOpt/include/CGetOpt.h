#ifndef NABLA_CGETOPT_H
#define NABLA_CGETOPT_H

// The C library's parser of command lines, which the Swift module of that library leaves out.
#include <getopt.h>

#endif
