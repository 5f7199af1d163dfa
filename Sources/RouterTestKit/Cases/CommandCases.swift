package import Router

// What a case holds, or `nil` if it is another case: a test says `try #require(result.done)`.

extension Engine.CommandResult {
    package var done: (aggregate: OrderAggregate, status: Int)? {
        if case .done(let aggregate, let status) = self { (aggregate, status) } else { nil }
    }
    package var replayed: (aggregate: OrderAggregate, idempotencyRecord: IdempotencyRecord)? {
        if case .replayed(let aggregate, let idempotencyRecord) = self { (aggregate, idempotencyRecord) } else { nil }
    }
    package var keyReused: IdempotencyRecord? { if case .keyReused(let value) = self { value } else { nil } }
    package var noRoute: RouteDecision? { if case .noRoute(let value) = self { value } else { nil } }
    package var noProviderNow: RouteDecision? { if case .noProviderNow(let value) = self { value } else { nil } }
    package var isUnknown: Bool { if case .unknown = self { true } else { false } }
    package var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
    package var notPossible: OrderAggregate? { if case .notPossible(let value) = self { value } else { nil } }
    package var codeUnchecked: OrderAggregate? { if case .codeUnchecked(let value) = self { value } else { nil } }
    package var unusableInput: String? { if case .unusableInput(let value) = self { value } else { nil } }
    package var notAccepted: AcceptanceRefusal? { if case .notAccepted(_, let why) = self { why } else { nil } }
    package var possibleDuplicate: (holder: Order, isRepeatable: Bool)? {
        if case .possibleDuplicate(let holder, let isRepeatable) = self { (holder, isRepeatable) } else { nil }
    }
    package var refused: FollowUpRefusal? { if case .refused(_, let why) = self { why } else { nil } }
}

extension FollowUpRefusal {
    package var exceeds: Money? { if case .exceeds(let value) = self { value } else { nil } }
    package var notSupported: String? { if case .notSupported(let value) = self { value } else { nil } }
}

extension Engine.CheckResult {
    package var checked: OrderAggregate? { if case .checked(let value) = self { value } else { nil } }
    package var known: (aggregate: OrderAggregate, next: Moment)? {
        if case .known(let aggregate, let next) = self { (aggregate, next) } else { nil }
    }
    package var tooOften: Moment? { if case .tooOften(let value) = self { value } else { nil } }
}

extension Engine.Chosen {
    package var begun: OrderAggregate? { if case .begun(let value) = self { value } else { nil } }
    package var noRoute: RouteDecision? { if case .noRoute(let value) = self { value } else { nil } }
    package var tooLate: OrderAggregate? { if case .tooLate(let value) = self { value } else { nil } }
}

extension Engine.SignResult {
    package var refused: OrderAggregate.SigningRefusal? { if case .refused(_, let why) = self { why } else { nil } }
    package var referenceTaken: OrderAggregate? { if case .referenceTaken(let value) = self { value } else { nil } }
}

extension OrderAggregate.SigningRefusal {
    package var tooEarly: Moment? { if case .tooEarly(let value) = self { value } else { nil } }
    package var givenBack: Money? { if case .givenBack(let value) = self { value } else { nil } }
}
