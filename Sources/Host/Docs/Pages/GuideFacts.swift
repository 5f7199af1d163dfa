import Pages
import Router

/// Lists in the guide that are made from the document and the code, so that they cannot differ from them.
struct GuideFacts {
    let document: JSONValue

    /// Every list, under the name that the chapters give it.
    var lists: PageModel {
        [
            "publishable": list { $0["security"]?.arrayValue?.count == 2 },
            "holders": list { $0["security"] == OpenAPIDocument.security(.holder) },
            "keyless": list { ($0["security"]?.arrayValue ?? []).isEmpty },
            "keyed": list { operation in
                (operation["parameters"]?.arrayValue ?? []).contains {
                    $0["$ref"] == "#/components/parameters/IdempotencyKey"
                }
            },
            "events": .list(events), "problems": .list(problems),
        ]
    }

    /// The calls that fit.
    private func list(_ fits: (JSONValue) -> Bool) -> PageValue {
        let calls = (document["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).filter { fits($0.value) }
                .map { ["call": "\($0.name.uppercased()) \(path.name)"] as PageModel }
        }
        return .list(calls)
    }

    private var events: [PageModel] {
        (OrderKind.allCases.map(\.rawValue) + ["bill"]).map { object in
            let types = EventTypes.known.filter { $0.hasPrefix(object + ".") }
            return ["order": .text(object), "types": .list(types.map { ["event": .text($0)] })]
        }
    }

    private var problems: [PageModel] {
        ProblemCode.allCases.map { code in
            ["problem": .text(code.rawValue), "status": "\(code.status)", "title": .text(code.title)]
        }
    }
}
