/// The name of a sandbox operator, which is also the first path component of everything it serves.
///
/// Each operator declares its own name in its folder; ``allCases`` are those that ``SimulatedOperators`` lists.
public struct SandboxOperator: RawRepresentable, CaseIterable, Sendable, Hashable, Codable {
    /// The name as text.
    public let rawValue: String

    /// The operator of that name; `nil` if there is none.
    public init?(rawValue: String) {
        guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = known
    }

    init(named name: String) { rawValue = name }

    /// Every operator there is.
    public static var allCases: [SandboxOperator] { SimulatedOperators.all.map { $0.name } }
}
