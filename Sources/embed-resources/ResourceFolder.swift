import Foundation

/// A file or folder that cannot be embedded: where, why, and what would be right.
struct ResourceFault: Error, CustomStringConvertible {
    var description: String
}

/// A text file.
struct ResourceFile {
    var name: String
    var text: String
}

/// A folder of text files, sorted by name; hidden files do not count.
struct ResourceFolder {
    var name: String
    var files: [ResourceFile] = []
    var folders: [ResourceFolder] = []

    init(named name: String, path: String) throws {
        self.name = name
        for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() where !name.hasPrefix(".") {
            let inner = path + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                folders.append(try ResourceFolder(named: name, path: inner))
            } else {
                files.append(ResourceFile(name: name, text: try Self.text(inner)))
            }
        }
    }

    private static func text(_ path: String) throws -> String {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        guard let text = String(validating: data, as: UTF8.self), !text.contains("\r"), text.hasSuffix("\n") else {
            throw ResourceFault(description: "\(path) is no UTF-8 text with lines that end in \\n; make it one")
        }
        return text
    }
}
