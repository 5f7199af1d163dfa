import Foundation
import Router
import Testing

@testable import Host

/// Secrets come whole from variables and files, but for white space at their end.
@Suite("Where secrets come from") struct SecretSourceTests {
    private static let folder = NSTemporaryDirectory() + "payrouter-secrets-" + UUID().uuidString

    private func file(_ bytes: [UInt8], _ name: String = UUID().uuidString) throws -> String {
        try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
        let path = Self.folder + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        // Others must not read it.
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    private func secret(
        _ reference: String, _ variables: [String: String] = [:], _ mode: PayEnvironment = .production
    ) -> String? {
        guard case .success(let secret) = SecretSource(environment: variables).resolve(reference, mode: mode) else {
            return nil
        }
        return secret.reveal()
    }

    private func fault(
        _ reference: String, _ variables: [String: String] = [:], _ mode: PayEnvironment = .production
    ) -> String {
        guard case .failure(let issue) = SecretSource(environment: variables).resolve(reference, mode: mode) else {
            return "no fault"
        }
        return issue.detail
    }

    @Test(arguments: [
        ("demo", "demo"), ("demo\n", "demo"), ("demo\r\n", "demo"), ("demo \t\n\n", "demo"), ("de mo\n", "de mo"),
        (" demo", " demo"), ("a\nb\n", "a\nb"), ("a\r\nb", "a\r\nb"), ("demo\u{A0}\u{2028}", "demo"),
        ("\n\nx", "\n\nx"),
        ("p\u{E9}\u{301}\n", "p\u{E9}\u{301}"), ("demo\u{0}", "demo\u{0}"),
    ])
    func `white space at the end is lost, at the beginning and within it is not`(
        _ given: String, _ secret: String
    ) throws {
        #expect(self.secret("env:PW", ["PW": given]) == secret)
        let path = try file(Array(given.utf8))
        #expect(self.secret("file:" + path) == secret)
        #expect(self.secret(given, mode: .sandbox) == given, "what stands in the file itself is as it stands there")
    }

    private func secret(_ reference: String, mode: PayEnvironment) -> String? { secret(reference, [:], mode) }

    @Test
    func `a byte order mark before a file's text is no part of it`() throws {
        let marked = try file([0xEF, 0xBB, 0xBF] + Array("demo\r\n".utf8))
        #expect(secret("file:" + marked) == "demo")
        let empty = try file([0xEF, 0xBB, 0xBF])
        #expect(fault("file:" + empty).contains("is empty"))
    }

    @Test
    func `each fault names its cause and what would be right`() throws {
        #expect(fault("env:PW").contains("the environment variable PW is not set"))
        #expect(fault("env:").contains("needs a name"))
        #expect(fault("file:").contains("needs a path"))
        for empty in ["", "\n", " \r\n\t"] {
            #expect(fault("env:PW", ["PW": empty]).contains("the environment variable PW is empty"))
            let path = try file(Array(empty.utf8))
            #expect(fault("file:" + path).contains("is empty; it must hold the secret"))
        }
        let binary = try file([0x30, 0x82, 0x02, 0xFF, 0xC3, 0x28])
        #expect(fault("file:" + binary).contains("no text in UTF-8") && fault("file:" + binary).contains("PEM"))
        #expect(fault("demo").contains("must not stand in this file"))
    }

    @Test
    func `a file that cannot be read: why, and what a relative name is looked up from`() {
        let missing = fault("file:/nonexistent/key.pem")
        #expect(missing == "/nonexistent/key.pem cannot be read: No such file or directory")
        #expect(fault("file:" + NSTemporaryDirectory()).contains("Is a directory"))
        let relative = fault("file:secrets/key.pem")
        let here = FileManager.default.currentDirectoryPath
        #expect(relative.hasPrefix("secrets/key.pem cannot be read: No such file or directory; a relative path"))
        #expect(relative.hasSuffix("which is \(here)"), "\(relative)")
        #expect(fault("file:~/key.pem").contains("~ stands for nothing here"))
        #expect(fault("file:/etc/passwd/x").contains("Not a directory"))
    }

    @Test
    func `faults never hold the secret`() throws {
        let path = try file([0x73, 0x33, 0x63, 0x72, 0x33, 0x74, 0xFF])
        #expect(!fault("file:" + path).contains("s3cr3t"))
        #expect(!fault("s3cr3t").contains("s3cr3t"))
    }
}
