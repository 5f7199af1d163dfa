import Router
import Synchronization
import WebText

/// A safe live check of one provider: address, name lookup, connection, TLS, credentials, clock, callback address.
///
/// Only asks; no money request is ever sent.
struct ProviderTest {
    /// How one part went.
    enum Grade: String, Sendable, CaseIterable { case good = "ok", doubtful = "warning", bad = "failed" }

    /// One part, and what to do about it.
    struct Finding: Sendable, Hashable {
        var part: String
        var grade: Grade
        var detail: String
        var remedy: String?
    }

    /// How all parts went.
    struct Report: Sendable, Hashable {
        var findings: [Finding]
        /// When it began.
        var at: Moment
        /// How long the first question was under way, in milliseconds; `nil` if nothing was asked.
        var milliseconds: Int64?
    }

    let runtime: ProviderRuntime
    let transport: any Transport
    let time: any TimeSource
    /// Where operators reach this router; `nil` if not known here.
    let publicURL: String?

    /// How far the operator's clock and ours may be apart, in seconds.
    static let allowedSkewSeconds: Int64 = 60

    func run() async -> Report {
        let start = time.now
        let recorder = RecordingTransport(transport, time: time)
        let wire = AskingWire(
            runtime: runtime, transport: recorder, time: time, random: SystemRandom(), observer: SilentObserver(),
            order: nil, operation: "test")
        let credentials = await credentials(wire, recorder)
        var findings = connection(recorder)
        findings.append(credentials)
        findings += clock(recorder)
        findings += await callbacks()
        return Report(findings: findings + unverified, at: start, milliseconds: recorder.milliseconds)
    }

    // MARK: Credentials

    private func credentials(_ wire: AskingWire, _ recorder: RecordingTransport) async -> Finding {
        if let provider = runtime.provider as? any CredentialProbing {
            return finding(await provider.probe(asking: wire))
        }
        if runtime.provider is any AccessTokenIssuing {
            do throws(AskFailure) {
                _ = try await wire.token(for: WireRequest(.get, ""))
                return Finding(part: "credentials", grade: .good, detail: "logged in")
            } catch { return finding(error) }
        }
        if let provider = runtime.provider as? any BalanceReporting {
            switch await provider.balances(asking: wire) {
            case .known: return Finding(part: "credentials", grade: .good, detail: "the operator told our balance")
            case .couldNotAnswer(let why): return finding(.unclear(why))
            }
        }
        await reach(wire, recorder)
        return Finding(
            part: "credentials", grade: .doubtful,
            detail: "this kind has no harmless question that shows whether the operator accepts them",
            remedy: "make one small payment and look at its timeline")
    }

    private func finding(_ probe: ProbeFinding) -> Finding {
        switch probe {
        case .accepted(let how): Finding(part: "credentials", grade: .good, detail: how)
        case .refused(let how):
            Finding(
                part: "credentials", grade: .bad, detail: how,
                remedy: "compare the settings and secrets of this provider with what the operator gave you")
        case .unclear(let why):
            Finding(
                part: "credentials", grade: .doubtful, detail: "not shown: \(why)",
                remedy: "try again; if it stays so, ask the operator")
        }
    }

    private func finding(_ failure: AskFailure) -> Finding {
        switch failure {
        case .wire: finding(.unclear("there was no answer"))
        case .loginRefused(let code):
            finding(.refused("the operator refused the login" + (code.map { " (code \($0))" } ?? "")))
        case .loginUnreadable: finding(.unclear("the answer to the login cannot be read"))
        }
    }

    /// For kinds without a harmless question: opens a connection to where a request would go, and asks for nothing.
    private func reach(_ wire: AskingWire, _ recorder: RecordingTransport) async {
        guard let url = await Self.address(of: runtime.provider), let address = try? WebURL(url) else { return }
        _ = await recorder.ask(WireRequest(.get, address.origin + "/"), terms: AskTerms(scope: runtime.connectionScope))
    }

    /// Where a provider would send a collection, found without sending anything.
    private static func address(of provider: any PaymentProvider) async -> String? {
        guard let collecting = provider as? any Collecting, let limits = provider.manifest.currencies.first,
            let channel = provider.manifest.channels.first
        else { return nil }
        let moment = Moment(milliseconds: 0)
        let order = CollectInstruction(
            attempt: AttemptID(at: moment, from: SystemRandom()), reference: "00000000-0000-4000-8000-000000000000",
            channel: channel, amount: Money(limits.minimum, limits.currency),
            customer: Customer(phone: Self.samplePhone(provider.manifest)),
            sourceToken: Secret("tok_test"), returnURLs: ReturnURLs(success: "https://localhost/"),
            callbackURL: "https://localhost/", createdAt: moment)
        let questions = QuestionLog()
        if case .request(let money) = try? await collecting.prepare(order, asking: questions) {
            return money.request.url
        }
        return questions.first
    }

    /// Some number that the provider serves; it is never sent.
    private static func samplePhone(_ manifest: ProviderManifest) -> MSISDN? {
        manifest.phoneCountries.first.flatMap { NumberingPlan.builtIn.country(code: $0)?.sampleNumber }
    }

    // MARK: Wire

