package import Router

// What a case holds, or `nil` if it is another case: a test says `try #require(result.done)`.

extension Engine.CommandResult {
    package var done: (file: OrderFile, status: Int)? {
        if case .done(let file, let status) = self { (file, status) } else { nil }
    }
    package var replayed: (file: OrderFile, binding: Binding)? {
        if case .replayed(let file, let binding) = self { (file, binding) } else { nil }
    }
    package var keyReused: Binding? { if case .keyReused(let value) = self { value } else { nil } }
    package var noRoute: RouteDecision? { if case .noRoute(let value) = self { value } else { nil } }
    package var noProviderNow: RouteDecision? { if case .noProviderNow(let value) = self { value } else { nil } }
    package var isUnknown: Bool { if case .unknown = self { true } else { false } }
    package var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
    package var notPossible: OrderFile? { if case .notPossible(let value) = self { value } else { nil } }
    package var codeUnchecked: OrderFile? { if case .codeUnchecked(let value) = self { value } else { nil } }
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
    package var checked: OrderFile? { if case .checked(let value) = self { value } else { nil } }
    package var known: (file: OrderFile, next: Moment)? {
        if case .known(let file, let next) = self { (file, next) } else { nil }
    }
    package var tooOften: Moment? { if case .tooOften(let value) = self { value } else { nil } }
}

extension Engine.Chosen {
    package var begun: OrderFile? { if case .begun(let value) = self { value } else { nil } }
    package var noRoute: RouteDecision? { if case .noRoute(let value) = self { value } else { nil } }
    package var tooLate: OrderFile? { if case .tooLate(let value) = self { value } else { nil } }
}

extension Engine.SignResult {
    package var refused: OrderFile.SigningRefusal? { if case .refused(_, let why) = self { why } else { nil } }
    package var referenceTaken: OrderFile? { if case .referenceTaken(let value) = self { value } else { nil } }
}

extension OrderFile.SigningRefusal {
    package var tooEarly: Moment? { if case .tooEarly(let value) = self { value } else { nil } }
    package var givenBack: Money? { if case .givenBack(let value) = self { value } else { nil } }
}
