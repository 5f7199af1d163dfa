#ifndef PAYROUTER_COPENSSL_H
#define PAYROUTER_COPENSSL_H

#include <openssl/evp.h>

/* A context for AES-256-GCM with its key loaded; NULL if libcrypto has none. Free with EVP_CIPHER_CTX_free. */
static inline EVP_CIPHER_CTX *payrouter_gcm_context(const unsigned char *key) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    if (context && EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, NULL) != 1) {
        EVP_CIPHER_CTX_free(context);
        return NULL;
    }
    return context;
}

/* Writes 12 bytes nonce, `count` bytes ciphertext and 16 bytes tag to `out`, whose first 12 bytes hold the nonce
   already. Returns 1 on success. */
static inline int payrouter_gcm_seal(EVP_CIPHER_CTX *context, const unsigned char *plain, int count, unsigned char *out) {
    int written = 0, rest = 0;
    return EVP_EncryptInit_ex(context, NULL, NULL, NULL, out) == 1 &&
           EVP_EncryptUpdate(context, out + 12, &written, plain, count) == 1 && written == count &&
           EVP_EncryptFinal_ex(context, out + 12 + count, &rest) == 1 && rest == 0 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, out + 12 + count) == 1;
}

/* AES-256-CBC with PKCS#7. `out` has room for `count` and 16 bytes; returns how many were written, -1 on failure. */
static inline int payrouter_cbc_encrypt(
    const unsigned char *key, const unsigned char *iv, const unsigned char *plain, int count, unsigned char *out) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int written = 0, rest = 0;
    int good = context && EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), NULL, key, iv) == 1 &&
               EVP_EncryptUpdate(context, out, &written, plain, count) == 1 &&
               EVP_EncryptFinal_ex(context, out + written, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    return good ? written + rest : -1;
}

/* The reverse; fails if the padding is not whole. `out` has room for `count` and 16 bytes. */
static inline int payrouter_cbc_decrypt(
    const unsigned char *key, const unsigned char *iv, const unsigned char *cipher, int count, unsigned char *out) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int written = 0, rest = 0;
    int good = context && EVP_DecryptInit_ex(context, EVP_aes_256_cbc(), NULL, key, iv) == 1 &&
               EVP_DecryptUpdate(context, out, &written, cipher, count) == 1 &&
               EVP_DecryptFinal_ex(context, out + written, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    return good ? written + rest : -1;
}

#endif
