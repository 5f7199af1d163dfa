// zlib's set-up is a macro, and its state must not move while it works; both are out of Swift's reach.
#ifndef PAYROUTER_CINFLATE_H
#define PAYROUTER_CINFLATE_H

#include <limits.h>
#include <stddef.h>
#include <zlib.h>

enum cinflate_end {
    CINFLATE_WHOLE,  // Every stream ended as it should, checksum included, and nothing came behind.
    CINFLATE_FULL,   // The room was used up.
    CINFLATE_BROKEN
};

// Undoes gzip (one member or several) or zlib, told apart by their headers, into a room of fixed size.
static inline enum cinflate_end cinflate(
    const unsigned char *bytes, size_t count, unsigned char *room, size_t capacity, size_t *written) {
    *written = 0;
    if (count > UINT_MAX || capacity > UINT_MAX) return CINFLATE_BROKEN;
    z_stream stream = {.next_in = (Bytef *)bytes, .avail_in = (uInt)count};
    if (inflateInit2(&stream, 32 + MAX_WBITS) != Z_OK) return CINFLATE_BROKEN;
    stream.next_out = room;
    stream.avail_out = (uInt)capacity;
    int code = inflate(&stream, Z_FINISH);
    while (code == Z_STREAM_END && stream.avail_in > 0 && *stream.next_in == 0x1F) {
        if ((code = inflateReset(&stream)) == Z_OK) code = inflate(&stream, Z_FINISH);
    }
    *written = capacity - stream.avail_out;
    int is_whole = code == Z_STREAM_END && stream.avail_in == 0;
    int is_full = code != Z_STREAM_END && code != Z_DATA_ERROR && stream.avail_out == 0;
    inflateEnd(&stream);
    return is_whole ? CINFLATE_WHOLE : is_full ? CINFLATE_FULL : CINFLATE_BROKEN;
}

#endif
