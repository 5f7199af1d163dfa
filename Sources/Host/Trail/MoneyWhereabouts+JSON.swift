import Router

extension MoneyWhereabouts {
    var json: JSONValue {
        [
            "place": .string(place.name), "text": .string(text),
            "next": .array(
                next.map { step in
                    ["what": .string(step.name), "at": JSONValue(step.at?.description)]
                }),
        ]
    }
}

extension MoneyPlace {
    /// What it is, in a word.
    var name: String {
        switch self {
        case .untouched: "untouched"
        case .asked: "asked"
        case .onItsWay: "on_its_way"
        case .refusedSoFar: "refused_so_far"
        case .unknown: "unknown"
        case .held: "held"
        case .heldOrDecided: "held_or_decided"
        case .moved: "moved"
        case .unmoved: "unmoved"
        case .released: "released"
        case .contradicted: "contradicted"
        case .movedAfterEnd: "moved_after_end"
        case .unclaimed: "unclaimed"
        case .between: "between"
        case .parked: "parked"
        case .givenBack: "given_back"
        }
    }
}

extension NextStep {
    /// What it is, in a word.
    var name: String {
        switch self {
        case .payer: "payer"
        case .shop: "shop"
        case .captureOrVoid: "capture_or_void"
        case .asks: "check"
        case .looks: "look"
        case .people: "people"
        case .waitsFor: "order"
        }
    }

    /// When it happens, or until when it may; `nil` if nothing says.
    var at: Moment? {
        switch self {
        case .payer(_, let until), .shop(let until): until
        case .captureOrVoid(let until): until
        case .asks(_, let at), .looks(let at): at
        case .people, .waitsFor: nil
        }
    }
}
