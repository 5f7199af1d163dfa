import Foundation
import Glibc
import Providers
import Router
import SQLiteStore
import Testing

@testable import Host

/// Data folders may lie anywhere.
@Suite("Paths of data folders", .timeLimit(.minutes(10)))
struct DataPathTests {
    /// A path of so many bytes, 90 at least, of folders that are not there yet.
    private func path(_ count: Int, _ word: String = "abcdefgh") -> String {
        var path = NSTemporaryDirectory() + UUID().uuidString
        while path.utf8.count < count {
            let left = count - path.utf8.count - 1
            let take = left == 101 ? 99 : min(100, left)
            var part = ""
            while part.utf8.count + word.utf8.count <= take { part += word }
            path += "/" + part + String(repeating: "x", count: take - part.utf8.count)
        }
        return path
    }

    @Test(arguments: [(90, "a b"), (107, "abc"), (200, "abcdefgh"), (200, "d\u{E9}p\u{F4}t 1 "), (440, "x")])
    func `a router runs in it, and commands find it`(_ count: Int, _ word: String) async throws {
        let folder = path(count, word)
        let router = try await RunningRouter(folder: folder)
        let client = ControlClient(path: folder + "/control.sock")
        #expect(try await client.isAnswered)
        #expect(try await client.send(.get, "/apps")?.get().status == 200)
        let shop: JSONValue = ["name": "shop", "environment": "sandbox"]
        #expect(try await client.send(.post, "/apps", shop)?.get().status == 201)
        var facts = stat()
        #expect(stat(folder + "/control.sock", &facts) == 0 && facts.st_mode & 0o777 == 0o600)
        // A second one hears of the first.
        var options = router.host.options
        options.port = try FreePort.pick()
        let second = options
        let failure = await #expect(throws: StartFailure.self) {
            try await RouterHost.make(second, kinds: BuiltInKinds.all)
        }
        #expect(failure.map { "\($0)".contains("a router is running on \(folder)") } == true)
        await router.stop()
        #expect(try await !client.isAnswered)
        #expect(!FileManager.default.fileExists(atPath: folder + "/control.sock"))
        try? FileManager.default.removeItem(atPath: folder)
    }

    @Test(arguments: [488, 600, 3_000])
    func `what the database cannot take is told with its limit`(_ count: Int) async throws {
        let data = try DataFolder(path: path(count, "x"))
        let master = try data.masterKey([:], makeIfMissing: true)
        let failure = await #expect(throws: StartFailure.self) { try await data.openStore(master) }
        let text = failure.map { "\($0)" } ?? ""
        #expect(text.contains("has \(count) bytes, and the database takes 487 at most"), "\(text)")
        #expect(text.contains("--data"), "\(text)")
    }

    @Test
    func `up to the limit it is opened; a link does not help beyond it`() async throws {
        let data = try DataFolder(path: path(487, "x"))
        let master = try data.masterKey([:], makeIfMissing: true)
        await (try data.openStore(master)).close()
        let link = NSTemporaryDirectory() + UUID().uuidString
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: try DataFolder(path: path(600)).path)
        let behind = try DataFolder(path: link)
        await #expect(throws: StartFailure.self) { try await behind.openStore(master) }
    }

    @Test
    func `one that the system cannot take is told so`() {
        let failure = #expect(throws: StartFailure.self) { try DataFolder(path: path(5_000)) }
        #expect(failure.map { "\($0)".contains("File name too long") } == true)
    }
}
