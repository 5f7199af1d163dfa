package import Logging
package import Router

/// Turns what happens into metrics and structured logs.
///
/// Levels: `notice` for life and alarms, `info` for payments, `debug` for requests and exchanges.
package struct Telemetry: EngineObserver, RequestObserver, LimitObserver {
    package let metrics: MetricsRegistry
    package let logger: Logger
    /// How exchanges went lately, for those who look at the health of providers.
    let watch = ExchangeWatch()
    let crowdAlarm = Once(everyMilliseconds: 60_000)
    let time: any TimeSource

    package init(logger: Logger, time: any TimeSource = HostClock()) {
        self.time = time
        self.logger = logger
        metrics = MetricsRegistry(help: [
            "payrouter_payments_total": "Payments by the state they reached.",
            "payrouter_payouts_total": "Payouts by the state they reached.",
            "payrouter_refunds_total": "Refunds by the state they reached.",
            "payrouter_captures_total": "Captures by the state they reached.",
            "payrouter_voids_total": "Releases by the state they reached.",
            "payrouter_exchange_seconds": "Time of exchanges with operators.",
            "payrouter_exchanges_total": "Exchanges with operators by outcome.",
            "payrouter_discrepancies_total": "Contradictions between an operator and a final record.",
            "payrouter_reviews_open": "Orders that wait for people, by reason.",
            "payrouter_signatures_total": "Findings that people signed.",
            "payrouter_callbacks_total": "Notifications by who can have sent them and what became of them.",
            "payrouter_callbacks_refused_total": "Notifications not taken or not believed, by reason.",
            "payrouter_callbacks_dropped_total": "Notifications of strangers deleted because they matched nothing.",
            "payrouter_inbox_open": "Notifications waiting to be applied, by who can have sent them.",
            "payrouter_alarms_total": "Things a person should look at.",
            "payrouter_http_requests_total": "Answered HTTP requests.",
            "payrouter_requests_limited_total": "Requests refused because their caller used up a limit, by the limit.",
            "payrouter_http_request_seconds": "Time to answer HTTP requests.",
            "payrouter_connections_refused_total": "Connections for which there was no place, by reason.",
            "payrouter_connections_replaced_total": "Waiting connections that made room for new ones.",
            "payrouter_connections_timed_out_total": "Connections closed because something did not come in time.",
            "payrouter_unknown_attempts": "Attempts whose outcome is not known.",
            "payrouter_unknown_minor_units": "Money in attempts whose outcome is not known.",
            "payrouter_unknown_oldest_seconds": "Age of the oldest attempt whose outcome is not known.",
            "payrouter_descriptors_open": "Descriptors that are open; missing when none is left to count them with.",
            "payrouter_descriptors_limit": "Descriptors this process may have open.",
            DescriptorWatch.metric: "Connections there was no room for.",
            "payrouter_snapshots_lag_units": "Steps of orders that daily snapshots do not have yet.",
            "payrouter_snapshots_unreadable_units":
                "Steps of orders that are in no snapshot, because they cannot be read.",
            "payrouter_store_failures_total": "Operations the store could not do.",
        ])
    }

    package func record(_ event: EngineEvent) {
        switch event {
        case .committed(let payment, let created, let previous): committed(payment, created, previous)
        case .exchanged(let provider, let operation, let payment, let milliseconds, let outcome):
            metrics.observe(
                "payrouter_exchange_seconds", ["provider": provider.text, "operation": operation],
                seconds: Double(milliseconds) / 1_000)
            watch.record(provider, operation, milliseconds: milliseconds, outcome: outcome, at: time.now)
            metrics.count(
                "payrouter_exchanges_total",
                ["provider": provider.text, "operation": operation, "outcome": outcome])
            logger.debug(
                "exchange",
                metadata: [
                    "provider": "\(provider)", "operation": "\(operation)", "outcome": "\(outcome)",
                    "milliseconds": "\(milliseconds)", "payment": "\(payment?.text ?? "")",
                ])
        case .stateChanged(let payment, let attempt, let provider, let state, let cause):
            logger.info(
                "attempt",
                metadata: [
                    "payment": "\(payment)", "attempt": "\(attempt)", "provider": "\(provider)",
                    "state": "\(state.rawValue)", "cause": "\(cause)",
                ])
        case .callback(let provider, let trust, let verdict): heard(provider, trust, verdict)
        case .callbackFromUnlisted(let provider, let network, let isFirst): unlisted(provider, network, isFirst)
        case .callbackDropped(let provider, let trust):
            metrics.count("payrouter_callbacks_dropped_total", ["provider": provider.text, "class": trust.rawValue])
        case .alarm(let alarm, let payment, let detail):
            tell(alarm, ["payment": "\(payment?.text ?? "")", "detail": "\(detail)"])
        case .discrepancy(let discrepancy):
            metrics.count("payrouter_discrepancies_total", ["kind": discrepancy.kind.rawValue])
            tell(
                .discrepancy,
                [
                    "payment": "\(discrepancy.order)", "attempt": "\(discrepancy.attempt)",
                    "detail": "\(discrepancy.kind.rawValue) after \(discrepancy.recordedState.rawValue)",
                ])
        case .signed(let order, let person, let finding, let isResolved):
            metrics.count("payrouter_signatures_total", ["finding": finding, "resolved": "\(isResolved)"])
            logger.notice(
                "signed",
                metadata: [
                    "payment": "\(order)", "person": "\(person)", "finding": "\(finding)", "resolved": "\(isResolved)",
                ])
        case .drained(let provider, let person, let isOver):
            logger.notice(
                isOver ? "provider_resumed" : "provider_drained",
                metadata: ["provider": "\(provider)", "person": "\(person)"])
        case .configured(let version, let maker, let isActive):
            logger.notice(
                isActive ? "configuration_activated" : "configuration_made",
                metadata: ["version": "\(version)", "by": "\(maker)"])
        case .upgrading(let step, let done):
            logger.notice("upgrading", metadata: ["step": "\(step)", "done": "\(done)"])
        case .storeFailed(let failure):
            metrics.count("payrouter_store_failures_total", ["kind": failure.kind.rawValue])
            logger.error("store", metadata: ["failure": "\(failure)"])
        }
    }

    private func heard(_ provider: ProviderID, _ trust: InboxMessage.Trust, _ verdict: String) {
        metrics.count(
            "payrouter_callbacks_total", ["provider": provider.text, "class": trust.rawValue, "verdict": verdict])
        if Self.refusals.contains(verdict) { refused(provider, verdict) }
        logger.debug(
            "callback",
            metadata: ["provider": "\(provider)", "class": "\(trust.rawValue)", "verdict": "\(verdict)"])
    }

    /// Verdicts that mean: answered with an error, nothing stored.
    private static let refusals: Set<String> = ["unverified", "stale", "malformed", "full", "too_large"]

    private func refused(_ provider: ProviderID, _ reason: String) {
        metrics.count("payrouter_callbacks_refused_total", ["provider": provider.text, "reason": reason])
    }

    /// Somebody had the money of a parked transfer given back once more.
    func retried(_ transfer: OrderID, by person: String) {
        metrics.count("payrouter_transfer_retries_total", [:])
        logger.notice("transfer_retried", metadata: ["payment": "\(transfer)", "person": "\(person)"])
    }

    /// Calls people: counted by name, and logged with what is the matter.
    func tell(_ alarm: Alarm, _ about: Logger.Metadata) {
        metrics.count("payrouter_alarms_total", ["kind": alarm.rawValue])
        logger.warning("alarm", metadata: about.merging(["kind": "\(alarm.rawValue)"]) { $1 })
    }

    private func unlisted(_ provider: ProviderID, _ network: String, _ isFirst: Bool) {
        refused(provider, "address")
        guard isFirst else { return }
        logger.notice(
            "callback_not_believed",
            metadata: [
                "provider": "\(provider)", "network": "\(network)",
                "reason": "the address is not in operator_addresses",
            ])
    }

    private func committed(_ payment: Order, _ created: Bool, _ previous: OrderStatus?) {
        guard created || payment.status != previous else { return }
        metrics.count(
            payment.kind.facts.metric,
            [
                "status": created ? "created" : payment.status.rawValue,
                "channel": payment.chosen?.channel.text ?? "", "provider": payment.chosen?.provider.text ?? "",
            ])
        guard !created else { return }
        logger.info(
            "payment",
            metadata: [
                "payment": "\(payment.id)", "status": "\(payment.status.rawValue)",
                "certainty": "\(payment.certainty.rawValue)", "request": "\(payment.requestID)",
            ])
    }

    package func answered(
        _ request: APIRequest, template: String, caller: Caller?, status: Int, elapsed: Duration
    ) {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        metrics.count(
            "payrouter_http_requests_total",
            ["method": Self.known(request.method), "route": template, "status": String(status)])
        metrics.observe("payrouter_http_request_seconds", ["route": template], seconds: seconds)
        logger.debug(
            "request",
            metadata: [
                "request": "\(request.id)", "method": "\(Self.known(request.method))", "route": "\(template)",
                "status": "\(status)", "app": "\(caller?.app.text ?? "")",
            ])
    }

    package func limited(_ reason: LimitReason, who: String, isFirst: Bool) {
        metrics.count("payrouter_requests_limited_total", ["limit": reason.rawValue])
        // Counted every time; told once for each caller, so that strangers cannot fill the log.
        guard isFirst else { return }
        logger.notice("limited", metadata: ["limit": "\(reason.rawValue)", "who": "\(who)"])
    }

    private static func known(_ method: String) -> String {
        ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"].contains(method) ? method : "other"
    }
}
