#ifndef PAYROUTER_CQRCODE_H
#define PAYROUTER_CQRCODE_H

#include <png.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

/* Encodes UTF-8 text at error-correction level M; NULL if it does not fit. Free with QRcode_free. */
static inline QRcode *payrouter_qr_encode(const char *text) {
    return QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
}

/* Writes 8-bit grey pixels as PNG into a malloc'ed buffer. Returns 1 and sets *out, *size on success. */
static inline int payrouter_png_write(
    const unsigned char *pixels, unsigned int width, unsigned int height, unsigned char **out, size_t *size) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t needed = 0;
    if (!png_image_write_to_memory(&image, NULL, &needed, 0, pixels, 0, NULL)) return 0;
    unsigned char *buffer = malloc(needed);
    if (!buffer) return 0;
    if (!png_image_write_to_memory(&image, buffer, &needed, 0, pixels, 0, NULL)) {
        free(buffer);
        return 0;
    }
    *out = buffer;
    *size = needed;
    return 1;
}

#endif
