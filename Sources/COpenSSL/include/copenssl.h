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

#endif
