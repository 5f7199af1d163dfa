import COpenSSL
import WebText

extension SandboxCredentials {
    /// Ksher's token at the REST interface.
    public static let ksherToken = "sandbox-token-0001"
    /// Ksher's `appid` at the RSA interface.
    public static let ksherAppID = "mch30000"
    /// The merchant's private key at the RSA interface: a throw-away key, made for the sandbox.
    public static let ksherMerchantKey =
        "MIICXQIBAAKBgQDEwjAqbiqewyhop+uBJvH4zuzG3ZCnCGMAfKBxaGdbnccuJU1nLzXYOuywuehRDoUFyQWHrAo9pj"
        + "bgjB25Lwlx+BM3xHjnYGNPgSKxDOVFXoT1AuuBVR1lX0h4gsSxkU341mpEV2vZwq34JYMA6r92PsERnURSPW5flQ4Z"
        + "z0nkKwIDAQABAoGBALP4TygwVmmbZpW7qm0a209Srj8EILC3uh6S4Ap7jba+LZbm5dLQ2vZqh17q3TVvC3uMMLO1SD"
        + "S1mRJw9ysQfBiXVc9Ib1OOO3mmOeZ/tK+HVw4d1fdNmOOF47HMFcMZV6YmuwE0NRvrMwxEA431CoLRQgNO7GYlseKR"
        + "g8uNGeJhAkEA97zg2kBOeWVfNytgrP37zR+VVXhRE6WZ4e1ONZPpuzKUBmPS4FTshskRgg65fEPaa8VzkfKEDLgai5"
        + "MQeFoWWwJBAMtSD+CFHhqHeSQXmuGAg8wWn00WlJG8qoEwrs5Il7PCghGYUoHAeg4YuPKA4bMTLka0G7tiUciYVx8J"
        + "dchs8nECQHH+S0iiBnn9l05/e0Cerdq5CbIGZugvbxtyYmZs5UPqBgrarBHlgeCTbKb3t4nifwLQHFmvyetAW5aV2S"
        + "JH8bkCQEZPJ2xlvCZCaNLhUs7eSTVfMVFQGKpZCsFIG3r8QXGJNr9s5EM4UzzisboydVoerOcIS3q+Ijfy7lWuSMu5"
        + "WRECQQD1zqSmwIoBde9QhlNewgQpK+b9f+JrOyBy3bRgZXyOWBEmYwuDupivEPm6YyXaOulSPmjplPhek+2HtPNuFA"
        + "Rp"
    /// The sandbox operator's public key at the RSA interface.
    public static let ksherOperatorKey =
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAn0zNxS+seNVkX3pVFItk9eH1QagK2tX0BZldwIFYuVEKLt"
        + "LavXWErZd0Huj5ioVUlW/L7pOJrvnN1liACT8+KuAegggaZ3CGXrRvER8AjOCzU77C8hSsSl1S16UK9VXzBTI+iCpe"
        + "fIy6pv9U6lNhKjlRHhUIVWeHbmghG1FnRQp9VcetrZ2cawfnbvby0U0I8mUUuaPrCeAq2SkFX58E4FXmxbqah6x5D9"
        + "2g4ESSvTxEQ7lVRyVCms0G0sjdwt70cK703HiNdxLLQW8ERJxJDmqlf+ilGaaKmNxDbbZ9RzvUfEZqBFI4qNZc723Y"
        + "3GbiuzFZyJFAKgcy8drIyZdQ0wIDAQAB"
}

