import Foundation

/// `embed-resources FOLDER OUTPUT`: writes the text files below a folder into one Swift file.
///
/// Each becomes a constant in `Resources`, in an enum per folder and named after the file (`pay/page.css` is
/// `Resources.Pay.pageCSS`); each enum lists its files. Raw string literals compile at once, whatever their size.
@main
struct EmbedResources {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let folder = arguments.first, let output = arguments.last else {
            end("wants the folder of the resources and the Swift file to write", 64)
        }
        do {
            let root = try ResourceFolder(named: "Resources", path: folder)
            let text = try SwiftText(root).text
            // What depends on the file is built anew only where it says something else.
            if (try? String(contentsOfFile: output, encoding: .utf8)) != text {
                try text.write(toFile: output, atomically: true, encoding: .utf8)
            }
        } catch let fault as ResourceFault {
            end(fault.description, 1)
        } catch {
            end("\(folder): \(error)", 1)
        }
    }

    private static func end(_ why: String, _ code: Int32) -> Never {
        FileHandle.standardError.write(Data("embed-resources: \(why)\n".utf8))
        exit(code)
    }
}
