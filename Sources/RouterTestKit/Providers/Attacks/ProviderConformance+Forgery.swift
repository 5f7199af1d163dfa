import Router

extension ProviderConformance {
    /// What is forged is refused or counts for nothing: no proof, or exactly what the true notification says.
    func attackForgery(_ notified: Notified, _ tally: inout Tally) {
        let description = notified.description
        let trust = notified.contract.callback
        if trust == .signed, description.signature == nil {
            tally.add("\(notified.name): the contract says signed, and no signature is described")
        }
        var isProven = false
        for row in description.table.rows {
            guard let body = row.body else { continue }
            let good = description.make(body)
            let verdict = notified.receive(good)
            if verdict != notified.receive(good) { tally.add("\(notified.name): receiving is not pure") }
            isProven = isProven || verdict.proof == .signature
            if verdict.proof == .signature, trust != .signed {
                tally.add("\(notified.name): a signature is claimed that the contract does not know")
            }
            if let signature = description.signature {
                for (name, forged) in signature.forgeries(of: good) {
                    tally.count("\(notified.name): forgery")
                    let counted = notified.receive(forged)
                    if counted.proof == .signature || (counted == verdict && verdict.proof != .nothing) {
                        tally.add("\(notified.name): a notification with \(name) counts as signed")
                    }
                }
            }
            attackContent(good, verdict, notified, signed: description.signature, &tally)
            attackSender(good, notified, &tally)
        }
        if trust == .signed, !isProven {
            tally.add("\(notified.name): no described notification comes with the signature that the contract promises")
        }
    }

    /// Content changed behind the signature's back, and content that is none.
    private func attackContent(
        _ good: InboundCallback, _ verdict: CallbackVerdict, _ notified: Notified,
        signed: CallbackDescription.SignaturePlace?, _ tally: inout Tally
    ) {
        for (name, bytes) in HostileReplies.bodies(from: good.body) where !bytes.isEmpty || !good.body.isEmpty {
            var hostile = good
            hostile.body = bytes
            if !good.query.isEmpty { hostile.query = String(decoding: bytes, as: UTF8.self) }
            tally.count("\(notified.name): forgery")
            let counted = notified.receive(hostile)
            if case .refused = counted { continue }
            tally.add("\(notified.name): a notification that is \(name) is not refused")
        }
        guard let signed else { return }
        for (place, forged) in signed.changes(of: good) {
            tally.count("\(notified.name): forgery")
            let counted = notified.receive(forged)
            // What is not signed may change, as long as nothing comes of it.
            if counted.proof == .signature, counted != verdict {
                tally.add("\(notified.name): a notification changed at \(place) counts as signed")
            }
        }
    }

    /// Where an address counts, it must be the operator's.
    private func attackSender(_ good: InboundCallback, _ notified: Notified, _ tally: inout Tally) {
        for peer in ["203.0.113.77", "2001:db8::77", ""] where peer != good.peer {
            var elsewhere = good
            elsewhere.peer = peer
            tally.count("\(notified.name): sender")
            if notified.receive(elsewhere).proof == .listedAddress {
                tally.add("\(notified.name): a notification from anywhere counts as the operator's")
            }
        }
    }
}
