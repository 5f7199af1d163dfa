// Compresses for tests. zlib's set-up is a macro, which is out of Swift's reach.
#ifndef PAYROUTER_CDEFLATE_H
#define PAYROUTER_CDEFLATE_H

#include <stddef.h>
#include <zlib.h>

// Returns how many bytes were written; 0 if they did not fit. Window bits: 31 is gzip, 15 is zlib.
static inline size_t cdeflate(
    const unsigned char *bytes, size_t count, unsigned char *room, size_t capacity, int window_bits) {
    z_stream stream = {.next_in = (Bytef *)bytes, .avail_in = (uInt)count};
    if (deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_out = room;
    stream.avail_out = (uInt)capacity;
    int code = deflate(&stream, Z_FINISH);
    size_t written = stream.total_out;
    deflateEnd(&stream);
    return code == Z_STREAM_END ? written : 0;
}

#endif
