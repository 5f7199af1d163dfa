/// Up to eight ASCII characters that stand around names and values, in one word: writing it is one instruction, where copying a
/// text of one or two characters is a call.
struct JSONMark {
    /// The first character lies in the lowest bits.
    let bits: UInt64
    let count: Int

    private init(_ bits: UInt64, _ count: Int) {
        self.bits = bits
        self.count = count
    }

    static var nothing: JSONMark { JSONMark(0, 0) }
    // A comment shows the characters, from the first to the last.

    // "
    static var quote: JSONMark { JSONMark(0x22, 1) }
    // ,"
    static var next: JSONMark { JSONMark(0x222C, 2) }
    // ":
    static var colon: JSONMark { JSONMark(0x3A22, 2) }
    // ":"
    static var text: JSONMark { JSONMark(0x22_3A22, 3) }
    // ":-
    static var minus: JSONMark { JSONMark(0x2D_3A22, 3) }
    // ":null
    static var null: JSONMark { JSONMark(0x6C6C_756E_3A22, 6) }
    // ":true
    static var yes: JSONMark { JSONMark(0x6575_7274_3A22, 6) }
    // ":false
    static var no: JSONMark { JSONMark(0x65_736C_6166_3A22, 7) }
}

/// Where the next byte goes, in room that whoever writes has made sure of.
struct JSONPlace {
    /// How much room a mark needs, however short it is.
    static let markRoom = 8

    private(set) var next: UnsafeMutablePointer<UInt8>

    init(next: UnsafeMutablePointer<UInt8>) { self.next = next }

    mutating func put(_ byte: UInt8) {
        next.initialize(to: byte)
        next += 1
    }

    mutating func put(_ start: UnsafePointer<UInt8>, _ count: Int) {
        next.initialize(from: start, count: count)
        next += count
    }

    mutating func put(_ mark: JSONMark) {
        UnsafeMutableRawPointer(next).storeBytes(of: mark.bits.littleEndian, as: UInt64.self)
        next += mark.count
    }
}
