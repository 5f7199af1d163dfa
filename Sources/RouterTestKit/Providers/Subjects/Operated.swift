import Router

/// One operation of a provider under one name, whatever protocol it comes from.
struct Operated: Sendable {
    let provider: any PaymentProvider
    let description: OperationDescription
    let step: Step

    init(_ provider: any PaymentProvider, _ description: OperationDescription) {
        self.provider = provider
        self.description = description
        step = Step(description)
    }

    var name: String { step.rawValue }
    var asked: AskedMovement { AskedMovement(description.order) }
    var contract: ProviderContract { provider.manifest.contract(for: step.operation) }

    /// What preparing gives; `nil` if the provider has no such operation.
    func prepare(asking wire: any Asking) async -> Result<Prepared, PreparationFailure>? {
        do throws(PreparationFailure) {
            switch (description.order, provider) {
            case (.collect(let order), let provider as any Confirming) where description.confirmation != nil:
                guard let confirmation = description.confirmation else { return nil }
                return .success(.request(try await provider.prepare(order, confirmedBy: confirmation, asking: wire)))
            case (.collect(let order), let provider as any Collecting):
                return .success(try await provider.prepare(order, asking: wire))
            case (.payout(let order), let provider as any PayingOut):
                return .success(.request(try await provider.preparePayout(order, asking: wire)))
            case (.refund(let order), let provider as any Refunding):
                return .success(.request(try await provider.prepareRefund(order, asking: wire)))
            case (.capture(let order), let provider as any Capturing):
                return .success(.request(try await provider.prepareCapture(order, asking: wire)))
            case (.void(let order), let provider as any Voiding):
                return .success(.request(try await provider.prepareVoid(order, asking: wire)))
            default: return nil
            }
        } catch {
            return .failure(error)
        }
    }

    /// What a reply to the money request proves.
    func read(_ reply: WireReply) -> Reading {
        switch (description.order, provider) {
        case (.collect(let order), let provider as any Confirming) where description.confirmation != nil:
            Reading(provider.readConfirmation(reply, to: order))
        case (.collect(let order), let provider as any Collecting): Reading(provider.read(reply, to: order))
        case (.payout(let order), let provider as any PayingOut): Reading(provider.readPayout(reply, to: order))
        case (.refund(let order), let provider as any Refunding): Reading(provider.readRefund(reply, to: order))
        case (.capture(let order), let provider as any Capturing): Reading(provider.readCapture(reply, to: order))
        case (.void(let order), let provider as any Voiding): Reading(provider.readVoid(reply, to: order))
        default: .unclear
        }
    }

    /// The phases of which the description has a table.
    var subjects: [Subject] {
        var subjects: [Subject] = []
        if let table = description.reply {
            subjects.append(
                Subject(name: "\(name): reply", table: table, asked: asked, isQuestion: false) { read($0) })
        }
        if let table = description.check, let checking = provider as? any Checking {
            let questions = description.questions
            let order = description.order
            subjects.append(
                Subject(name: "\(name): check", table: table, asked: asked, isQuestion: true) { reply in
                    let wire = ScriptedAsking { table.answers($0) ? reply : questions($0) }
                    return Reading(await checking.check(order, asking: wire))
                })
        }
        return subjects
    }
}
