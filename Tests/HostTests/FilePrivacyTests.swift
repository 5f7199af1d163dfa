import Foundation
import Glibc
import Providers
import Router
import RouterTestKit
import SandboxHosting
import Testing

@testable import Host

/// Files of secrets and data folders are the router's own.
@Suite("Files that others can read") struct FilePrivacyTests {
    private let folder = NSTemporaryDirectory() + "payrouter-private " + UUID().uuidString

    private func standing(
        _ mode: mode_t, owner: uid_t = 1_000, user: uid_t = 1_000, groups: Set<gid_t> = [50], folder: Bool = false
    ) -> FilePrivacy.Standing {
        .init(mode: mode | (folder ? S_IFDIR : S_IFREG), owner: owner, group: 50, user: user, groups: groups)
    }

    @Test(arguments: [false, true])
    func `one's own may be open to nobody, group and others alike`(_ isFolder: Bool) {
        for mode in [0o600, 0o400, 0o700, 0o500] as [mode_t] {
            #expect(FilePrivacy.whoElse(standing(mode, folder: isFolder)) == nil, "\(String(mode, radix: 8))")
        }
        for mode in [0o640, 0o440, 0o620, 0o610, 0o770] as [mode_t] {
            #expect(FilePrivacy.whoElse(standing(mode, folder: isFolder)) == "its group", "\(String(mode, radix: 8))")
        }
        for mode in [0o644, 0o604, 0o602, 0o601, 0o755, 0o777] as [mode_t] {
            #expect(FilePrivacy.whoElse(standing(mode, folder: isFolder)) == "everybody on this machine")
        }
    }

    @Test
    func `root may hand a secret, or a folder, to a group of the router's`() {
        #expect(FilePrivacy.whoElse(standing(0o440, owner: 0)) == nil)
        #expect(FilePrivacy.whoElse(standing(0o640, owner: 0)) == nil)
        #expect(FilePrivacy.whoElse(standing(0o770, owner: 0, folder: true)) == nil)
        #expect(FilePrivacy.whoElse(standing(0o660, owner: 0)) == "its group")
        #expect(FilePrivacy.whoElse(standing(0o444, owner: 0)) == "everybody on this machine")
        #expect(FilePrivacy.whoElse(standing(0o775, owner: 0, folder: true)) == "everybody on this machine")
        #expect(FilePrivacy.whoElse(standing(0o440, owner: 0, groups: [51])) == "its group")
        #expect(FilePrivacy.whoElse(standing(0o440, owner: 0, user: 0)) == "its group")
        #expect(FilePrivacy.whoElse(standing(0o440, owner: 1_001)) == "its group")
    }

    private func file(_ name: String, _ mode: mode_t, _ text: String = "secret") throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, mode)
        return path
    }

    @Test
    func `the remedy is the command, also for a path with spaces; links lead to what counts`() throws {
        let open = try file("open", 0o644)
        #expect(
            FilePrivacy.fault(ofFile: open)?.hasPrefix(
                "\(open) is open to everybody on this machine (mode 0644): chmod 600 '\(open)', or") == true)
        #expect(FilePrivacy.fault(ofFile: try file("mine", 0o600)) == nil)
        // As Kubernetes mounts secrets: a link to a link to a file.
        let data = folder + "/..data"
        try FileManager.default.createSymbolicLink(atPath: data, withDestinationPath: ".")
        let link = folder + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "..data/open")
        #expect(FilePrivacy.fault(ofFile: link)?.hasPrefix("\(link) is open") == true)
        chmod(open, 0o400)
        #expect(FilePrivacy.fault(ofFile: link) == nil)
        #expect(FilePrivacy.fault(ofFile: folder + "/missing") == nil)
        #expect(FilePrivacy.fault(ofFile: folder) == nil && FilePrivacy.fault(ofFolder: open) == nil)
    }

    @Test
    func `nobody is told to close a folder that everybody uses`() throws {
        let open = try file("open", 0o600)
        let parent = String(open.dropLast("/open".count))
        chmod(parent, 0o755)
        #expect(FilePrivacy.fault(ofFolder: parent)?.contains("chmod 700 '\(parent)'") == true)
        chmod(parent, 0o1777)
        let fault = try #require(FilePrivacy.fault(ofFolder: parent))
        #expect(!fault.contains("chmod") && fault.contains("name a folder below it"))
    }

    @Test
    func `a secret's file that others can read is refused in production, and told of in the sandbox`() throws {
        let path = try file("password", 0o644)
        let source = SecretSource(environment: [:])
        let issue = try #require(source.resolve("file:" + path, mode: .production).failure, "taken")
        #expect(issue.detail.contains("the secret's file \(path) is open") && issue.detail.contains("chmod 600"))
        #expect(!issue.detail.contains("secret\n"))
        try #require(source.resolve("file:" + path, mode: .sandbox).success != nil, "refused")
        let loaded = try Configuration.load(
            Array(
                """
                {"providers":[{"id":"tmoney-tg","kind":"tmoney","environment":"sandbox","base_url":"http://127.0.0.1:1",
                "settings":{"username":"demo"},"secrets":{"password":"file:\(path)"},"contract":{}}],
                "routing":{"rules":[],"otherwise":{"strategy":"priority","providers":["tmoney-tg"]}}}
                """.utf8),
            path: "providers.json",
            in: .init(
                kinds: BuiltInKinds.all, secrets: source, sandbox: .builtIn, sandboxURL: { _ in nil }, sandboxOnly: true
            ))
        let warning = loaded.warnings.first { $0.pointer == "/providers/0/secrets/password" }
        #expect(warning?.severity == .warning && warning?.detail.contains("chmod 600") == true)
        chmod(path, 0o600)
        try #require(source.resolve("file:" + path, mode: .production).success != nil, "refused")
    }

    @Test
    func `the folder and the key's file, wherever it stands`() throws {
        let data = try DataFolder(path: folder)
        #expect(data.openToOthers([:]) == [])
        _ = try data.masterKey([:], makeIfMissing: true)
        #expect(data.openToOthers([:]) == [])
        chmod(folder + "/master.key", 0o640)
        #expect(data.openToOthers([:]).count == 1)
        #expect(data.openToOthers(["PAYROUTER_MASTER_KEY": "x"]) == [])
        chmod(folder, 0o750)
        #expect(data.openToOthers([:]).count == 2)
        #expect(data.openToOthers([:])[0].hasPrefix("the data folder \(folder) is open to its group (mode 0750)"))
        let other = try file("key", 0o644)
        #expect(data.openToOthers(["PAYROUTER_MASTER_KEY_FILE": other])[1].contains(other))
    }
}
