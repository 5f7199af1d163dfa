#ifndef PAYROUTER_CARGON2_H
#define PAYROUTER_CARGON2_H

#include <argon2.h>

#endif
