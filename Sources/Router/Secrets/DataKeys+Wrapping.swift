package import Crypto
import WebText

/// The record in which the keys lie: hexadecimal digits of one version byte, the master key's id, and all keys sealed with
/// AES-256-GCM under a key that the master key has for nothing else. Version and id are sealed in with them.
extension DataKeys {
    /// The purpose under which the master key has the key that wraps.
    static let wrapping = "data-keys"
    private static let version: UInt8 = 1
    private static let idLength = 16
    private static let keyLength = 32

    /// The record, wrapped by a master key.
    ///
    /// - Throws: ``DataKeysFault/unwrappable`` if the cipher refuses.
    package func wrapped(by master: MasterKey) throws(DataKeysFault) -> String {
        let known = Dictionary(uniqueKeysWithValues: Purpose.allCases.map { ($0.rawValue, self[$0]) })
        return try Self.record(of: known.merging(others) { known, _ in known }, by: master)
    }

    /// A record of keys by the names of their purposes, as programs of other times write it.
    package static func record(
        of keys: [String: SymmetricKey], by master: MasterKey
    ) throws(DataKeysFault) -> String {
        let header = [version] + Array(master.id.utf8)
        guard
            let box = try? AES.GCM.seal(
                entries(keys), using: master.derive(wrapping), authenticating: context(header)),
            let sealed = box.combined
        else { throw .unwrappable }
        return Hex.text(header + Array(sealed))
    }

    /// The keys in a record.
    ///
    /// - Parameters:
    ///   - record: As ``wrapped(by:)`` made it.
    ///   - master: The master key that wrapped it.
    /// - Returns: The keys, and whether the record has all of them. A purpose that an older program did not know gets the key
    ///   that the master key derives for it; such keys have to be wrapped and kept before they are used.
    /// - Throws: ``DataKeysFault``.
    package static func unwrapped(
        _ record: String, by master: MasterKey
    ) throws(DataKeysFault) -> (keys: DataKeys, isComplete: Bool) {
        // Another spelling of the same digits is a change, too.
        guard let bytes = Hex.bytes(record), Hex.text(bytes) == record, bytes.count > 1 + idLength else {
            throw .damaged
        }
        guard bytes[0] == version else { throw .unknownVersion(bytes[0]) }
        let header = Array(bytes.prefix(1 + idLength))
        let id = String(decoding: header.dropFirst(), as: UTF8.self)
        guard id == master.id else { throw .otherMaster(wrapped: printable(id), given: master.id) }
        guard let box = try? AES.GCM.SealedBox(combined: bytes.dropFirst(header.count)),
            let opened = try? AES.GCM.open(box, using: master.derive(wrapping), authenticating: context(header)),
            var known = keys(in: Array(opened))
        else { throw .damaged }
        var isComplete = true
        let found = Dictionary(
            uniqueKeysWithValues: Purpose.allCases.map { ($0, known.removeValue(forKey: $0.rawValue)) })
        let keys = DataKeys(under: master, others: known) { purpose in
            if let key = found[purpose] ?? nil { return key }
            isComplete = false
            return master.derive(purpose.rawValue)
        }
        return (keys, isComplete)
    }

    /// The same keys, wrapped by another master key.
    ///
    /// - Throws: ``DataKeysFault`` if the first one did not wrap the record.
    package static func rewrapped(
        _ record: String, from first: MasterKey, to second: MasterKey
    ) throws(DataKeysFault) -> String {
        try unwrapped(record, by: first).keys.wrapped(by: second)
    }

    /// What is sealed in with the keys without being secret.
    private static func context(_ header: [UInt8]) -> [UInt8] { Array("payrouter/\(wrapping)\u{1F}".utf8) + header }

    /// What stands in a damaged record may be anything.
    private static func printable(_ id: String) -> String {
        Hex.bytes(id) == nil ? "of no valid name" : id
    }

    /// All keys in order of their names, each behind its name and the name's length.
    private static func entries(_ keys: [String: SymmetricKey]) -> [UInt8] {
        keys.sorted { $0.key < $1.key }.reduce(into: []) { bytes, entry in
            bytes.append(UInt8(truncatingIfNeeded: entry.key.utf8.count))
            bytes += Array(entry.key.utf8)
            bytes += entry.value.withUnsafeBytes { Array($0) }
        }
    }

    /// Keys by their names; `nil` if the bytes are no list of keys.
    private static func keys(in bytes: [UInt8]) -> [String: SymmetricKey]? {
        var (found, rest): ([String: SymmetricKey], ArraySlice<UInt8>) = ([:], bytes[...])
        while let length = rest.popFirst() {
            guard length > 0, rest.count >= Int(length) + keyLength else { return nil }
            let name = String(decoding: rest.prefix(Int(length)), as: UTF8.self)
            rest = rest.dropFirst(Int(length))
            guard found.updateValue(SymmetricKey(data: rest.prefix(keyLength)), forKey: name) == nil else { return nil }
            rest = rest.dropFirst(keyLength)
        }
        return found
    }
}

/// Why the keys of the data cannot be had.
package enum DataKeysFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The record is missing where there was one.
    case missing
    /// The record is not what was written.
    case damaged
    /// Another master key wrapped the record.
    case otherMaster(wrapped: String, given: String)
    /// A newer program may have written the record.
    case unknownVersion(UInt8)
    /// They could not be wrapped.
    case unwrappable

    package var description: String {
        switch self {
        case .missing: "the keys of the data are missing (the fact data_keys of the database); \(Self.remedy)"
        case .damaged: "the keys of the data are damaged (the fact data_keys of the database); \(Self.remedy)"
        case .otherMaster(let wrapped, let given):
            "the keys of the data are wrapped by master key \(wrapped), and the one given is \(given); give that key, or "
                + "restore the database from a backup of its time"
        case .unknownVersion(let version):
            "the keys of the data (the fact data_keys of the database) are in form \(version), which this program does not "
                + "know; start the program that wrote them, or restore the database from a backup"
        case .unwrappable: "the keys of the data could not be wrapped"
        }
    }

    private static let remedy = "nothing opens the data without them: restore the database from a backup"
}
