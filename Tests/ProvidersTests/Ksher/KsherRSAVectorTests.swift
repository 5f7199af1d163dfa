import Router
import Testing
import WebText

@testable import Providers

/// The published vectors of the RSA interface, and keys.
@Suite("Ksher RSA: signatures")
struct KsherRSAVectorTests {
    private static let first = RSAVerifyingKey(KsherRSAKind.publicKeyV1)

    @Test
    func `V1: the operator's published key has 512 bits`() throws {
        #expect(try #require(Self.first).bits == 512)
    }

    @Test
    func `B1: data with an address`() throws {
        let data = JSONObject([
            .init(
                "pay_content",
                "https://gateway.ksher.com/ua?order_uuid=f624f098b8d111edacef525400962f26&lang=en")
        ])
        try expect(
            KsherRSAConnection.signedText(data),
            "7b2159b7f2ec4bff350322b5cdef55bfe4265c03023390ccf8e98292c559a29d"
                + "79c34ad2eaceaeb5b7d5c6ab9e13afb8c85b0bf267046ea0c5b3d24bf53c09d6")
    }

    @Test
    func `B2: a payment in process`() throws {
        let data = JSONObject([
            .init("result", "NOTSURE"), .init("nonce_str", "4970723599474fd93563f24f2735b2b2"),
            .init("mch_order_no", "20231108134600"), .init("ksher_order_no", "70020231108144615748821"),
            .init("err_msg", "payment in process"), .init("err_code", "PAYMENT_IN_PROCESS"),
        ])
        try expect(
            KsherRSAConnection.signedText(data),
            "8585990347071de0d54dcb89626cf535924f4e93aa32cafe58615a94217cfad6"
                + "f59467dfd519e8ca30c0d1f34705ee6b2277dd899d07c4abe5ad66196d89ce2a")
    }

    @Test
    func `B3: an unpaid order, with empty fields and a number`() throws {
        let empty = ["attach", "cash_fee", "cash_fee_type", "channel", "channel_order_no", "ksher_order_no"]
        let more = ["nonce_str", "openid", "rate", "time_end"]
        let data = JSONObject(
            (empty + more).map { JSONObject.Member($0, "") } + [
                .init("appid", "mch35005"), .init("fee_type", "THB"), .init("mch_order_no", "2023-02-22-17-11-00"),
                .init("pay_mch_order_no", "2303031613445796"), .init("result", "NOTSURE"), .init("total_fee", 100),
            ])
        try expect(
            KsherRSAConnection.signedText(data),
            "7a70f22e35a89e2a792c64a27ed8d43f1376601ea29c1db3c38ad5f09b751d72"
                + "98013505ecb208496b952257362d27200f7dfbe48b58e688bd0b5cb59e2932b9")
    }

    private func expect(_ text: [UInt8]?, _ signature: String) throws {
        let key = try #require(Self.first)
        let bytes = try #require(Hex.bytes(signature))
        let text = try #require(text)
        #expect(key.verifies(bytes, of: text))
        #expect(!key.verifies(bytes, of: text + [0x20]) && !key.verifies(bytes.dropLast() + [0], of: text))
        #expect(!key.verifies([], of: text))
    }

    private static let request: [(String, String)] = [
        ("appid", "mch30000"), ("channel_list", "promptpay,linepay,truemoney"), ("fee_type", "THB"),
        ("mch_code", "ORD-0001"), ("mch_notify_url", "https://shop.example/ksher/notify"),
        ("mch_order_no", "ORD-0001"), ("mch_redirect_url", "https://shop.example/ok"),
        ("mch_redirect_url_fail", "https://shop.example/fail"), ("nonce_str", "0123456789abcdef0123456789abcdef"),
        ("product_name", "test"), ("refer_url", "https://shop.example"), ("time_stamp", "20240131101500"),
        ("total_fee", "15050"),
    ]

    @Test
    func `B4: a request, whatever the order of its fields`() throws {
        let key = try KsherKeys.signing("merchant_private")
        #expect(key.bits == 1_024)
        let expected =
            "0eb00f5e53a796b3ecf76906ad108e555e2c81d8dce8ad881cdc21f7b49be21f"
            + "5b9631769a13dab01f1ee0e1140df78166486970660507413562d0f62c017d07"
            + "453805739992e35d05c67b00e3bdd92a5ba2e65a3b87924e5af67034634f1720"
            + "3051cb03f3e77049ac1de2da4d69ea60f542466efeb699d95dc1956c6fafecbc"
        let text = KsherRSAConnection.signedText(Self.request.reversed())
        #expect(Hex.text(try #require(key.sign(text))) == expected)
    }

    @Test
    func `B4: authorizing makes the same signature over the whole body`() throws {
        let provider: KsherRSAProvider = try Sample.configured("ksher-rsa redirect")
        let fields = Self.request.filter { !["appid", "nonce_str", "time_stamp"].contains($0.0) }
        let request = provider.connection.call("\(Sample.root)/api/gateway_pay", fields)
        let context = SigningContext(
            now: Moment(milliseconds: 1_706_696_100_000), sequence: 0x0123_4567_89ab_cdef,
            random: 0x0123_4567_89ab_cdef)
        let signed = provider.sign(request, context)
        #expect(signed.bodyText.hasPrefix(request.bodyText + "&nonce_str=0123456789abcdef0123456789abcdef&time_stamp="))
        #expect(signed.bodyText.contains("&time_stamp=20240131101500&sign=0eb00f5e53a796b3ecf76906ad108e55"))
        #expect(signed.bodyText.hasSuffix("c1956c6fafecbc") && signed.headers == request.headers)
    }