    private func connection(_ recorder: RecordingTransport) -> [Finding] {
        guard let (url, failure) = recorder.first else {
            return [Finding(part: "address", grade: .doubtful, detail: "nothing was asked")]
        }
        let origin = (try? WebURL(url))?.origin ?? url
        var findings = [Finding(part: "address", grade: .good, detail: origin)]
        func failed(_ part: String, _ failure: TransportFailure, _ remedy: String) -> [Finding] {
            findings + [Finding(part: part, grade: .bad, detail: "\(failure)", remedy: remedy)]
        }
        switch failure?.kind {
        case .nameLookup?:
            return failed(
                "name lookup", failure ?? TransportFailure(.other), "check the host's spelling and this machine's DNS")
        case .connect?, .addressForbidden?:
            return failed(
                "connection", failure ?? TransportFailure(.other),
                "check port and firewall; many operators only answer addresses on their list")
        case .tls?:
            return failed(
                "tls", failure ?? TransportFailure(.other),
                "the certificate must be valid for this host; check the address and this machine's CA certificates")
        case let kind?:
            findings.append(
                Finding(
                    part: "connection", grade: .bad, detail: "no complete answer: \(kind.rawValue)",
                    remedy: "try again; if it stays so, ask the operator"))
        case nil: findings.append(Finding(part: "connection", grade: .good, detail: "the operator answers"))
        }
        let isSecure = origin.hasPrefix("https://")
        findings.append(
            isSecure
                ? Finding(part: "tls", grade: .good, detail: "certificate and host name verified")
                : Finding(part: "tls", grade: .good, detail: "plain http to this machine, as the sandbox allows"))
        return findings
    }

    private func clock(_ recorder: RecordingTransport) -> [Finding] {
        guard let theirs = recorder.operatorTime else {
            return [Finding(part: "clock", grade: .doubtful, detail: "the operator's answers carry no date")]
        }
        let skew = (theirs.milliseconds - time.now.milliseconds) / 1_000
        guard abs(skew) > Self.allowedSkewSeconds else {
            return [
                Finding(part: "clock", grade: .good, detail: "within \(Self.allowedSkewSeconds) s of the operator's")
            ]
        }
        return [
            Finding(
                part: "clock", grade: .bad, detail: "\(abs(skew)) s \(skew > 0 ? "behind" : "ahead of") the operator's",
                remedy: "set this machine's clock; tokens and signatures depend on it")
        ]
    }

    // MARK: Callbacks

    private func callbacks() async -> [Finding] {
        guard runtime.provider is any ReceivingCallbacks else {
            return [Finding(part: "callbacks", grade: .good, detail: "this kind has none")]
        }
        guard let publicURL else {
            return [
                Finding(
                    part: "callbacks", grade: .doubtful, detail: "the router's public address is not known here",
                    remedy: "give --public-url to check that it leads to a running router")
            ]
        }
        let address = "\(publicURL)/callbacks/\(runtime.id)"
        guard publicURL.hasPrefix("https://") || runtime.environment == .sandbox else {
            return [
                Finding(part: "callbacks", grade: .bad, detail: address, remedy: "operators need an https address")
            ]
        }
        let reply = await transport.ask(
            WireRequest(.get, publicURL + "/health/live"), terms: AskTerms(scope: ConnectionScope(owner: "self")))
        guard case .success(let reply) = reply, reply.status == 200 else {
            return [
                Finding(
                    part: "callbacks", grade: .bad, detail: "no router answers at \(publicURL)",
                    remedy: "start the router, and let the proxy in front of it pass /callbacks/ through")
            ]
        }
        return [Finding(part: "callbacks", grade: .good, detail: "register \(address) with the operator")]
    }

    private var unverified: [Finding] {
        let points = runtime.manifest.unverified
        guard !points.isEmpty else { return [] }
        return [
            Finding(
                part: "unverified", grade: .doubtful, detail: points.joined(separator: "; "),
                remedy: "have the operator confirm these before real money moves; see docs/unverified.md")
        ]
    }
}

/// Passes questions on and remembers what became of them; sends no money request.
final class RecordingTransport: Transport {
    private let base: any Transport
    private let time: any TimeSource
    private let log = Mutex(Log())

    private struct Log {
        var first: (url: String, failure: TransportFailure?)?
        var milliseconds: Int64?
        var time: Moment?
    }

    init(_ base: any Transport, time: any TimeSource) {
        self.base = base
        self.time = time
    }

    /// The first question: where it went, and why it got no answer.
    var first: (url: String, failure: TransportFailure?)? { log.withLock { $0.first } }
    /// How long the first question was under way.
    var milliseconds: Int64? { log.withLock { $0.milliseconds } }
    /// The `Date` of the newest answer.
    var operatorTime: Moment? { log.withLock { $0.time } }

    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        terms.gate.shut()
        return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.gateRefused)))
    }

    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        let start = time.now
        let result = await base.ask(request, terms: terms)
        let milliseconds = time.now.milliseconds(since: start)
        log.withLock { log in
            log.milliseconds = log.milliseconds ?? milliseconds
            switch result {
            case .success(let reply):
                if log.first == nil { log.first = (request.url, nil) }
                log.time = reply.header("date").flatMap { Moment(httpDate: $0, now: time.now) } ?? log.time
            case .failure(let failure): if log.first == nil { log.first = (request.url, failure) }
            }
        }
        return result
    }
}

/// Refuses questions and remembers where the first would have gone.
private final class QuestionLog: Asking {
    private let url = Mutex<String?>(nil)

    var first: String? { url.withLock { $0 } }

    func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        url.withLock { $0 = $0 ?? request.url }
        throw .wire(TransportFailure(.gateRefused))
    }
}

/// Hears nothing.
struct SilentObserver: EngineObserver {
    func record(_ event: EngineEvent) {}
}
