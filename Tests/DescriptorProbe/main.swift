import CDescriptors
import CurlTransport
import Dispatch
import Glibc
import Host
import Router

/// A process that uses up its own descriptors and then does one thing, so that tests can see whether it lives.
///
/// Arguments: what it does (`work`, `sleep`, `wire`, `store`), and `bare` to leave out what a router does at its start.

/// Prints a line at once.
func say(_ words: Any...) {
    let line = Array((words.map { "\($0)" }.joined(separator: " ") + "\n").utf8)
    _ = write(1, line, line.count)
}

/// Takes every descriptor there is.
@discardableResult
func useUp() -> [Int32] {
    var taken: [Int32] = []
    while true {
        let descriptor = dup(0)
        guard descriptor >= 0 else { return taken }
        taken.append(descriptor)
    }
}

/// A place to wait at for whatever may never come.
func within(seconds: Int, _ body: @escaping @Sendable () async -> Void) -> Bool {
    let done = DispatchSemaphore(value: 0)
    Task {
        await body()
        done.signal()
    }
    return done.wait(timeout: .now() + .seconds(seconds)) == .success
}

/// Keeps more work waiting than there are threads for, longer than libdispatch takes between two looks at them.
func work() {
    let end = DispatchTime.now() + .milliseconds(2_500)
    for _ in 0..<200 {
        DispatchQueue.global().async { while DispatchTime.now() < end { usleep(1_000) } }
    }
    while DispatchTime.now() < end { usleep(10_000) }
    say("alive")
}

/// Sleeps by each clock.
func sleepByEach() {
    let continuous = within(seconds: 3) { try? await Task.sleep(for: .milliseconds(20), clock: .continuous) }
    let suspending = within(seconds: 3) { try? await Task.sleep(for: .milliseconds(20), clock: .suspending) }
    let wall = DispatchSemaphore(value: 0)
    DispatchQueue.global().asyncAfter(wallDeadline: .now() + .milliseconds(20)) { wall.signal() }
    let isWall = wall.wait(timeout: .now() + .seconds(3)) == .success
    say("continuous \(continuous) suspending \(suspending) wall \(isWall)")
}

/// Sends to an address, to a name, and over TLS, while there is no descriptor and when there are some again.
func wire() async throws {
    let transport = try CurlTransport()
    let limits = WireLimits(connectMilliseconds: 2_000, totalMilliseconds: 2_000)
    func send(_ url: String) async -> String {
        let gate = SendGate { true }
        let report = await transport.send(
            WireRequest(.post, url, body: [1]),
            terms: SendTerms(
                limits: limits, scope: ConnectionScope(owner: "probe"), mayReuseConnection: false, gate: gate))
        guard case .failure(let failure) = report.result else { return "answered" }
        return "\(failure.kind.rawValue) \(report.gateOpened ? "open" : "shut")"
    }
    let taken = useUp()
    for url in ["http://127.0.0.1:9/", "https://127.0.0.1:9/", "http://localhost:9/", "https://name.invalid/"] {
        say(url, await send(url), transport.isExhausted)
    }
    // A few are enough to begin a look-up and too few to end it.
    for number in 0..<3 {
        close(taken[number])
        say("with \(number + 1)", await send("https://name.invalid/"))
    }
    for descriptor in taken.dropFirst(3) { close(descriptor) }
    say("later", await send("http://127.0.0.1:9/"), transport.isExhausted)
    await transport.shutdown(grace: .zero)
}

/// Writes to the store and reads from it, several at once.
func store(in folder: String) async throws {
    guard let key = MasterKey(bytes: Array(repeating: 7, count: 32)) else { return }
    let store = try await DataFolder(path: folder).openStore(key)
    let taken = useUp()
    try await store.setFact("a", "b")
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<16 { group.addTask { _ = try await store.fact("a") } }
        try await group.waitForAll()
    }
    for descriptor in taken { close(descriptor) }
    await store.close()
    say("stored")
}

let what = CommandLine.arguments.dropFirst().first ?? ""
if !CommandLine.arguments.contains("bare") { _ = await ProcessStart.prepare() }
switch what {
case "work":
    // The look at the threads begins with the first of them.
    await withCheckedContinuation { done in DispatchQueue.global().async { done.resume() } }
    if CommandLine.arguments.contains("bare") { try? await Task.sleep(for: .milliseconds(1)) }
    useUp()
    work()
case "sleep":
    useUp()
    sleepByEach()
case "wire": try await wire()
case "store": try await store(in: CommandLine.arguments[2])
default: say("in front \(cdescriptors_isInFront()) open \(DescriptorLimit.open ?? -1) of \(DescriptorLimit.current)")
}
_exit(0)
