#include "cqrcode.h"
