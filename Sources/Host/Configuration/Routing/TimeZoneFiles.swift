import Router

/// Time zones as files of the time zone database (TZif, RFC 9636).
///
/// Read once, when a configuration is loaded: rules decide with the zones of that moment.
struct TimeZoneFiles {
    /// The folder with the files, without a slash at its end.
    let folder: String

    /// This machine's.
    static let system = TimeZoneFiles(folder: "/usr/share/zoneinfo")

    /// The zone of a name such as `Africa/Lome`; `nil` if there is no file for it, or none that can be read.
    func zone(_ name: String) -> TimeZoneRules? {
        if name == "UTC" { return .utc }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        // A name is no path to other files.
        let isName = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.first != 0x2E
                && part.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                        || [0x2B, 0x2D, 0x2E, 0x5F].contains(byte)
                }
        }
        guard isName, let bytes = Files.read(folder + "/" + name) else { return nil }
        return TimeZoneFile(bytes)?.rules(name)
    }
}

/// One file of the time zone database, as far as clocks need it: its second block, with moments of 64 bits.
struct TimeZoneFile {
    private let bytes: [UInt8]
    /// Where the second block's data begin.
    private let start: Int
    private let transitions: Int
    private let types: Int

    /// `nil` if these are not the bytes of such a file.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        guard let first = Self.header(bytes, at: 0) else { return nil }
        // The first block has moments of four bytes; what follows it is the same with eight.
        let second = 44 + first.size(momentBytes: 4)
        guard let header = Self.header(bytes, at: second) else { return nil }
        (transitions, types, start) = (header.transitions, header.types, second + 44)
        guard types > 0, bytes.count >= start + header.size(momentBytes: 8) else { return nil }
    }

    /// The zone, under a name.
    func rules(_ name: String) -> TimeZoneRules? {
        let indices = start + transitions * 8
        let infos = indices + transitions
        func offset(_ type: Int) -> Int64? {
            guard type < types else { return nil }
            return Int64(Int32(truncatingIfNeeded: Self.number(bytes, at: infos + type * 6, 4)))
        }
        guard let first = offset(0) else { return nil }
        var shifts: [TimeZoneRules.Shift] = []
        for index in 0..<transitions {
            guard let seconds = offset(Int(bytes[indices + index])) else { return nil }
            // The database begins long before there were milliseconds to count.
            let moment = max(Self.number(bytes, at: start + index * 8, 8), Int64.min / 1_000)
            shifts.append(.init(from: Moment(milliseconds: 0).adding(seconds: moment), offsetSeconds: seconds))
        }
        return TimeZoneRules(name, offsetSeconds: first, shifts: shifts)
    }

    private struct Header {
        var transitions: Int
        var types: Int
        var rest: Int
        var leaps: Int

        func size(momentBytes: Int) -> Int {
            transitions * (momentBytes + 1) + types * 6 + leaps * (momentBytes + 4) + rest
        }
    }

    private static func header(_ bytes: [UInt8], at place: Int) -> Header? {
        guard bytes.count >= place + 44, bytes[place..<place + 4].elementsEqual("TZif".utf8), bytes[place + 4] >= 0x32
        else {
            return nil
        }
        let counts = (0..<6).map { Int(number(bytes, at: place + 20 + $0 * 4, 4)) }
        guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
        return Header(
            transitions: counts[3], types: counts[4], rest: counts[0] + counts[1] + counts[5], leaps: counts[2])
    }

    private static func number(_ bytes: [UInt8], at place: Int, _ count: Int) -> Int64 {
        bytes[place..<place + count].reduce(0) { $0 << 8 | Int64($1) }
    }
}
