import Foundation
import Router
import Testing

@testable import Host

@Suite("Lines for curl")
struct CurlCommandTests {
    static let hostile = [
        "plain", "l'ami", "''", "\"quoted\"", "$HOME ${HOME} $(id)", "`id`", "a\nb", "a\\", "\\'", "!history",
        "a;b&c|d>e<f",
        "*?[x]~", "  spaces\t", "# no comment", "é 🦜", "-X", "@/etc/passwd", "'; exit 1; '",
    ]

    @Test(arguments: hostile)
    func `keep every sign of a word as it is`(text: String) throws {
        #expect(try words(of: "curl " + CurlCommand.quoted(text)) == [text])
    }

    @Test(arguments: hostile)
    func `bring address, headers and body to curl as they are`(text: String) throws {
        let body: JSONValue = ["name": .string(text)]
        let command = CurlCommand(
            method: "PATCH", url: "https://pay.example/v1/" + text, headers: [("X-Name", .text(text))], body: body)
        #expect(
            try words(of: command.text) == [
                "-i", "-X", "PATCH", "https://pay.example/v1/" + text, "-H", "X-Name: " + text, "-H",
                "Content-Type: application/json", "--data-raw", body.jsonText,
            ])
    }

    @Test func `let the shell fill in what is written here for it, and nothing else`() throws {
        let command = CurlCommand(
            method: "GET", url: "https://pay.example/$SECRET",
            headers: [("Authorization", .filledIn("Bearer $SECRET")), ("X-Name", .text("$SECRET"))])
        #expect(
            try words(of: command.text) == [
                "-i", "https://pay.example/$SECRET", "-H", "Authorization: Bearer s3", "-H", "X-Name: $SECRET",
            ])
    }

    @Test(arguments: [
        ("GET", false, ""), ("POST", true, ""), ("POST", false, "-X POST "), ("GET", true, "-X GET "),
        ("DELETE", false, "-X DELETE "),
    ])
    func `name a method that curl would not choose itself`(method: String, hasBody: Bool, shown: String) {
        let line = CurlCommand(method: method, url: "u", body: hasBody ? [:] : nil).text
        #expect(line.hasPrefix("curl -i \(shown)'u'"))
    }

    /// What `curl` is called with when a shell runs a line.
    private func words(of line: String) throws -> [String] {
        let shell = Process()
        let output = Pipe()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "curl() { printf '%s\\0' \"$@\"; }\n" + line]
        shell.environment = ["SECRET": "s3", "PATH": "/nowhere"]
        shell.standardOutput = output
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        let read = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        return read.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
