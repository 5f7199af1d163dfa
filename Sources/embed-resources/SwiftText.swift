/// The Swift source of a folder of resources.
struct SwiftText {
    /// No text holds a quote with so many signs behind it, so that every text can stand in a literal as it is.
    private static let signs = "####"

    let text: String

    init(_ root: ResourceFolder) throws {
        text = """
            /// The files of this target's folder `Resources`. Written by `embed-resources` at every build.
            enum Resources {
            \(try Self.members(of: root, path: ""))
            }

            """
    }

    private static func members(of folder: ResourceFolder, path: String) throws -> String {
        var names: Set<String> = []
        var lines: [String] = []
        for file in folder.files {
            let name = try identifier(file.name, at: path)
            guard names.insert(name).inserted else {
                throw ResourceFault(
                    description: "\(path)\(file.name): another file there becomes `\(name)` too; rename one")
            }
            guard !file.text.contains("\"\"\"\(signs)"), !file.text.contains("\\\(signs)(") else {
                throw ResourceFault(
                    description: "\(path)\(file.name) holds what ends a literal (\"\"\"\(signs)); change it")
            }
            lines.append("/// `\(path)\(file.name)`.")
            lines.append("static let \(name) = \(signs)\"\"\"\n\(file.text)\n\"\"\"\(signs)")
        }
        if !folder.files.isEmpty {
            let all = try folder.files.map { "(\"\($0.name)\", \(try identifier($0.name, at: path)))" }
            lines.append("/// Every file here, by name.")
            lines.append("static let all: [(name: String, text: String)] = [\(all.joined(separator: ", "))]")
        }
        for inner in folder.folders {
            lines.append("enum \(capitalized(try identifier(inner.name, at: path))) {")
            lines.append(try members(of: inner, path: path + inner.name + "/"))
            lines.append("}")
        }
        return lines.joined(separator: "\n")
    }

    /// `checkout-form.js` is `checkoutFormJS`.
    private static func identifier(_ name: String, at path: String) throws -> String {
        var words = name.split { $0 == "-" || $0 == "_" || $0 == "." }.map(String.init)
        let ending = name.contains(".") && words.count > 1 ? words.removeLast() : ""
        let shown = ["mustache", "json"].contains(ending) ? "" : ending.uppercased()
        let result = (words.prefix(1) + words.dropFirst().map(capitalized)).joined() + shown
        guard result.first?.isLowercase == true, result.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else {
            throw ResourceFault(
                description: "\(path)\(name): a name begins with a small letter and has letters, digits, - and _ only")
        }
        return result
    }

    private static func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }
}
