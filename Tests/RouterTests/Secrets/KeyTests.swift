import Testing
import WebText

@testable import Router

@Suite struct MasterKeyTests {
    @Test func `needs thirty two bytes`() {
        #expect(MasterKey(bytes: []) == nil)
        #expect(MasterKey(bytes: Array(repeating: 1, count: 31)) == nil)
        #expect(MasterKey(bytes: Array(repeating: 1, count: 32)) != nil)
    }

    /// Computed with Python's `hmac`: HKDF-SHA256 without salt, info `payrouter/1/key-id`, the first eight bytes.
    @Test(arguments: [
        (Array(0..<32) as [UInt8], "0cb821197f2df97e"), (Array(repeating: 0xFF, count: 40), "d0b7c29b788915e0"),
    ])
    func `has a stable fingerprint`(_ bytes: [UInt8], _ id: String) throws {
        #expect(try #require(MasterKey(bytes: bytes)).id == id)
    }

    @Test func `derives one key per purpose`() throws {
        let key = try #require(MasterKey(bytes: Array(repeating: 7, count: 32)))
        #expect(key.derive("a") == key.derive("a"))
        #expect(key.derive("a") != key.derive("b"))
    }

    @Test func `random keys differ and can be kept`() throws {
        let (first, second) = (MasterKey.random(), MasterKey.random())
        #expect(first.key.id != second.key.id)
        #expect(MasterKey(bytes: first.bytes)?.id == first.key.id)
    }
}

@Suite struct SealerTests {
    private func sealer(_ byte: UInt8 = 7) throws -> Sealer {
        Sealer(try Sample.dataKeys(byte))
    }

    @Test(arguments: [0, 1, 100, 5_000])
    func `opens what it sealed`(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try #require(try sealer().seal(bytes))
        #expect(sealed.count == bytes.count + 28)
        #expect(try sealer().open(sealed) == bytes)
    }

    @Test func `never seals twice alike`() throws {
        let sealer = try sealer()
        #expect(sealer.seal([1, 2, 3]) != sealer.seal([1, 2, 3]))
    }

    @Test func `refuses every changed byte`() throws {
        let sealer = try sealer()
        let sealed = try #require(sealer.seal([1, 2, 3]))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(sealer.open(changed) == nil)
        }
        #expect(sealer.open(Array(sealed.dropLast())) == nil)
        #expect(sealer.open([]) == nil)
        #expect(try self.sealer(8).open(sealed) == nil)
    }

    /// Computed with Python's `hmac`; the master key is the bytes 0 to 31.
    @Test func `indexes blindly`() throws {
        let sealer = Sealer(.derived(from: try #require(MasterKey(bytes: Array(0..<32)))))
        #expect(Hex.text(sealer.blindIndex("+22890112233")) == "27d9482de24c2dcb51faccd66ca6a9f1")
        #expect(sealer.blindIndex("+22890112234") != sealer.blindIndex("+22890112233"))
        #expect(try self.sealer().blindIndex("+22890112233") != sealer.blindIndex("+22890112233"))
    }
}

@Suite struct HexTests {
    @Test(arguments: [([], ""), ([0], "00"), ([0x0F, 0xF0, 0xAB], "0ff0ab")] as [([UInt8], String)])
    func `writes and reads`(_ bytes: [UInt8], _ text: String) {
        #expect(Hex.text(bytes) == text)
        #expect(Hex.bytes(text) == bytes)
        #expect(Hex.bytes(text.uppercased()) == bytes)
    }

    @Test(arguments: ["0", "0g", "zz", "0x00", " 00", "\u{FF10}0", "+f"])
    func `refuses other texts`(_ text: String) {
        #expect(Hex.bytes(text) == nil)
    }
}
