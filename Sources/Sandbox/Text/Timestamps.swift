import WebText

/// Times as the operators of Togo and Thailand write them: `yyyy-MM-dd HH:mm:ss`, UTC.
///
/// Moments are milliseconds since 1970.
enum Timestamps {
    /// A moment, its milliseconds cut.
    static func plain(_ milliseconds: Int64) -> String {
        String(RFC3339.text(milliseconds: milliseconds).prefix(19).replacing("T", with: " "))
    }

    /// Whether a text is a time in the spelling of ``plain(_:)``.
    static func isPlain(_ text: String) -> Bool {
        RFC3339.milliseconds(text.replacing(" ", with: "T") + "Z").map(plain) == text
    }
}
