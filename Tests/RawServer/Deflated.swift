import CDeflate

/// Compressed bytes, made by zlib.
package enum Deflated {
    /// As RFC 1952 has it.
    package static func gzip(_ bytes: [UInt8]) -> [UInt8] { made(bytes, windowBits: 31) }

    /// As RFC 1950 has it, which HTTP calls `deflate`.
    package static func zlib(_ bytes: [UInt8]) -> [UInt8] { made(bytes, windowBits: 15) }

    private static func made(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count + 1_024) { room, count in
            count = bytes.withUnsafeBufferPointer { bytes in
                cdeflate(bytes.baseAddress, bytes.count, room.baseAddress, room.count, windowBits)
            }
        }
    }
}
