import Router

/// `/health/live`, `/health/ready` for whoever reaches the router, `/metrics` for those who run it.
package struct OperationsAPI: Sendable {
    let engine: Engine
    let telemetry: Telemetry
    /// Who is connected to the public listener; `nil` where there is none.
    let door: Door?

    init(engine: Engine, telemetry: Telemetry, door: Door?) {
        self.engine = engine
        self.telemetry = telemetry
        self.door = door
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/health/live", limit: .operations) { _ throws(Problem) in .json(["status": "ok"]) }
        routes.open("GET", "/health/ready", limit: .operations) { _ throws(Problem) in try await ready() }
    }

    /// `/metrics`, which tells of amounts and volumes and asks for no key.
    package func registerMetrics(in routes: inout RouteTable) {
        routes.open("GET", "/metrics", limit: .operations) { _ throws(Problem) in try await metrics() }
    }

    private func ready() async throws(Problem) -> APIResponse {
        guard engine.isAdmitting else { throw Problem(.unavailable, "the router is stopping") }
        do throws(StoreFailure) { _ = try await engine.store.fact(MasterKey.fact) } catch {
            throw Problem(.unavailable, "the store does not answer")
        }
        guard !engine.isStoreTroubled else { throw Problem(.unavailable, "nothing could be stored a moment ago") }
        return .json(["status": "ok"])
    }

    private func metrics() async throws(Problem) -> APIResponse {
        let (totals, fold): (StoreTotals, SnapshotFoldState)
        do throws(StoreFailure) {
            (totals, fold) = (try await engine.store.totals(), try await engine.store.snapshotFold())
        } catch {
            throw Problem(.unavailable, "the store does not answer")
        }
        let now = engine.time.now
        var gauges: [(name: String, labels: KeyValuePairs<String, String>, value: Double)] = [
            ("payrouter_timers", [:], Double(totals.timers)),
            ("payrouter_webhook_backlog", [:], Double(totals.deliveries)),
            ("payrouter_payments_under_review", [:], Double(totals.underReview)),
            ("payrouter_work_active", [:], Double(engine.activeWork)),
            ("payrouter_orders_being_accepted", [:], Double(engine.ordersBeingAccepted)),
            ("payrouter_descriptors_limit", [:], Double(DescriptorLimit.current)),
            ("payrouter_snapshots_lag_units", [:], Double(fold.lag)),
            ("payrouter_snapshots_unreadable_units", [:], Double(fold.unreadable)),
        ]
        if let occupancy = door?.occupancy {
            gauges.append(("payrouter_connections", ["known": "true"], Double(occupancy.known)))
            gauges.append(("payrouter_connections", ["known": "false"], Double(occupancy.all - occupancy.known)))
        }
        // Left out where it is not known: when none is left, none can be counted.
        if let open = DescriptorLimit.open { gauges.append(("payrouter_descriptors_open", [:], Double(open))) }
        for reason in Review.Reason.allCases {
            gauges.append(
                ("payrouter_reviews_open", ["reason": reason.rawValue], Double(totals.reviews[reason] ?? 0)))
        }
        for trust in InboxMessage.Trust.allCases {
            gauges.append(
                ("payrouter_inbox_open", ["class": trust.rawValue], Double(totals.inboxByTrust[trust] ?? 0)))
        }
        for open in totals.unknown {
            let labels: KeyValuePairs = ["provider": open.provider.text, "currency": open.currency]
            gauges.append(("payrouter_unknown_attempts", labels, Double(open.count)))
            gauges.append(("payrouter_unknown_minor_units", labels, Double(open.minorUnits)))
            let age = Double(now.milliseconds(since: open.oldest)) / 1_000
            gauges.append(("payrouter_unknown_oldest_seconds", labels, age))
        }
        for runtime in engine.providers.values.sorted(by: { $0.id < $1.id }) {
            let isOpen = runtime.breakerState == .closed ? 0.0 : 1.0
            gauges.append(("payrouter_breaker_open", ["provider": runtime.id.text], isOpen))
            let isStopped = runtime.stoppedCredentials.isEmpty ? 0.0 : 1.0
            gauges.append(("payrouter_credentials_refused", ["provider": runtime.id.text], isStopped))
        }
        let text = telemetry.metrics.text(gauges: gauges)
        return .bytes(Array(text.utf8), type: "text/plain; version=0.0.4; charset=utf-8")
    }
}
