import Router
import Testing
import WebText

/// A text again and again, 64 characters at most.
private func times(_ text: String, _ count: Int) -> String {
    String(String(repeating: text, count: count).prefix(64))
}

/// Keys that people make up are told from random ones.
@Suite("Weak keys") struct KeyWeaknessTests {
    private func weakness(_ digits: String) throws -> String? {
        KeyWeakness.of(try #require(Hex.bytes(digits)))?.description
    }

    @Test(arguments: [
        times("0", 64), times("f", 64), times("ab", 32), times("a1", 32), times("01", 32),
        times("0123456789abcdef", 4),
        times("123", 22), times("12345", 13), times("0123456789", 7), times("deadbeef", 8), times("cafebabe", 8),
        times("00112233445566778899aabbccddeeff", 2), times("0123456789abcdef01234567", 3),
        // Sequences, up and down, in bytes and in digits, also in wider steps.
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0",
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
        "00070e151c232a31383f464d545b626970777e858c939aa1a8afb6bdc4cbd2d9",
        "a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9f",
        // "changemechangemechangemechangeme", and a passphrase filled up with zeros or spaces.
        times("6368616e67656d65", 4), "636f727265637420686f727365206261747465727920737461706c6520202020",
        "6368616e67656d65" + times("00", 24), "70617373776f7264" + times("20", 24),
        // "Summer-2024-in-Lome-is-very-hot!"
        "53756d6d65722d323032342d696e2d4c6f6d652d69732d766572792d686f7421",
        // Half a key, and digits only.
        "9f86d081884c7d659a2feaa0c55ad015" + times("00", 16), times("3141592653589793238462643383279502884197", 2),
        // SHA-256 of nothing, "changeme", "password", "secret" and "test".
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "057ba03d6c44104863dc7361fe4578965d1887360f90a0895882e58a6248fc86",
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
        "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        // NIST's and a development blockchain's.
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
        "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    ])
    func `patterns, few bytes, text, examples and hashes of words`(_ digits: String) throws {
        #expect(try weakness(digits) != nil)
    }

    @Test
    func `longer keys of the same kinds, too`() throws {
        #expect(try weakness(String(repeating: "0123456789abcdef", count: 8)) != nil)
        #expect(try weakness(String(repeating: "00", count: 64)) != nil)
    }

    @Test
    func `the reason tells nothing of the key`() throws {
        let reason = try #require(try weakness(times("deadbeef", 8)))
        #expect(!reason.contains("dead"))
    }

    @Test
    func `of 100 000 random keys none is refused`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<100_000 {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(32)
            for _ in 0..<4 {
                let word = random.next()
                for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
            }
            if let weakness = KeyWeakness.of(bytes) { Issue.record("\(bytes): \(weakness)") }
        }
    }

    @Test
    func `nor one of 48 or 64 bytes, nor one that is written twice in hexadecimal or in Base64`() throws {
        for _ in 0..<1_000 {
            let (one, two) = (MasterKey.random().bytes, MasterKey.random().bytes)
            #expect(KeyWeakness.of(one + two) == nil && KeyWeakness.of(one + two.prefix(16)) == nil)
            #expect(KeyWeakness.of(Array(Hex.text(one).utf8)) == nil)
        }
    }

    @Test
    func `a key knows`() throws {
        #expect(MasterKey.random().key.weakness == nil)
        #expect(try Sample.masterKey().weakness != nil)
    }
}
