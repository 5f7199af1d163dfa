import Router
import Testing
import WebText

/// What kinds sign and verify with, also those of other packages: only public names are used here.
@Suite("Keyed codes")
struct MessageCodeTests {
    /// RFC 2202 and RFC 4231, second test case.
    private static let vectors: [(MessageCode, String)] = [
        (.sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (.sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (
            .sha384,
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
        ),
        (
            .sha512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
                + "caeab1a34d4a6b4b636e070a38bce737"
        ),
    ]

    @Test
    func `are those of the standard`() throws {
        let message = Array("what do ya want for nothing?".utf8)
        #expect(Set(Self.vectors.map(\.0)) == Set(MessageCode.allCases))
        for (kind, text) in Self.vectors {
            let code = kind.code(of: message, key: Secret("Jefe"))
            #expect(Hex.text(code) == text)
            #expect(kind.isValid(code, of: message, key: Secret("Jefe")))
            #expect(kind.code(of: message, keyBytes: Array("Jefe".utf8)) == code)
        }
    }

    @Test
    func `every other code, message and key is wrong, and a missing key refuses`() {
        let message = Array("5000".utf8)
        let code = MessageCode.sha256.code(of: message, key: Secret("key"))
        for index in code.indices {
            var other = code
            other[index] ^= 1
            #expect(!MessageCode.sha256.isValid(other, of: message, key: Secret("key")))
        }
        #expect(!MessageCode.sha256.isValid(Array(code.dropLast()), of: message, key: Secret("key")))
        #expect(!MessageCode.sha256.isValid(code + [0], of: message, key: Secret("key")))
        #expect(!MessageCode.sha256.isValid([], of: message, key: Secret("key")))
        #expect(!MessageCode.sha256.isValid(code, of: message + [0x30], key: Secret("key")))
        #expect(!MessageCode.sha256.isValid(code, of: message, key: Secret("Key")))
        let keyless = MessageCode.sha256.code(of: message, key: Secret(""))
        #expect(!MessageCode.sha256.isValid(keyless, of: message, key: Secret("")))
    }

    @Test
    func `texts are equal by their bytes`() {
        #expect(ConstantTime.areEqual("a1", "a1") && ConstantTime.areEqual("", ""))
        #expect(!ConstantTime.areEqual("a1", "a2") && !ConstantTime.areEqual("a1", "a12"))
        // One character, two spellings.
        #expect(!ConstantTime.areEqual("\u{E9}", "e\u{301}"))
    }
}
