import People
import Router
import Webhooks

/// The calls of the control socket: not reachable over the network, no keys asked, all apps visible.
enum AdminRoutes {
    static func table(
        store: any Store, keys: KeyRing, tokens: PersonTokens, time: any TimeSource, view: OrderView,
        signer: ReviewsAdmin.Signer?, retrier: TransfersAdmin.Retrier?, engine: Engine?, people: People,
        endpoints: EndpointRegister,
        configuration: ConfigurationDesk, watch: ExchangeWatch = ExchangeWatch(), snapshots: SnapshotRun? = nil,
        observer: any EngineObserver,
        onRedeliver: @escaping @Sendable (WebhookEndpointID) -> Void
    ) -> RouteTable {
        var routes = RouteTable()
        AppsAdmin(store: store, keys: keys, time: time, random: SystemRandom(), publicURL: view.publicURL)
            .register(in: &routes)
        SearchAPI(store: store, view: view, time: time).register(in: &routes)
        OrdersAdmin(store: store, view: view).register(in: &routes)
        WalletsAdmin(store: store, time: time, view: WalletView(publicURL: view.publicURL)).register(in: &routes)
        TransfersAdmin(
            store: store, tokens: tokens, reader: OrderReader(store: store, view: view), retrier: retrier
        ).register(in: &routes)
        WebhooksAdmin(
            store: store, bills: store, body: EventBody(view), register: endpoints, time: time, random: SystemRandom(),
            onRedeliver: onRedeliver
        ).register(in: &routes)
        PeopleAdmin(store: store, tokens: tokens, time: time, random: SystemRandom()).register(in: &routes)
        ReviewsAdmin(store: store, tokens: tokens, time: time, signer: signer).register(in: &routes)
        HoldersAdmin(store: store, tokens: tokens, time: time).register(in: &routes)
        BillsAdmin(store: store, publicURL: view.publicURL).register(in: &routes)
        UnmatchedAdmin(store: store, tokens: tokens, time: time, engine: engine).register(in: &routes)
        LedgerAdmin(store: store, time: time).register(in: &routes)
        UsersAdmin(store: store, people: people, publicURL: view.publicURL, time: time).register(in: &routes)
        AuditAdmin(store: store).register(in: &routes)
        SnapshotsAdmin(store: store, time: time, observer: observer, run: snapshots).register(in: &routes)
        ProvidersAdmin(store: store, tokens: tokens, time: time, engine: engine, watch: watch).register(in: &routes)
        ConfigurationAdmin(desk: configuration, tokens: tokens).register(in: &routes)
        return routes
    }
}