    @Test
    func `B5: a notification`() throws {
        let data = JSONObject([
            .init("appid", "mch30000"), .init("channel", "promptpay"), .init("channel_order_no", "CH123"),
            .init("fee_type", "THB"), .init("ksher_order_no", "90020240131101501000001"),
            .init("mch_order_no", "ORD-0001"), .init("nonce_str", "fedcba9876543210fedcba9876543210"),
            .init("result", "SUCCESS"), .init("time_end", "2024-01-31 10:16:02"), .init("total_fee", 15_050),
        ])
        let signature =
            "5fc156bf15e7c9cc85265b8767563677f0457bac7f6228b2634c0a149839d099"
            + "f30b802f53552b18452a2290bfb6df7adfc167fb734ae4d6959349039efdb318"
            + "f9f202488b6ee6a06a58d0d3cbb0cd794391004a1361462f6cc6f0036a6581b3"
            + "9241234a188ca7a6389458cf362e23d11cb6fa1a53e3aa2948165489e81596c6"
        let key = try #require(RSAVerifyingKey(KsherKeys.text("merchant_public")))
        let text = try #require(KsherRSAConnection.signedText(data))
        #expect(key.verifies(try #require(Hex.bytes(signature)), of: text))
    }

    @Test
    func `lists are signed as compact JSON with sorted names; what has no agreed spelling cannot be`() {
        let data = JSONObject([
            .init("b", [["z": "é/", "a": 1], []]), .init("a", "x"), .init("c", ["k": [:]]),
        ])
        #expect(
            KsherRSAConnection.signedText(data).map { String(decoding: $0, as: UTF8.self) }
                == #"a=xb=[{"a":1,"z":"é/"},[]]c={"k":{}}"#)
        #expect(KsherRSAConnection.signedText(JSONObject([.init("a", .null)])) == nil)
        #expect(KsherRSAConnection.signedText(JSONObject([.init("a", true)])) == nil)
    }

    @Test
    func `keys are read as PEM or base64, and nothing else is a key`() throws {
        let text = KsherKeys.text("operator_public")
        let pem = "-----BEGIN PUBLIC KEY-----\n\(text.prefix(64))\r\n\(text.dropFirst(64))\n-----END PUBLIC KEY-----\n"
        #expect(RSAVerifyingKey(pem) == RSAVerifyingKey(text) && RSAVerifyingKey(text)?.bits == 2_048)
        for wrong in ["", "=", "AAAA", "MFww*", KsherKeys.text("operator_private"), String(text.dropLast(8))] {
            #expect(RSAVerifyingKey(wrong) == nil)
        }
        #expect(RSASigningKey(Secret(text)) == nil && RSASigningKey(Secret("x")) == nil)
        // An elliptic key is no RSA key.
        let elliptic =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2"
            + "sxXs7LtkBoN79R9Q=="
        #expect(RSAVerifyingKey(elliptic) == nil)
    }

    @Test
    func `what is wrong in the settings is named; short keys need a word`() throws {
        let good = try #require(KsherKeys.settings(flow: "redirect").objectValue)
        func complaint(_ changes: KeyValuePairs<String, JSONValue>, key: String? = nil) -> String {
            var settings = good
            for (name, value) in changes { settings.change(name, value) }
            let setup = Sample.setup("ksher-rsa", secrets: key.map { ["private_key": $0] })
            return Sample.complaint("ksher-rsa", .object(settings), setup)
        }
        #expect(complaint([:]) == "none")
        #expect(complaint(["appid": "mch 1"]).hasPrefix("/settings/appid: "))
        #expect(complaint(["ksher_public_key": nil]).hasPrefix("/settings/ksher_public_key: "))
        #expect(complaint(["ksher_public_key": "AAAA"]).hasPrefix("/settings/ksher_public_key: "))
        #expect(complaint(["sign_version": "V3"]).hasPrefix("/sign_version: "))
        #expect(complaint(["sign_version": "V1", "ksher_public_key": nil]).hasPrefix("/settings/allow_short_keys: "))
        #expect(complaint(["sign_version": "V1", "ksher_public_key": nil, "allow_short_keys": true]) == "none")
        #expect(complaint(["ksher_public_key": .string(KsherRSAKind.publicKeyV1)]).contains("512 bits"))
        #expect(complaint(["refer_url": "shop"]).hasPrefix("/settings/refer_url: "))
        #expect(complaint(["paths": ["pay": "http://ksher.example/x"]]).hasPrefix("/settings/paths/pay: "))
        #expect(complaint([:], key: "planted-key").hasPrefix("/secrets/private_key: "))
        #expect(!complaint([:], key: "planted-key").contains("planted"))
        let short = KsherKeys.text("short_private")
        #expect(complaint([:], key: short).contains("768 bits"))
        #expect(complaint(["allow_short_keys": true], key: short) == "none")
    }
}
