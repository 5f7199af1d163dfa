import Router
import RouterTestKit
import Testing

/// That the conformance suite bites: a provider that is right passes, and each mistake is called by its name.
@Suite("Conformance: planted mistakes")
struct PlantedMistakesTests {
    private static let planted: [(provider: any WholeProvider, caught: String)] = [
        (Planted.TrustsTheStatus(), "payout: reply: a reply that is an HTML page with status 202 passes for pending"),
        (Planted.TakesUnknownForSuccess(), "confirm: reply: "),
        (Planted.TakesPendingForSucceeded(), "is listed as pending, and read as executed"),
        (Planted.TakesTimeoutForRefusal(), "is listed as unclear, and read as refused"),
        (Planted.TakesLaterForNever(), "is listed as refused for now, and read as refused"),
        (Planted.EchoesTheAmount(), "refund: reply: another amount at /amount"),
        (Planted.IgnoresTheCurrency(), "check: another currency at /currency"),
        (Planted.IgnoresTheReference(), "void: reply: another reference at /reference"),
        (Planted.BelievesAnyAbsence(), "check: a reply that is an HTML page with status 404 passes for absent"),
        (Planted.VerifiesNothing(), "a notification changed at /amount counts as signed"),
        (Planted.VerifiesIfSigned(), "a notification with no signature counts as signed"),
        (Planted.LogsInAnyhow(), "login main: a reply that is an HTML page with status 200 passes for executed"),
        (Planted.CountsNothingAsZero(), "balance: a reply that is an HTML page with status 200 passes for executed"),
        (Planted.KnowsNobody(), "party: a reply that is an HTML page with status 404 passes for absent"),
        (Planted.EndsPaidPages(), "withdraw: "), (Planted.SealsThePassword(), "payout: a secret stands in the sealed"),
        (Planted.NumbersEveryRequest(), "void: preparing the same order twice gives two results"),
        (Planted.SignsAnotherAmount(), "sign changed more than credentials"),
        (Planted.AsksInVain(), "refund: a preparation whose answer is an HTML page with status 200 goes on"),
        (Planted.AsksUndeclared(), "refund: preparing asks the operator, and declares that it does not"),
        (Planted.NamesItself(), "payout: reply: the good reply passes our own reference off"),
    ]

    @Test
    func `a provider that keeps every promise passes, and everything was tried`() async throws {
        let report = await ProviderConformance(Right(), try RightDescription.whole()).report()
        #expect(report.violations == [])
        for operation in ["confirm", "hold", "payout", "refund", "capture", "void"] {
            for phase in ["reply", "check"] {
                for attack in ["listed", "hostile", "codes", "members", "changed facts"] {
                    #expect(report.tried["\(operation): \(phase): \(attack)", default: 0] > 0)
                }
            }
        }
        let forged = report.tried.filter { $0.key.hasSuffix("callback: forgery") }.values.reduce(0, +)
        #expect(forged > 20)
    }

    @Test(arguments: planted.indices)
    func `each mistake is caught by name`(index: Int) async throws {
        let (provider, caught) = Self.planted[index]
        let found = await ProviderConformance(provider, try RightDescription.whole()).violations()
        #expect(found.contains { $0.contains(caught) }, "\(type(of: provider)): \(found.prefix(5))")
    }

    @Test
    func `a mistake in one operation is not blamed on another`() async throws {
        let found = await ProviderConformance(Planted.TrustsTheStatus(), try RightDescription.whole()).violations()
        #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix("payout: reply: ") })
    }

    @Test
    func `a description that leaves something out fails, and one that leaves everything out fails most`() async throws {
        let empty = await ProviderConformance(Right(), ProviderDescription(secrets: [], operations: [])).violations()
        for step in ["confirm", "hold", "payout", "refund", "capture", "void", "login", "balance", "party", "withdraw"]
        {
            #expect(empty.contains { $0.hasPrefix(step + ":") }, "\(step)")
        }
        #expect(empty.contains { $0.hasPrefix("callback:") })

        var silent = try RightDescription.whole()
        for index in silent.operations.indices {
            silent.operations[index].reply?.amount = .omitted
            silent.operations[index].check?.currency = .omitted
        }
        let found = await ProviderConformance(Right(), silent).violations()
        let amount = "payout: reply: the amount is said to be left out, and stands at /amount"
        #expect(found.contains(amount))
        #expect(found.contains { $0.contains("refund: check: the currency is said to be left out") })

        var blind = try RightDescription.whole()
        for index in blind.operations.indices {
            blind.operations[index].reply?.rows.removeAll { $0.meaning == .executed }
            blind.operations[index].check = nil
        }
        blind.callbacks = []
        let unseen = await ProviderConformance(Right(), blind).violations()
        #expect(unseen.contains("capture: no reply, check or callback is described that says it was executed"))
        #expect(unseen.contains { $0.hasPrefix("capture: the contract says that it can be asked about") })
    }

    @Test
    func `declared facts that contradict each other, and accounts without a name or with a secret in it, are told`()
        async throws
    {
        var nameless = Declared(manifest: RightProvider.manifest)
        nameless.manifest.account = ""
        var found = await ProviderConformance(nameless, try RightDescription.whole()).violations()
        #expect(found.contains { $0.contains("no account") })
        nameless.manifest.account = RightProvider.password.reveal()
        found = await ProviderConformance(nameless, try RightDescription.whole()).violations()
        #expect(found.contains { $0.contains("a secret stands in the account") })
        nameless.manifest = RightProvider.manifest
        nameless.manifest.refund?.contract.absenceIsAuthoritative = true
        nameless.manifest.refund?.contract.check = .none
        found = await ProviderConformance(nameless, try RightDescription.whole()).violations()
        #expect(found.contains { $0.contains("absence cannot be authoritative") })
    }

    private struct Declared: WholeProvider {
        var manifest: ProviderManifest
    }
}
