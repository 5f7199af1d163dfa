package import Router

extension Identifier {
    /// An identifier that a test writes out; it must be one.
    package init(known text: String) {
        guard let id = Self(text) else { preconditionFailure("\(text) is no \(Self.self)") }
        self = id
    }
}

extension OrderID {
    /// An identifier that a test writes out; it must be one.
    package init(known text: String) {
        guard let id = Self(text) else { preconditionFailure("\(text) is no order's identifier") }
        self = id
    }
}
