import Router
import Testing
import WebText

@testable import Providers

/// Known answers: the first from NIST SP 800-38A (F.2.5), the others computed with the openssl command.
@Suite("Flooz: the authorization header")
struct FloozAuthorizationTests {
    private func header(
        _ authorization: JSONValue, _ context: SigningContext = .sample(), hexKey: Bool = false
    ) throws -> String? {
        var settings = try #require(Sample.floozSettings.objectValue)
        settings["authorization"] = authorization
        var secrets = try #require(Sample.secrets["flooz"])
        if hexKey {
            secrets["encryption_key"] = "706c616e7465642d6b65792d6f662d33322d62797465732d65786163746c7921"
        }
        let provider = try Sample.provider(
            "flooz", .object(settings), as: (any PaymentProvider).self, setup: Sample.setup("flooz", secrets: secrets))
        let request = provider.sign(WireRequest(.post, Sample.root + "/other", body: Array("{}".utf8)), context)
        #expect(request.bodyText == "{}")
        return request.header("Authorization")
    }

    @Test
    func `AES-256-CBC as published`() throws {
        func bytes(_ text: String) throws -> [UInt8] { try #require(Hex.bytes(text)) }
        let plain = try bytes(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710")
        let cipher = try bytes(
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
                + "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b")
        let key = try bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
        let out = try #require(
            FloozAuthorization.encrypt(plain, key: key, iv: try bytes("000102030405060708090a0b0c0d0e0f")))
        // One more block of padding follows.
        #expect(out.count == 80 && Array(out.prefix(64)) == cipher)
        #expect(FloozAuthorization.encrypt(plain, key: [1], iv: [UInt8](repeating: 0, count: 16)) == nil)
        #expect(FloozAuthorization.encrypt(plain, key: key, iv: []) == nil)
    }

    @Test(
        arguments: [
            ([:], "gaDQvdKXA8tj0T89qO1e8W2w5Fztg0o3K57IGQ3560hGcoJJlSAWfb3DsSGC6PaG"),
            (["index": "counter"], "gaDQvdKXA8tj0T89qO1e8W2w5Fztg0o3K57IGQ3560hGcoJJlSAWfb3DsSGC6PaG"),
            (["index": "constant", "index_value": 16], "hOIW85EVP7oQOocjC6X3IP3JXTh7ADsBZG0+dkd3/HI="),
            (["index": "constant"], "R1KnYwFqJymZNGikDJydBMckoLOAW7l3Lw96Jy690SQ="),
            (["index": "random"], "YunsY9FEva1KAyzhF1D2i3Z/Xq1iFXoh+TvB7BF7dvY="),
            (
                ["index": "constant", "index_value": 16, "iv": "random"],
                "logRCPcJ9SG1vIu+3L0kVQ==:qJk+vQOaRtBUTAXUPM9W4qHQa9OqLwLrBjtl8xjKIxI="
            ),
            (["index": "constant", "prefix": "Token "], "Token R1KnYwFqJymZNGikDJydBMckoLOAW7l3Lw96Jy690SQ="),
            (["mode": "api_key"], "planted-api-key"), (["mode": "token_endpoint"], nil),
        ] as [(JSONValue, String?)])
    func `every variant`(authorization: JSONValue, expected: String?) throws {
        #expect(try header(authorization) == expected)
    }

    @Test
    func `the key may be written in hexadecimal digits`() throws {
        #expect(try header([:], hexKey: true) == header([:]))
    }

    @Test
    func `a handed-out token stands as it is`() throws {
        #expect(try header(["mode": "token_endpoint"], .sample(token: "abc")) == "abc")
        #expect(try header([:], .sample(token: "abc")) == header([:]))
    }

    @Test
    func `no two exchanges have the same header, a resend included`() throws {
        var later = SigningContext.sample()
        later.sequence += 1
        #expect(try header([:]) != header([:], later))
        #expect(
            try header(["index": "constant", "iv": "random"]) != header(["index": "constant", "iv": "random"], later))
        #expect(try header(["index": "random"], later) == header(["index": "random"]))
        later.random = 43
        #expect(try header(["index": "random"], later) != header(["index": "random"]))
    }

    @Test(
        arguments: [
            (["mode": "none"], "/authorization/mode: "), (["index": "date"], "/authorization/index: "),
            (["iv": "one"], "/authorization/iv: "), (["index_value": -1], "/settings/authorization/index_value: "),
            (["prefix": "a\nb"], "/settings/authorization/prefix: "),
            (["mode": "token_endpoint", "index": "counter"], "/settings/authorization/index: "),
            (["key": "x"], "/authorization/key: the member"),
        ] as [(JSONValue, String)])
    func `what is wrong is named`(authorization: JSONValue, complaint: String) throws {
        var settings = try #require(Sample.floozSettings.objectValue)
        settings["authorization"] = authorization
        #expect(Sample.complaint("flooz", .object(settings)).hasPrefix(complaint))
    }

    @Test
    func `each mode needs its secrets`() throws {
        func complaint(_ mode: String, _ secrets: [String: String]) throws -> String {
            var settings = try #require(Sample.floozSettings.objectValue)
            settings["authorization"] = ["mode": .string(mode)]
            return Sample.complaint("flooz", .object(settings), Sample.setup("flooz", secrets: secrets))
        }
        let merchant = ["merchant_key": "m"]
        #expect(try complaint("encrypted", merchant).hasPrefix("/secrets/password: "))
        let short = merchant.merging(["password": "p", "encryption_key": "short"]) { $1 }
        #expect(try complaint("encrypted", short).hasPrefix("/secrets/encryption_key: "))
        let odd = merchant.merging(["password": "p", "encryption_key": String(repeating: "z", count: 64)]) { $1 }
        #expect(try complaint("encrypted", odd).hasPrefix("/secrets/encryption_key: "))
        #expect(try complaint("api_key", merchant).hasPrefix("/secrets/api_key: "))
        #expect(try complaint("token_endpoint", merchant).hasPrefix("/secrets/password: "))
        #expect(try complaint("token_endpoint", ["password": "p"]).hasPrefix("/secrets/merchant_key: "))
        #expect(try complaint("token_endpoint", merchant.merging(["password": "p"]) { $1 }) == "none")
    }
}
