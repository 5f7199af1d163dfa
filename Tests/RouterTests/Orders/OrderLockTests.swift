import Router
import RouterTestKit
import Testing

/// Which orders share a lock, and what the rule says of every state of an earlier one.
@Suite struct OrderLockTests {
    // MARK: Who shares a lock

    private func order(
        _ kind: OrderKind = .payment, number: String? = "cart-1", units: Int64 = 5_000, currency: Currency = .xof,
        phone: String? = "+22890112233", app: AppID = Sample.app, environment: PayEnvironment = .sandbox,
        repeats: OrderID? = nil, id: Int = 1
    ) throws -> Order {
        var request = Sample.request(Money(units, currency))
        request.reference = number
        request.customer.phone = try phone.map { try Sample.phone($0) }
        request.repeatOf = repeats
        return Order(
            id: Self.id(kind, id), app: app, environment: environment, request: request, idempotencyKey: "k\(id)",
            requestID: Sample.requestID, createdAt: .start, plan: [], explanation: .null,
            movement: Sample.movementID)
    }

    private static func id(_ kind: OrderKind, _ number: Int) -> OrderID {
        OrderID(known: kind.prefix + "_01JD3K0000AAAAAAAAAAAAA" + String(100 + number))
    }

    @Test func `payments share a lock by number amount and currency`() throws {
        let lock = try #require(order().lock)
        #expect(try order(phone: nil, id: 2).lock == lock)
        #expect(try order(number: " cart-1 ", id: 2).lock == lock)
        for other in [
            try order(number: "cart-2"), try order(units: 5_001), try order(currency: .usd),
            try order(app: Sample.otherApp),
            try order(environment: .production), try order(.payout), try order(number: "CART-1"),
        ] {
            #expect(other.lock != lock)
        }
        #expect(try order(number: nil).lock == nil)
    }

    @Test func `payouts share a lock by number and payee`() throws {
        let lock = try #require(order(.payout).lock)
        #expect(try order(.payout, units: 1).lock == lock)
        #expect(try order(.payout, currency: .usd).lock == lock)
        #expect(try order(.payout, phone: "+22890112234").lock != lock)
        #expect(try order(.payout, number: "x").lock != lock)
        #expect(try order(.payout, app: Sample.otherApp).lock != lock)
    }

    /// All of them are orders of one app.
    @Test(arguments: [OrderKind.payment, .payout])
    func `each holder's numbers are the holder's own`(kind: OrderKind) throws {
        func lock(_ holder: String?) throws -> OrderLock? {
            var request = try order(kind).request
            request.initiator = holder.map { AccountID(known: $0) }
            return Order(
                id: Self.id(kind, 1), app: Sample.app, environment: .sandbox, request: request, idempotencyKey: "k",
                requestID: Sample.requestID, createdAt: .start, plan: [], explanation: .null,
                movement: Sample.movementID
            ).lock
        }
        let ama = try #require(try lock("acc_01JD3K0000AAAAAAAAAAAAAAAA"))
        #expect(try lock("acc_01JD3K0000AAAAAAAAAAAAAAAA") == ama)
        #expect(try lock("acc_01JD3K0000BBBBBBBBBBBBBBBB") != ama && lock(nil) != ama)
        #expect(try lock(nil) == order(kind).lock, "what apps ask for is as it was")
    }

