import Router

/// Lists in the guide that are made from the document and the code, so that they cannot differ from them.
struct GuideFacts {
    let document: JSONValue

    /// The text with every list in its place.
    func filled(_ text: String) -> String {
        text.replacing("{{problems}}", with: problems).replacing("{{events}}", with: events)
            .replacing("{{keys}}", with: keys).replacing("{{keyed}}", with: keyed)
    }

    private typealias Call = (name: String, operation: JSONValue)

    private var calls: [Call] {
        (document["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).map { call in
                (name: "\(call.name.uppercased()) \(path.name)", operation: call.value)
            }
        }
    }

    private func list(_ calls: [Call]) -> String {
        calls.map { "<code>\(HTML.escaped($0.name))</code>" }.joined(separator: ", ")
    }

    private func keys(_ call: Call) -> Int { call.operation["security"]?.arrayValue?.count ?? 0 }

    private var keys: String {
        """
        <ul>
        <li>A secret key: every call that is not named here.</li>
        <li>A secret or publishable key: \(list(calls.filter { keys($0) == 2 })).</li>
        <li>No key: \(list(calls.filter { keys($0) == 0 })).</li>
        </ul>
        """
    }

    private var keyed: String {
        list(
            calls.filter { call in
                (call.operation["parameters"]?.arrayValue ?? []).contains {
                    $0["$ref"] == "#/components/parameters/IdempotencyKey"
                }
            })
    }

    private var events: String {
        let rows = OrderKind.allCases.map { kind in
            let types = EventTypes.known.filter { $0.hasPrefix(kind.rawValue + ".") }
            return ["\(kind.rawValue)", types.map { "<code>\($0)</code>" }.joined(separator: ", ")]
        }
        return HTML.table(["order", "types"], rows)
    }

    private var problems: String {
        let rows = ProblemCode.allCases.map { code in
            [
                "<a href=\"problems/\(code.rawValue)\"><code>\(code.rawValue)</code></a>", "\(code.status)",
                HTML.escaped(code.title),
            ]
        }
        return HTML.table(["code", "status", "meaning"], rows)
    }
}
