/// Makes the names and bytes of an order's events.
struct EventFactory: Sendable {
    let scribe: OrderFile.Scribe

    init(_ context: EngineContext) {
        let random = context.random
        let view = OrderView(publicURL: context.settings.publicURL, pages: context.pages)
        scribe = OrderFile.Scribe(
            eventID: { EventID(at: $0, from: random) },
            eventBody: { type, sequence, file, now in
                EventBody.make(type: type, sequence: sequence, file: file, view: view, at: now)
            })
    }
}