/// The operator's side of the RSA signatures: PKCS#1 v1.5 over MD5, as it has always been.
enum KsherKeys {
    /// A throw-away key, made for the sandbox.
    private static let operatorPrivate =
        "MIIEogIBAAKCAQEAn0zNxS+seNVkX3pVFItk9eH1QagK2tX0BZldwIFYuVEKLtLavXWErZd0Huj5ioVUlW/L7pOJrv"
        + "nN1liACT8+KuAegggaZ3CGXrRvER8AjOCzU77C8hSsSl1S16UK9VXzBTI+iCpefIy6pv9U6lNhKjlRHhUIVWeHbmgh"
        + "G1FnRQp9VcetrZ2cawfnbvby0U0I8mUUuaPrCeAq2SkFX58E4FXmxbqah6x5D92g4ESSvTxEQ7lVRyVCms0G0sjdwt"
        + "70cK703HiNdxLLQW8ERJxJDmqlf+ilGaaKmNxDbbZ9RzvUfEZqBFI4qNZc723Y3GbiuzFZyJFAKgcy8drIyZdQ0wID"
        + "AQABAoIBABhe2CDBconeijy0dZKvNqgKmbT3NTNAcH9wye/QT1deh10deJsWgPtLryymvhJ2jmJO7ayB7sTm8O9zWk"
        + "x6hpNpoSaJ1dGbBzuIMBu2708eIIvVzx4uPSN3/oYAzlnf0c4q3yKBajN0wNNulDpFvO4y7EQwDzZ9oFxVhYcX34wn"
        + "WLNsX60LbBsqXep9AkMe4UNlzMpZxLjcFvVMCCUpHm6I7Jalk414yX4FsqZvkj3x+KHyPQ3i1QgFrLTpz74WuosnHQ"
        + "6J9FR6H687kI02ArStNLrn8QiWaNK0couZWXrfp8cdvFsp8y3Nv55M0qRxc4Xw1gaFz5En5Q4f1PVdN9ECgYEA4G2H"
        + "9CV5lxNfBLvpR4lxmX1s9JNO6fsmQE7yb0Q0AFVNL8Dfi1uqGoxG8FXeIm1AP2RBRY4DFCfu22v4/Qg+c/wVKT2eH8"
        + "YPMxYO7s0OCLSZ1CuoaX20diHYpOGB6oMZff7HcNEGcAxgx3fzkyyHYA0mn3DwZLAvNWAE7oV3/kMCgYEAtbXH2jZM"
        + "0a2TSEqKGljE72JE0Xcic2itCyg9BsWJ90MNGE+15i1ZflzvXtgBwtXVHgMwX2rnGYlXHmCfv4EeUlqka5yhrhivKR"
        + "l3SDHFmdcC7Lkt4VpUvyjsKA0cwveUfiy0Uk0OMoVG63ChyUqBAjznWBGT9fV/ZugGiKTuYjECgYBtSMjgOXNo/rTR"
        + "UFO7UxFvRaVNv4G47GRnAkqJpfOQifkpHMl+SeeeP9q3Y4jkyMB1XfNu1EVphjyIup4nUOFgh0sipu+d10tFfCNPY6"
        + "jG0nLp30yF+gFrWPXu7CTgNnCuaudhZ1e0LkLePunsK83MFvtMvqlAzo5edmBQacvRkwKBgCnpP6tpEtbZ/jqSVsA0"
        + "8Vd1hwH5RIzx+9ey9EB3l5bcdEzDNeVdWGL49I0frWhPAdTmT2XytlMBhoKPLslw8pl0JrBbdD8/mkcUhJq2QCl3mk"
        + "kXfSmZOCrPOYkTXSrrB+kCTqUc+MVWUEFFvUs8T/1AJuv9Qe9dLIGDyt4BjKpBAoGAMdAVwbtUbSCWh9CWfyIWAaoY"
        + "hQbGTRMbQtpZZBSaP8iDuAOHOywUdZqGiZiDJI4a1lJojVuZNasTh/lKvUWwJhYIWZfk9AoO12QwduWv7DJi2Dq3oE"
        + "nJ0MnrGaRtDZLkyYXR13tu8qQ77Wl+FtdpAibvcofFPzwjnLxzUvbNRMk="
    private static let merchantPublic =
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDEwjAqbiqewyhop+uBJvH4zuzG3ZCnCGMAfKBxaGdbnccuJU1nLz"
        + "XYOuywuehRDoUFyQWHrAo9pjbgjB25Lwlx+BM3xHjnYGNPgSKxDOVFXoT1AuuBVR1lX0h4gsSxkU341mpEV2vZwq34"
        + "JYMA6r92PsERnURSPW5flQ4Zz0nkKwIDAQAB"

    /// The operator's signature in lower-case hexadecimal digits; with the merchant's key where it has to be wrong.
    static func sign(_ text: String, isForged: Bool) -> String {
        let der = Base64.decode(isForged ? SandboxCredentials.ksherMerchantKey : operatorPrivate) ?? []
        let bytes = Array(text.utf8)
        let signature = [UInt8](unsafeUninitializedCapacity: 512) { out, count in
            count = payrouter_rsa_md5_sign(der, der.count, bytes, bytes.count, out.baseAddress, 512)
        }
        return Hex.text(signature)
    }

    /// Whether a merchant's signature is right.
    static func verifies(_ signature: String, _ text: String) -> Bool {
        let der = Base64.decode(merchantPublic) ?? []
        let bytes = Array(text.utf8)
        guard let raw = Hex.bytes(signature) else { return false }
        return payrouter_rsa_md5_verify(der, der.count, bytes, bytes.count, raw, raw.count) == 1
    }
}
