import Foundation
import Providers
import Router
import SandboxHosting
import Testing

@testable import Host

/// A data folder belongs to the first master key that opens it.
@Suite("Data folder")
struct DataFolderTests {
    private static let (first, second) = (String(repeating: "a1", count: 32), String(repeating: "b2", count: 32))

    private func folder() -> String { NSTemporaryDirectory() + "payrouter-folder-" + UUID().uuidString }

    private func open(_ path: String, _ key: String) async throws(StartFailure) -> any InstalledStore {
        let folder = try DataFolder(path: path)
        return try await folder.openStore(
            try folder.masterKey(["PAYROUTER_MASTER_KEY": key], makeIfMissing: false))
    }

    /// What is in the folder, byte for byte, but for locks and what SQLite shares between processes.
    private func contents(_ path: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: path)
        where !name.hasSuffix(".lock") && !name.hasSuffix("-shm") {
            let data = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
            if !data.isEmpty { found[name] = data }
        }
        return found
    }

    @Test
    func `the first key that opens it, whatever it does then`() async throws {
        let path = folder()
        await (try open(path, Self.first)).close()
        let before = try contents(path)
        do {
            await (try open(path, Self.second)).close()
            Issue.record("a second key was taken")
        } catch {
            #expect("\(error)".contains("belong to another key"), "\(error)")
            #expect("\(error)".contains(path) && "\(error)".contains("give that key"))
            #expect(!"\(error)".contains(Self.first) && !"\(error)".contains(Self.second))
        }
        #expect(try contents(path) == before, "nothing was written")
        await (try open(path, Self.first)).close()
    }

    @Test
    func `the key counts, not where it stands`() async throws {
        let path = folder()
        await (try open(path, Self.first)).close()
        let data = try DataFolder(path: path)
        try Self.second.write(toFile: path + "/master.key", atomically: true, encoding: .utf8)
        await #expect(throws: StartFailure.self) {
            try await data.openStore(try data.masterKey([:], makeIfMissing: true))
        }
        try Self.first.write(toFile: path + "/elsewhere", atomically: true, encoding: .utf8)
        let both = [
            "PAYROUTER_MASTER_KEY_FILE": path + "/elsewhere",
            "PAYROUTER_MASTER_KEY": String(repeating: "a1", count: 32),
        ]
        let failure = #expect(throws: StartFailure.self) { try data.masterKey(both, makeIfMissing: true) }
        #expect(failure.map { "\($0)".contains("are both set") } == true)
        let named = try data.masterKey(["PAYROUTER_MASTER_KEY_FILE": path + "/elsewhere"], makeIfMissing: true)
        await (try await data.openStore(named)).close()
    }

    @Test
    func `no new key is made beside an old store`() async throws {
        let path = folder()
        await (try open(path, Self.first)).close()
        let data = try DataFolder(path: path)
        do {
            _ = try data.masterKey([:], makeIfMissing: true)
            Issue.record("a key was made")
        } catch { #expect("\(error)".contains("master key that is missing"), "\(error)") }
        #expect(!FileManager.default.fileExists(atPath: path + "/master.key"))
        let fresh = try DataFolder(path: folder())
        _ = try fresh.masterKey([:], makeIfMissing: true)
    }

    @Test
    func `a command's folder is the router's: an app made under one key is not served under another`() async throws {
        let path = folder()
        let store = try await open(path, Self.first)
        let id = AppID(at: HostClock().now, from: SystemRandom())
        try await store.insert(App(id: id, name: "shop", isEnabled: true, createdAt: HostClock().now))
        await store.close()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        var options = HostOptions(
            configurationPath: root + "/providers.json", port: 0, dataPath: path, sandbox: .inProcess(port: 0),
            sandboxSupport: .builtIn,
            environment: ["PAYROUTER_MASTER_KEY": Self.second])
        options.logSink = { _ in }
        let refused = options
        await #expect(throws: StartFailure.self) { try await RouterHost.make(refused, kinds: BuiltInKinds.all) }
    }

    @Test
    func `a lock that another command gives back in a moment is waited for`() async throws {
        let path = folder()
        var first: (any InstalledStore)? = try await open(path, Self.first)
        async let second = open(path, Self.first)
        await first?.close()
        first = nil
        await (try second).close()
    }
}
