/// A secret text.
///
/// Printing, interpolating or logging it shows only that there is one.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Wraps a secret.
    public init(_ value: String) { self.value = value }

    /// The secret itself.
    ///
    /// Use it where it is put on the wire, nowhere else.
    public func reveal() -> String { value }

    /// Always `<secret>`, so that no log or error shows it.
    public var description: String { "<secret>" }
    /// Always `<secret>`, so that no log or error shows it.
    public var debugDescription: String { "<secret>" }
    /// Shows no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
