import Router
import WebText

extension Redaction {
    /// Lines of one message, at most; operators' messages have a few dozen members.
    private static let mostLines = 100

    /// An operator's bytes.
    func body(_ bytes: [UInt8]) -> RedactedBody {
        if RawEvidence.isRemark(bytes) { return RedactedBody(form: .text, lines: lines(bytes)) }
        if let value = try? StrictJSON.parse(bytes, maximumDepth: 32) {
            var lines: [String] = []
            add(value, path: "", name: "", to: &lines)
            return RedactedBody(form: .json, lines: lines)
        }
        if let lines = formLines(bytes) { return RedactedBody(form: .form, lines: lines) }
        return RedactedBody(form: .other, lines: ["\(bytes.count) bytes that are neither JSON nor a form; not shown"])
    }

    /// What people wrote, line by line.
    func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(Self.mostLines).map { text(String($0)) }
    }

    private func add(_ value: JSONValue, path: String, name: String, to lines: inout [String]) {
        guard lines.count < Self.mostLines else { return }
        switch value {
        case .object(let object):
            for member in object.members {
                // Names come from outside, too.
                let shown = text(member.name)
                add(member.value, path: path.isEmpty ? shown : "\(path).\(shown)", name: member.name, to: &lines)
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                add(element, path: "\(path)[\(index)]", name: name, to: &lines)
            }
        case .null, .bool: lines.append(line(path, value.jsonText))
        case .string(let scalar), .number(let scalar): lines.append(line(path, self.value(scalar, named: name)))
        }
    }

    private func line(_ path: String, _ value: String) -> String { path.isEmpty ? value : "\(path) = \(value)" }

    /// The members of a form or a query; `nil` if it is none.
    private func formLines(_ bytes: [UInt8]) -> [String]? {
        guard bytes.contains(UInt8(ascii: "=")), bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x3C }) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "&").prefix(Self.mostLines).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentText.decoded(parts[0], plusIsSpace: true) ?? Self.mask
            let value = parts.count > 1 ? PercentText.decoded(parts[1], plusIsSpace: true) ?? Self.mask : ""
            return line(text(name), self.value(value, named: name))
        }
    }
}
