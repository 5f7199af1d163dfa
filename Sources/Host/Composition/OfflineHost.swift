import Glibc
import Logging
import People
import Router
import Webhooks

/// A store opened by a command while no router runs, with the calls the command line needs.
struct OfflineHost: Sendable {
    let store: any InstalledStore
    let dispatcher: Dispatcher
    let time: HostClock

    static func open(_ data: String) async throws -> OfflineHost {
        guard Files.read(data + "/master.key") != nil || ProcessEnvironment.hasMasterKey else {
            if access(data, F_OK) == 0, access(data, R_OK | X_OK) != 0 {
                throw StartFailure(
                    "this user may not look into \(data); run it as the router's user, or name another folder "
                        + "with --data")
            }
            throw StartFailure("\(data) holds no router's data; name its folder with --data")
        }
        let folder = try DataFolder(path: data)
        let master = try folder.masterKey(ProcessEnvironment.values, makeIfMissing: false)
        try folder.admit(master)
        let store = try await folder.openStore(master)
        let time = HostClock()
        let keys = KeyRing(store.dataKeys, store: store, time: time)
        let routes = AdminRoutes.table(
            store: store, keys: keys, tokens: PersonTokens(store.dataKeys), time: time,
            view: OrderView(publicURL: "", pages: HostedPages(store.dataKeys)), signer: nil, retrier: nil, engine: nil,
            people: await People(
                store: store, keys: store.dataKeys, reach: [], time: time, random: SystemRandom()),
            endpoints: EndpointRegister(store: store),
            configuration: ConfigurationDesk(
                ConfigurationVersions(store: store, time: time),
                ConfigurationLoader(path: "providers.json", in: .offline, activatesOnChange: false), engine: nil,
                live: nil, observer: Unobserved()),
            observer: Unobserved(), onRedeliver: { _ in })
        let dispatcher = Dispatcher(routes: routes, keys: keys, publicURL: "", observer: Unobserved())
        return OfflineHost(store: store, dispatcher: dispatcher, time: time)
    }

    private struct Unobserved: RequestObserver, EngineObserver {
        func record(_ event: EngineEvent) {}
        func answered(
            _ request: APIRequest, template: String, caller: Caller?, status: Int, elapsed: Duration
        ) {}
    }
}

extension ProcessEnvironment {
    static var hasMasterKey: Bool {
        values["PAYROUTER_MASTER_KEY"] != nil || values["PAYROUTER_MASTER_KEY_FILE"] != nil
    }
}
