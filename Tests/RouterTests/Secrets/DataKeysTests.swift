import Crypto
import Testing
import WebText

@testable import Router

@Suite struct DataKeysTests {
    private typealias Purpose = DataKeys.Purpose

    private func bytes(_ key: SymmetricKey) -> [UInt8] { key.withUnsafeBytes { Array($0) } }

    private func differing(_ left: DataKeys, _ right: DataKeys) -> Set<DataKeys.Purpose> {
        Set(Purpose.allCases.filter { left[$0] != right[$0] })
    }

    /// Computed with Python's `hmac`: HKDF-SHA256 without salt of the bytes 0 to 31, info `payrouter/1/` and the purpose.
    ///
    /// Installations of before have sealed, hashed and signed with such keys.
    @Test(
        arguments: [
            "seal": "69fb8e5639ade5baadacf518e29443423d9e44630ee692a4de68054d7aedbf36",
            "blind-index": "c714aec69979d5bed007d048b3c36e1146955a13e34558a1620ecdc54549abdf",
            "operator-reference": "76aed585b57c68ad65206dfb361278ddc094e41d5b4b6114efeb54d9873a9fb1",
            "api-keys": "21837d2aa536f21c89e3c844c81c7f65de08601bfe6b0a7ce040e057dfe61ed7",
            "hosted-page": "d526bd38ae021c560505083667c99a35c2ffac9ac08d11a23e0a0364993b4db2",
            "person-tokens": "80d8d8b30c5e849e68170b5cd2304add0c739cd4c481f0f4ceb5cbd730aaef07",
            "one-time-codes": "0aa2e6189dbe089ea219647434e7ea31f638c80109fbf2c3fb51b6b54b228478",
            "holder-tokens": "fdb5d063cd37065de7d14abd0c74145670dc65602ae611a7b593eadc953a9179",
        ])
    func `keys of before are what the master key derives`(_ name: String, _ key: String) throws {
        let purpose = try #require(Purpose(rawValue: name))
        let keys = DataKeys.derived(from: try #require(MasterKey(bytes: Array(0..<32))))
        #expect(Hex.text(bytes(keys[purpose])) == key)
        #expect(Purpose.allCases.count == 8)
    }

    @Test func `new keys are random, but for the one that makes references`() throws {
        let master = try Sample.masterKey()
        let (one, two) = (DataKeys.fresh(master), DataKeys.fresh(master))
        let random = Set(Purpose.allCases).subtracting([.operatorReference])
        #expect(differing(one, two) == random)
        #expect(differing(one, .derived(from: master)) == random)
        #expect(Set(Purpose.allCases.map { bytes(one[$0]) }).count == Purpose.allCases.count)
        #expect(Purpose.allCases.allSatisfy { one[$0].bitCount == 256 })
    }

    @Test func `what was wrapped is unwrapped, never twice alike, and holds no key in clear`() throws {
        let master = try Sample.masterKey()
        let keys = DataKeys.fresh(master)
        let record = try keys.wrapped(by: master)
        #expect(try keys.wrapped(by: master) != record)
        let (again, isComplete) = try DataKeys.unwrapped(record, by: master)
        #expect(differing(keys, again) == [] && isComplete && again.masterKeyID == master.id)
        for purpose in Purpose.allCases {
            #expect(!record.contains(Hex.text(bytes(keys[purpose]))) && !record.contains(purpose.rawValue))
        }
    }

    @Test func `every changed bit is refused, in the text and in what it stands for`() throws {
        let master = try Sample.masterKey()
        let record = try DataKeys.fresh(master).wrapped(by: master)
        let (text, raw) = (Array(record.utf8), try #require(Hex.bytes(record)))
        for bit in 0..<UInt8(8) {
            for index in text.indices {
                var changed = text
                changed[index] ^= 1 << bit
                let damaged = String(decoding: changed, as: UTF8.self)
                #expect(throws: DataKeysFault.self) { try DataKeys.unwrapped(damaged, by: master) }
            }
            for index in raw.indices {
                var changed = raw
                changed[index] ^= 1 << bit
                #expect(throws: DataKeysFault.self) { try DataKeys.unwrapped(Hex.text(changed), by: master) }
            }
        }
    }

    @Test func `a record that is cut, lengthened or spelled otherwise is damaged`() throws {
        let master = try Sample.masterKey()
        let record = try DataKeys.fresh(master).wrapped(by: master)
        let others = [
            "", "00", record + "00", record + " ", record.uppercased(), "0x" + record, String(record.dropLast()),
        ]
        for other in others + (1..<record.count / 2).map({ String(record.dropLast(2 * $0)) }) {
            #expect(throws: DataKeysFault.damaged) { try DataKeys.unwrapped(other, by: master) }
        }
    }

    @Test func `another master key and a newer form are named, the keys of neither`() throws {
        let (first, second) = (try Sample.masterKey(1), try Sample.masterKey(2))
        let record = try DataKeys.fresh(first).wrapped(by: first)
        let fault = DataKeysFault.otherMaster(wrapped: first.id, given: second.id)
        #expect(throws: fault) { try DataKeys.unwrapped(record, by: second) }
        #expect("\(fault)".contains(first.id) && "\(fault)".contains("give that key"))
        // Who has the id of a key has not the key.
        let forged = try DataKeys.fresh(second).wrapped(by: second)
            .replacing(Hex.text(Array(second.id.utf8)), with: Hex.text(Array(first.id.utf8)))
        #expect(throws: DataKeysFault.damaged) { try DataKeys.unwrapped(forged, by: first) }
        #expect(throws: DataKeysFault.unknownVersion(2)) {
            try DataKeys.unwrapped("02" + record.dropFirst(2), by: first)
        }
    }

    @Test func `keys of a newer program's purposes are kept when they are wrapped again`() throws {
        let (first, second) = (try Sample.masterKey(1), try Sample.masterKey(2))
        let newer = DataKeys(under: first, others: ["tickets": SymmetricKey(size: .bits256)]) { _ in
            SymmetricKey(size: .bits256)
        }
        let (again, isComplete) = try DataKeys.unwrapped(newer.wrapped(by: first), by: first)
        #expect(again.others == newer.others && isComplete && differing(newer, again) == [])
        let moved = try DataKeys.rewrapped(newer.wrapped(by: first), from: first, to: second)
        #expect(try DataKeys.unwrapped(moved, by: second).keys.others == newer.others)
    }

    @Test(arguments: DataKeys.Purpose.allCases)
    func `a purpose that an older program did not know gets what the master key derives`(
        _ lacking: DataKeys.Purpose
    ) throws {
        let master = try Sample.masterKey()
        let whole = DataKeys.fresh(master)
        let known = Purpose.allCases.filter { $0 != lacking }.map { ($0.rawValue, whole[$0]) }
        let record = try DataKeys.record(of: Dictionary(uniqueKeysWithValues: known), by: master)
        let (keys, isComplete) = try DataKeys.unwrapped(record, by: master)
        #expect(!isComplete)
        #expect(keys[lacking] == DataKeys.derived(from: master)[lacking])
        #expect(differing(keys, whole).subtracting([lacking]) == [])
        #expect(try DataKeys.unwrapped(keys.wrapped(by: master), by: master).isComplete)
    }

    @Test func `another master key wraps the same keys, and only the one that wrapped them opens them`() throws {
        let (first, second) = (try Sample.masterKey(1), try Sample.masterKey(2))
        for keys in [DataKeys.fresh(first), .derived(from: first)] {
            let record = try keys.wrapped(by: first)
            let moved = try DataKeys.rewrapped(record, from: first, to: second)
            let opened = try DataKeys.unwrapped(moved, by: second).keys
            #expect(differing(keys, opened) == [] && opened.masterKeyID == second.id)
            #expect(throws: DataKeysFault.self) { try DataKeys.unwrapped(moved, by: first) }
            #expect(throws: DataKeysFault.self) { try DataKeys.rewrapped(record, from: second, to: first) }
        }
    }

    @Test func `no log shows a key`() throws {
        let keys = DataKeys.fresh(try Sample.masterKey())
        var dumped = ""
        dump(keys, to: &dumped)
        for shown in ["\(keys)", String(reflecting: keys), dumped] {
            #expect(shown.contains(keys.masterKeyID))
            #expect(!shown.contains("SymmetricKey") && !shown.contains("seal"))
        }
    }
}
