import Router

/// Whose key a call of the document takes.
enum CallAccess: String {
    /// An app's.
    case key
    /// A wallet's holder's.
    case holder
    /// Nobody's.
    case none

    init(_ operation: JSONValue) {
        switch operation["security"] {
        case OpenAPIDocument.security(.holder): self = .holder
        case OpenAPIDocument.security(.open): self = .none
        default: self = .key
        }
    }

    /// The variable of a shell that lines for `curl` take it from.
    var variable: String? {
        switch self {
        case .key: "PAYROUTER_KEY"
        case .holder: "HOLDER_TOKEN"
        case .none: nil
        }
    }
}
