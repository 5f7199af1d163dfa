#ifndef PAYROUTER_COPENSSL_H
#define PAYROUTER_COPENSSL_H

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

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

/* An RSA private key from PKCS#1 or PKCS#8 bytes, an RSA public key from SubjectPublicKeyInfo bytes; NULL if the bytes
   are anything else. Free with EVP_PKEY_free. */
static inline EVP_PKEY *payrouter_rsa_key(const unsigned char *der, long count, int is_private) {
    const unsigned char *rest = der;
    EVP_PKEY *key = is_private ? d2i_AutoPrivateKey(NULL, &rest, count) : d2i_PUBKEY(NULL, &rest, count);
    if (key && (EVP_PKEY_base_id(key) != EVP_PKEY_RSA || rest != der + count)) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    if (!key) ERR_clear_error();
    return key;
}

/* The size of an RSA key in bits; 0 if the bytes are no such key. */
static inline int payrouter_rsa_bits(const unsigned char *der, long count, int is_private) {
    EVP_PKEY *key = payrouter_rsa_key(der, count, is_private);
    int bits = key ? EVP_PKEY_bits(key) : 0;
    EVP_PKEY_free(key);
    return bits;
}

/* Signs with PKCS#1 v1.5 over MD5 into `out`, which has room for `capacity` bytes. Returns the length, 0 on failure. */
static inline size_t payrouter_rsa_md5_sign(const unsigned char *der, long count, const unsigned char *text,
                                            size_t text_count, unsigned char *out, size_t capacity) {
    EVP_PKEY *key = payrouter_rsa_key(der, count, 1);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t written = capacity;
    int is_signed = key && context && EVP_DigestSignInit(context, NULL, EVP_md5(), NULL, key) == 1 &&
                    EVP_DigestSign(context, out, &written, text, text_count) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    if (!is_signed) ERR_clear_error();
    return is_signed ? written : 0;
}

/* Whether a signature with PKCS#1 v1.5 over MD5 is right: 1 or 0. */
static inline int payrouter_rsa_md5_verify(const unsigned char *der, long count, const unsigned char *text,
                                           size_t text_count, const unsigned char *signature,
                                           size_t signature_count) {
    EVP_PKEY *key = payrouter_rsa_key(der, count, 0);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int is_right = key && context && EVP_DigestVerifyInit(context, NULL, EVP_md5(), NULL, key) == 1 &&
                   EVP_DigestVerify(context, signature, signature_count, text, text_count) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    if (!is_right) ERR_clear_error();
    return is_right;
}

#endif
