import Router

/// Attempts that succeeded before the rule of one attempt per operator's reference, and how they come under it.
extension StoreContractSuite {
    func olderProofs(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = ProofMaker(records: bench.records)
        let payment = maker.unit("like its payment", key: "payment's")
        await bench.commit(store, payment)
        // Those that are left out, each for another reason, stand between those that are found.
        let units = [
            maker.unit("op-1"), maker.unit("keyed", key: "taken"), maker.unit("op-2"), maker.unit(nil),
            maker.unit("pending", state: .pending), maker.unit("ours", reference: "ours"),
            maker.unit("like its payment", kind: .refund, parent: payment.order.id),
            maker.unit("op-3", kind: .refund, parent: payment.order.id),
        ]
        for unit in units { await bench.commit(store, unit) }
        let wanted = [units[0], units[2], units[7]]

        let found = try await store.unkeyedProofs(after: 0, limit: 100)
        bench.equal(
            found.map(\.order), wanted.map(\.order.id), "succeeded attempts without a key are found, oldest first")
        bench.equal(found.map(\.operatorReference), ["op-1", "op-2", "op-3"], "... with their operators' references")
        bench.equal(found.map(\.operation), wanted.map(\.order.purpose), "... and what they are about")
        bench.equal(found.map(\.provider), ["a", "a", "a"], "... and where")
        guard found.count == 3 else { return }
        let (first, second, third) = (found[0].number, found[1].number, found[2].number)
        bench.expect(first < second && second < third, "numbers rise")
        bench.equal(
            try await store.unkeyedProofs(after: first, limit: 1), [found[1]], "a batch begins after a number")

        let doubles = try await store.keyProofs([(first, "one"), (second, "taken"), (third, "one")])
        bench.equal(doubles, [second, third], "whose key is another attempt's is told")
        bench.equal(
            try await store.unkeyedProofs(after: 0, limit: 100).map(\.number), [second, third],
            "... and keeps none")
        bench.equal(
            await store.commit([maker.unit("again", key: "one")], epoch: 1), .refused(.proof),
            "a key given later is as good as any")
        bench.equal(try await store.keyProofs([(third, "three")]), [], "a free key is taken")
        bench.equal(
            try await store.unkeyedProofs(after: 0, limit: 100).map(\.number), [second], "... by that attempt")
    }
}

/// Orders with one attempt that an operator's reference stands for.
private struct ProofMaker {
    let records: RecordFactory

    func unit(
        _ operatorReference: String?, key: String? = nil, state: AttemptState = .succeeded, reference: String? = nil,
        kind: OrderKind = .payment, parent: OrderID? = nil
    ) -> UnitOfWork {
        let order = records.order(id: records.id(kind), parent: parent)
        var attempt = Attempt(
            id: records.id(), of: order, ordinal: 1, provider: "a", channel: "card", scope: "s",
            reference: reference ?? order.id.text, createdAt: records.base, epoch: 1,
            state: state, history: [])
        attempt.operatorReference = operatorReference
        attempt.proofKey = key
        var unit = records.insert(order)
        unit.newAttempts = [attempt]
        return unit
    }
}
