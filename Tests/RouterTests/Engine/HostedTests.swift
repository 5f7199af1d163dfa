import Router
import RouterTestKit
import Testing

/// Payments whose channel the payer chooses.
@Suite struct HostedTests {
    private static let channels: @Sendable (inout Rig.Setup) -> Void = { setup in
        setup.add("alpha") { base in
            var base = base
            base.manifest.requires = [.phone]
            base.manifest.phoneCountries = ["TG"]
            return base
        }
    }

    private func hosted(_ rig: Rig) async throws -> OrderAggregate {
        var command = rig.command()
        command.request.isHosted = true
        return try rig.done(await rig.engine.create(command))
    }

    @Test func `nothing starts before the choice`() throws {
        try Rig.run(Self.channels) { rig in
            let payment = try await hosted(rig)
            #expect(payment.order.status == .awaitingCustomer && payment.order.awaitsChoice)
            let token = try #require(rig.engine.pages.token(payment.order))
            #expect(
                payment.order.nextActions
                    == [.redirect(url: "https://pay.example/pay/\(payment.order.id)?t=\(token)")])
            await rig.stage.sleep(seconds: 60)
            #expect(rig.operators.requests.isEmpty)
            #expect(
                rig.engine.offers(payment.order).map(\.channel.text) == ["tmoney"]
                    && rig.engine.offers(payment.order).allSatisfy(\.needsPhone))
        }
    }

    @Test func `the choice is taken once and survives`() throws {
        try Rig.run(Self.channels) { rig in
            let payment = try await hosted(rig)
            let phone = try Sample.phone()
            let results = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask(executorPreference: rig.stage) {
                        guard case .begun = await rig.engine.choose(payment.order.id, channel: "tmoney", phone: phone)
                        else { return false }
                        return true
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(results == 1 && rig.operators.requests.count == 1)
            let now = try await rig.reread(payment)
            #expect(now.order.status == .succeeded && now.order.customer.phone == phone)
            #expect(now.order.request.customer.phone == nil, "what was asked for stays as it was")
        }
    }

    @Test func `what does not fit changes nothing`() throws {
        try Rig.run(Self.channels) { rig in
            let payment = try await hosted(rig)
            try #require(
                await rig.engine.choose(payment.order.id, channel: "tmoney", phone: nil).noRoute != nil,
                "begun without a number")
            #expect(try await rig.reread(payment).order.awaitsChoice)
            #expect(rig.operators.requests.isEmpty)
        }
    }

    @Test func `a payer who never chooses lets it expire`() throws {
        try Rig.run(Self.channels) { rig in
            let payment = try await hosted(rig)
            await rig.stage.sleep(seconds: 905)
            let now = try await rig.reread(payment)
            #expect(now.order.status == .failed && now.order.failure?.code == "expired")
            try #require(
                await rig.engine.choose(payment.order.id, channel: "tmoney", phone: try Sample.phone()).tooLate != nil,
                "begun after its end")
        }
    }
}

/// The links to hosted pages.
@Suite struct HostedPagesTests {
    private let end = Moment.start.adding(seconds: 60)

    @Test func `a token opens its payment until its end`() throws {
        let pages = HostedPages(try Sample.dataKeys(1))
        let token = pages.token(Sample.paymentID, until: end)
        #expect(pages.verify(token, Sample.paymentID, at: .start) == .valid)
        #expect(pages.verify(token, Sample.paymentID, at: end) == .expired)
        #expect(pages.verify(token, OrderID(at: .start, from: SeededRandom(9)), at: .start) == .forged)
        #expect(HostedPages(try Sample.dataKeys(2)).verify(token, Sample.paymentID, at: .start) == .forged)
    }

    @Test(arguments: ["", "-", "1", "1-", "-1-00", "99999999999999999999-aa", "x-y", "1-2-3"])
    func `rubbish opens nothing`(text: String) throws {
        #expect(HostedPages(try Sample.dataKeys(1)).verify(text, Sample.paymentID, at: .start) == .forged)
    }

    @Test func `another end is another signature`() throws {
        let pages = HostedPages(try Sample.dataKeys(1))
        let token = pages.token(Sample.paymentID, until: end)
        let signature = try #require(token.split(separator: "-").last)
        let longer = String(end.milliseconds / 1_000 + 3_600) + "-" + signature
        #expect(pages.verify(longer, Sample.paymentID, at: .start) == .forged)
    }
}
