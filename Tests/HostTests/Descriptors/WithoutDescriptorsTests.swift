import Foundation
import Testing

/// A process that has used up its descriptors: it lives, sleeps, stores, and says "not now" about sends.
///
/// Each runs in a process of its own (`Tests/DescriptorProbe`), because descriptors are a process's.
@Suite("Without descriptors", .tags(.realTime), .timeLimit(.minutes(1))) struct WithoutDescriptorsTests {
    private struct Ran {
        var output: String
        var status: Int32
        var reason: Process.TerminationReason
    }

    private static func probe(_ arguments: String...) throws -> Ran {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["prlimit", "--nofile=128:128", folder.path + "/descriptor-probe"] + arguments
        // Without it a process that dies on purpose is examined for seconds.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Ran(output: output, status: process.terminationStatus, reason: process.terminationReason)
    }

    /// The cause: libdispatch opens a file per worker thread each second, and dies if it cannot.
    @Test func `libdispatch survives its look at the threads`() throws {
        let bare = try Self.probe("work", "bare")
        #expect(bare.reason == .uncaughtSignal)
        #expect(bare.status == SIGILL, "the guard is not needed any more if this does not die")
        let guarded = try Self.probe("work")
        #expect(guarded.reason == .exit)
        #expect(guarded.output == "alive\n")
    }

    /// Its epoll and timers are opened on first use: dead without the first, never woken without the second.
    @Test func `every clock wakes who sleeps`() throws {
        #expect(try Self.probe("sleep", "bare").reason == .uncaughtSignal)
        #expect(try Self.probe("sleep").output == "continuous true suspending true wall true\n")
    }

    @Test func `the guard is in front`() throws {
        #expect(try Self.probe("look").output.hasPrefix("in front true"))
    }

    @Test func `a send says not now`() throws {
        let lines = try Self.probe("wire").output.split(separator: "\n")
        #expect(
            lines == [
                "http://127.0.0.1:9/ exhausted shut true", "https://127.0.0.1:9/ exhausted shut true",
                "http://localhost:9/ exhausted shut true", "https://name.invalid/ exhausted shut true",
                "with 1 exhausted shut", "with 2 exhausted shut", "with 3 exhausted shut",
                "later connect shut false",
            ])
    }

    @Test func `the store needs none once it is open`() throws {
        let folder = NSTemporaryDirectory() + "payrouter-probe-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try Self.probe("store", folder).output == "stored\n")
    }
}
