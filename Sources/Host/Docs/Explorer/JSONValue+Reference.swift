import Router

extension JSONValue {
    /// What a part of this document says, whether it stands there or is referred to.
    func referred(by part: JSONValue) -> JSONValue {
        guard let reference = part["$ref"]?.stringValue else { return part }
        return reference.split(separator: "/").dropFirst().reduce(self) { $0[String($1)] ?? .null }
    }
}
