/// Makes the names and bytes of an order's events.
struct EventFactory: Sendable {
    let factory: OrderAggregate.EventFactory

    init(_ context: EngineContext) {
        let random = context.random
        let view = OrderView(publicURL: context.settings.publicURL, pages: context.pages)
        factory = OrderAggregate.EventFactory(
            eventID: { EventID(at: $0, from: random) },
            eventBody: { type, sequence, aggregate, now in
                EventBody.make(type: type, sequence: sequence, aggregate: aggregate, view: view, at: now)
            })
    }
}