    @Test func `what belongs to a payment has its cap instead`() throws {
        for kind in [OrderKind.refund, .capture, .void] { #expect(try order(kind).lock == nil) }
    }

    // MARK: The rule

    private enum End: CaseIterable {
        case queued, unknown, review, succeeded, failed, neverSent, lateOpen, lateResolved, disputed
    }

    private func aggregate(
        _ kind: OrderKind, _ end: End, phone: String? = "+22890112233", repeats: OrderID? = nil, id: Int = 1
    ) throws -> OrderAggregate {
        var order = try order(kind, phone: phone, repeats: repeats, id: id)
        var attempts: [Attempt] = []
        func close(_ state: OrderOutcome, _ status: OrderStatus) {
            _ = order.close(state)
            order.status = status
        }
        switch end {
        case .queued: break
        case .unknown: attempts = [Sample.attempt(.unknown)]
        case .review:
            attempts = [Sample.attempt(.unknown)]
            (order.status, order.review) = (.underReview, Review(reason: .outcomeUnknown, since: .start))
        case .succeeded:
            attempts = [Sample.attempt(.succeeded)]
            close(.succeeded, .succeeded)
        case .failed:
            attempts = [Sample.attempt(.rejected)]
            close(.failed, .failed)
        case .neverSent:
            attempts = [Sample.attempt(.notSent), Sample.attempt(.withdrawn, number: 2)]
            close(.failed, .failed)
        case .lateOpen, .lateResolved:
            attempts = [Sample.attempt(.rejected)]
            attempts[0].disputes = [.lateSuccess]
            close(.failed, .failed)
            if end == .lateOpen { order.review = Review(reason: .discrepancy, since: .start) }
        case .disputed:
            attempts = [Sample.attempt(.succeeded)]
            close(.succeeded, .succeeded)
            order.review = Review(reason: .discrepancy, since: .start)
        }
        return OrderAggregate(stored: order, attempts: attempts)
    }

    /// In words, so that a table of cases reads like one.
    private func verdict(_ new: Order, _ listed: [OrderAggregate]) -> String {
        switch OrderLock.decide(new, listed: listed) {
        case .allowed(let keep, let cancel):
            "allowed keep \(keep.map { $0.text.suffix(1) }.joined())"
                + (cancel.map { " cancel \($0.order.id.text.suffix(1))" } ?? "")
        case .duplicate(let holder, let isRepeatable): "duplicate \(holder.order.id.text.suffix(1)) \(isRepeatable)"
        case .wrongRepeat(let holder): "wrong \(holder.map { String($0.order.id.text.suffix(1)) } ?? "none")"
        case .tooMany: "too many"
        }
    }

    @Test func `every end of an earlier payout`() throws {
        let expected: [End: (plain: String, named: String)] = [
            .queued: ("duplicate 1 false", "duplicate 1 false"), .unknown: ("duplicate 1 false", "duplicate 1 false"),
            .review: ("duplicate 1 false", "duplicate 1 false"), .succeeded: ("duplicate 1 true", "allowed keep 1"),
            .failed: ("allowed keep 1", "wrong none"), .neverSent: ("allowed keep ", "wrong none"),
            .lateOpen: ("duplicate 1 false", "duplicate 1 false"),
            .lateResolved: ("duplicate 1 true", "allowed keep 1"),
            .disputed: ("duplicate 1 false", "duplicate 1 false"),
        ]
        for end in End.allCases {
            let listed = [try aggregate(.payout, end)]
            #expect(verdict(try order(.payout, id: 2), listed) == expected[end]?.plain, "\(end)")
            #expect(
                verdict(try order(.payout, units: 1, id: 2), listed) == expected[end]?.plain, "\(end), another amount")
            let named = try order(.payout, repeats: Self.id(.payout, 1), id: 2)
            #expect(verdict(named, listed) == expected[end]?.named, "\(end), named")
            let wrong = try order(.payout, repeats: Self.id(.payout, 7), id: 2)
            let holds = expected[end]?.plain.hasPrefix("duplicate") == true
            #expect(verdict(wrong, listed) == (holds ? "wrong 1" : "wrong none"), "\(end), another one named")
        }
    }

