/// The mark that some editors put in front of UTF-8, and that gets into answers with the program they saved.
public enum ByteOrderMark {
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// How many bytes one leading mark takes: 3, or 0 if there is none.
    static func length(in bytes: some Collection<UInt8>) -> Int { bytes.starts(with: mark) ? mark.count : 0 }

    /// The bytes without one leading mark; a second one stays.
    ///
    /// Signatures are verified over the bytes as they came, so only readers skip it. ``StrictJSON`` does by itself.
    public static func skipped(in bytes: [UInt8]) -> ArraySlice<UInt8> { bytes.dropFirst(length(in: bytes)) }
}
