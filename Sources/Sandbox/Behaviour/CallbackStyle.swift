/// How often an operator notifies the partner of one result.
enum CallbackStyle: String, Codable, Sendable, Hashable {
    /// Not at all: only a question finds the result.
    case never
    /// Once (and again only if it is not acknowledged).
    case once
    /// Three times, two of them at the same time.
    case threeTimes
}