    @Test func `every end of an earlier payment`() throws {
        for end in End.allCases {
            let listed = [try aggregate(.payment, end)]
            let isOpen = [.queued, .unknown, .review].contains(end)
            let named = verdict(try order(repeats: Self.id(.payment, 1), id: 2), listed)
            let plain = verdict(try order(id: 2), listed)
            #expect(plain == (isOpen ? "duplicate 1 \(end == .review)" : "allowed keep "), "\(end)")
            #expect(
                named == (end == .review ? "allowed keep 1 cancel 1" : isOpen ? "duplicate 1 false" : "wrong none"),
                "\(end)")
        }
    }

    @Test func `the newest payout must be named and each once`() throws {
        let first = try aggregate(.payout, .succeeded)
        let second = try aggregate(.payout, .succeeded, repeats: first.order.id, id: 2)
        let third = { (named: Int) in try self.order(.payout, repeats: Self.id(.payout, named), id: 3) }
        #expect(verdict(try third(1), [first, second]) == "wrong 2")
        #expect(verdict(try third(2), [first, second]) == "allowed keep 2", "what was repeated never decides again")
        let failed = try aggregate(.payout, .failed, repeats: first.order.id, id: 2)
        #expect(verdict(try third(1), [first, failed]) == "allowed keep 12", "the one that died frees the name")
        #expect(verdict(try third(2), [first, failed]) == "wrong 1")
        let open = try aggregate(.payout, .unknown, repeats: first.order.id, id: 2)
        #expect(verdict(try third(1), [first, open]) == "wrong 2")
        #expect(verdict(try third(2), [first, open]) == "duplicate 2 false")
    }

    @Test func `an old payout that comes back keeps the rest out`() throws {
        let old = try aggregate(.payout, .lateOpen)
        let second = try aggregate(.payout, .succeeded, id: 2)
        #expect(verdict(try order(.payout, id: 3), [old, second]) == "duplicate 2 false")
        #expect(verdict(try order(.payout, repeats: Self.id(.payout, 2), id: 3), [old, second]) == "duplicate 1 false")
    }

    @Test func `many failed payouts are enough`() throws {
        let failed = try (0..<OrderLock.maximumListed).map { try aggregate(.payout, .failed, id: $0) }
        #expect(verdict(try order(.payout, id: 70), Array(failed.dropLast())).hasPrefix("allowed"))
        #expect(verdict(try order(.payout, id: 70), failed) == "too many")
        let unsent = try (0..<100).map { try aggregate(.payout, .neverSent, id: $0) }
        #expect(verdict(try order(.payout, id: 200), unsent) == "allowed keep ")
    }

    @Test func `different phones do not exclude each other`() throws {
        let other = "+22890999999"
        let open = [try aggregate(.payment, .unknown)]
        #expect(verdict(try order(phone: other, id: 2), open) == "allowed keep 1")
        #expect(verdict(try order(phone: nil, id: 2), open) == "duplicate 1 false")
        let nobody = [try aggregate(.payment, .unknown, phone: nil)]
        #expect(verdict(try order(phone: other, id: 2), nobody) == "duplicate 1 false")
        // Named by a payer's page, not by the caller: it keeps everybody out still.
        var chosen = nobody[0]
        chosen.change { $0.choice = PayerChoice(plan: [], phone: try? Sample.phone(other)) }
        #expect(verdict(try order(id: 2), [chosen]) == "duplicate 1 false")
        let two = [try aggregate(.payment, .unknown), try aggregate(.payment, .unknown, phone: other, id: 2)]
        #expect(verdict(try order(id: 3), two) == "duplicate 1 false")
        #expect(verdict(try order(phone: other, id: 3), two) == "duplicate 2 false")
        #expect(verdict(try order(phone: "+22890777777", id: 3), two) == "allowed keep 12")
    }

    @Test func `a payment is repeated once`() throws {
        let first = try aggregate(.payment, .review)
        let second = try aggregate(.payment, .review, repeats: first.order.id, id: 2)
        let third = { (named: Int) in try self.order(repeats: Self.id(.payment, named), id: 3) }
        #expect(verdict(try third(1), [first, second]) == "wrong 2")
        #expect(verdict(try third(2), [first, second]) == "allowed keep 12 cancel 2")
        #expect(
            verdict(try third(2), [first, try aggregate(.payment, .unknown, repeats: first.order.id, id: 2)])
                == "duplicate 2 false")
        // Two that nobody chained: naming one says nothing about the other.
        let stranger = try aggregate(.payment, .review, phone: "+22890999999", id: 2)
        #expect(
            verdict(try order(phone: nil, repeats: Self.id(.payment, 2), id: 3), [first, stranger])
                == "duplicate 2 false")
    }

    @Test func `an authorized payment is open`() throws {
        var held = try aggregate(.payment, .succeeded)
        held.change { $0.status = .authorized }
        #expect(verdict(try order(id: 2), [held]) == "duplicate 1 false")
        held.change { $0.status = .underReview }
        #expect(
            verdict(try order(repeats: Self.id(.payment, 1), id: 2), [held]) == "duplicate 1 false", "a capture is open"
        )
    }
}
