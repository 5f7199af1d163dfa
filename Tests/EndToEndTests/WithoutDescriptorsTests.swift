import Foundation
import Glibc
import Router
import Synchronization
import Testing

/// The real program with 256 descriptors, and strangers who open more connections than that.
///
/// A process of its own: descriptors are a process's.
@Suite("More connections than descriptors", .serialized, .timeLimit(.minutes(3)))
struct WithoutDescriptorsTests {
    @Test(arguments: ["256:256", "128:256"])
    func `no payment ends as not sent, and the process lives`(_ limits: String) async throws {
        // Its peers wait at their sockets: they keep no other test from going on.
        try await withTaskExecutorPreference(OwnThread()) { try await takeEverything(limits) }
    }

    private func takeEverything(_ limits: String) async throws {
        let router = try await Program.start(limits: limits)
        defer { router.kill() }
        let shop = try #require(Peer(port: router.port), "an established connection")
        var payments = [try #require(try shop.create(router.next()).id)]
        var strangers: [Peer] = []
        for number in 0..<300 {
            guard let stranger = Peer(port: router.port) else { break }
            // Half of them begin a body that never ends.
            if number.isMultiple(of: 2) {
                stranger.write("POST /v1/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n")
            }
            strangers.append(stranger)
        }
        var refusals = 0
        for _ in 0..<300 {
            #expect(router.isRunning)
            guard let answer = try? shop.create(router.next()) else { break }
            if let id = answer.id { payments.append(id) }
            guard answer.status != 201, answer.status != 202 else { continue }
            #expect(answer.status == 503)
            #expect(answer.text.lowercased().contains("retry-after"))
            refusals += 1
        }
        strangers.removeAll()
        #expect(router.isRunning)
        let after = try #require(try await router.patiently { Peer(port: router.port) })
        let last = try await router.patiently { try after.create(router.next()).id }
        payments.append(try #require(last))
        for id in payments {
            let end = try await router.patiently { () -> String? in
                let text = try #require(try Peer(port: router.port)?.get("/v1/payments/\(id)")).text
                return text.contains("\"status\":\"succeeded\"") || text.contains("\"status\":\"failed\"") ? text : nil
            }
            #expect(end?.contains("\"status\":\"succeeded\"") == true, "\(id): \(end ?? "no end")")
            #expect(end?.contains("not_sent") == false)
        }
        router.stop()
        #expect(router.exit == 0)
    }
}

/// A `payrouter serve --sandbox` in a process of its own.
private final class Program: Sendable {
    let port: Int
    private let process: Process
    private let folder: String
    private let number = Counter()

    private init(_ process: Process, _ port: Int, _ folder: String) {
        (self.process, self.port, self.folder) = (process, port, folder)
    }

    static func start(limits: String) async throws -> Program {
        let bin = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let folder = NSTemporaryDirectory() + "payrouter-descriptors-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let port = try FreePort.pick()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "prlimit", "--nofile=\(limits)", bin.path + "/payrouter", "serve", "--sandbox", "--config",
            root + "/providers.json", "--port", "\(port)", "--sandbox-port", "\(try FreePort.pick())", "--data", folder,
        ]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        let program = Program(process, port, folder)
        let ready = try await program.patiently {
            try Peer(port: port)?.get("/health/ready").status == 200 ? true : nil
        }
        guard ready != nil else { throw CancellationError() }
        return program
    }

    var isRunning: Bool { process.isRunning }
    var exit: Int32 { process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus }
    func next() -> Int { number.next() }

    /// Tries until something comes of it, for half a minute.
    func patiently<Value: Sendable>(_ body: () throws -> Value?) async throws -> Value? {
        for _ in 0..<300 where process.isRunning {
            if let value = try? body() { return value }
            try await Task.sleep(for: .milliseconds(100))
        }
        return nil
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func kill() { if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) } }
}

private final class Counter: Sendable {
    private let value = Mutex(0)
    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

/// One connection to a router, with one request at a time.
private final class Peer: Sendable {
    struct Answer: Sendable {
        var status: Int
        var text: String
        var id: String? {
            guard status < 300, let start = text.firstRange(of: "\"id\":\"pay_") else { return nil }
            return "pay_" + text[start.upperBound...].prefix { $0 != "\"" }
        }
    }

    struct Gone: Error {}

    private let descriptor: Int32

    init?(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return nil }
    }

    deinit { close(descriptor) }

    func write(_ text: String) { _ = send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

    func get(_ path: String) throws -> Answer { try call("GET", path, [], "") }

    func create(_ number: Int) throws -> Answer {
        try call(
            "POST", "/v1/payments",
            ["Idempotency-Key: shop-among-strangers-\(number)", "Content-Type: application/json"],
            #"{"amount":\#(3_000 + number),"currency":"XOF","channel":"tmoney","customer":{"phone":"+22890000001"}}"#)
    }

    private func call(_ method: String, _ path: String, _ headers: [String], _ body: String) throws -> Answer {
        let lines =
            ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1", "Authorization: Bearer sk_sandbox_demo"] + headers
            + ["Content-Length: \(body.utf8.count)"]
        write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw Gone() }
            bytes += buffer[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
            let head = text[..<end.lowerBound].lowercased()
            let length = head.firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
            guard text[end.upperBound...].utf8.count >= length else { continue }
            let status = Int(text.dropFirst(9).prefix(3)) ?? 0
            return Answer(status: status, text: text)
        }
    }
}
