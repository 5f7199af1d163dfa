import Router

/// The member `repeat_of`: the earlier order that a new one repeats on purpose.
enum RepeatedOrder {
    /// Reads it; whether it may be repeated is decided with the other orders at hand.
    static func read(_ text: String?, _ kind: OrderKind, reference: String?) throws(Problem) -> OrderID? {
        guard let text else { return nil }
        guard let id = OrderID(text, kind) else {
            throw Problem(
                .invalidRepeat, "repeat_of names no \(kind.rawValue)",
                errors: [
                    issue("/repeat_of", "invalid_repeat", "expected the id of a \(kind.rawValue): \(kind.prefix)_...")
                ])
        }
        guard reference != nil else {
            throw Problem(
                .invalidRepeat, "repeat_of needs reference: only the order number says what is repeated",
                errors: [issue("/reference", "missing", "the order number of the \(kind.rawValue) in repeat_of")])
        }
        return id
    }

    private static func issue(_ pointer: String, _ code: String, _ detail: String) -> JSONIssue {
        JSONIssue(pointer: pointer, code: code, detail: detail)
    }
}
