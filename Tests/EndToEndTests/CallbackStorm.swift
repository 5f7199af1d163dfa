import Foundation
import Router
import Sandbox
import SandboxHosting
import Synchronization

@testable import Host

/// Stands between sandbox operators and the router: every callback arrives twice at once, after forgeries made of it.
///
/// A forgery is the callback itself, claiming the same of another order of that provider that is still open, or with its
/// signature changed. It comes from an address that is no operator's.
final class CallbackStorm: Sendable {
    private struct State {
        var router: RunningRouter?
        var seen: [SandboxCallback] = []
        var forgeries = 0
    }

    private let state = Mutex(State())

    /// Every callback that operators sent, in their order.
    var seen: [SandboxCallback] { state.withLock { $0.seen } }

    /// How many forgeries were sent.
    var forgeries: Int { state.withLock { $0.forgeries } }

    /// Tells whose orders to claim things of; before that, callbacks pass as they are.
    func strike(_ router: RunningRouter) { state.withLock { $0.router = router } }

    var interceptor: SandboxSupport.CallbackInterceptor {
        { [self] callback, send in
            let router = state.withLock { state in
                state.seen.append(callback)
                return state.router
            }
            if let router {
                for forgery in await forged(callback, router) {
                    await router.deliver(forgery, from: "203.0.113.7")
                    state.withLock { $0.forgeries += 1 }
                }
            }
            async let twin = send(callback)
            let reply = await send(callback)
            _ = await twin
            return reply
        }
    }

    private func forged(_ callback: SandboxCallback, _ router: RunningRouter) async -> [SandboxCallback] {
        // Reading every order for every callback would hold up the callbacks themselves.
        let path = callback.url.split(whereSeparator: { "/?".contains($0) }).map(String.init)
        let provider = path.firstIndex(of: "callbacks").map { path[path.index(after: $0)...].first ?? "" }
        let files = await router.files(at: provider)
        let text = callback.text
        guard
            let (own, attempt) = files.lazy.compactMap({ file in
                file.attempts.first { $0.names.contains(where: text.contains) }.map { (file, $0) }
            }).first
        else { return [] }
        let victims = files.filter { file in
            file.order.id != own.order.id && !file.order.status.isFinal
                && file.attempts.last?.provider == attempt.provider
        }
        var forgeries = victims.prefix(3).compactMap { file -> SandboxCallback? in
            guard let victim = file.attempts.last else { return nil }
            var forgery = callback.renaming(attempt.reference, victim.reference)
            if let old = attempt.operatorReference, let new = victim.operatorReference {
                forgery = forgery.renaming(old, new)
            }
            return forgery == callback ? nil : forgery
        }
        if let spoilt = callback.withSpoiltSignature { forgeries.append(spoilt) }
        return forgeries
    }
}

extension Attempt {
    /// What operators call this attempt.
    fileprivate var names: [String] { [reference] + (operatorReference.map { [$0] } ?? []) }
}

extension SandboxCallback {
    fileprivate var text: String { url + " " + String(decoding: body, as: UTF8.self) }

    fileprivate func renaming(_ old: String, _ new: String) -> SandboxCallback {
        var copy = self
        copy.url = url.replacing(old, with: new)
        copy.body = Array(String(decoding: body, as: UTF8.self).replacing(old, with: new).utf8)
        return copy
    }

    /// The same with another signature; `nil` if it has none.
    fileprivate var withSpoiltSignature: SandboxCallback? {
        guard let index = headers.firstIndex(where: { $0.name.lowercased().contains("signature") }),
            let last = headers[index].value.last
        else { return nil }
        var copy = self
        copy.headers[index].value = headers[index].value.dropLast() + (last == "0" ? "1" : "0")
        return copy
    }
}

extension RunningRouter {
    /// Hands a callback in, past the socket.
    func deliver(_ callback: SandboxCallback, from peer: String) async {
        let rest = callback.url.split(separator: "/", maxSplits: 2).last ?? ""
        _ = await call(
            callback.method, String(rest.drop { $0 != "/" }), bytes: callback.body, key: nil, type: nil,
            headers: callback.headers.map { ($0.name.lowercased(), $0.value) }, peer: peer)
    }

    /// Every order there is, or every one at a provider, whole.
    func files(at provider: String? = nil) async -> [OrderAggregate] {
        var aggregates: [OrderAggregate] = []
        for kind in OrderKind.allCases {
            var query = OrderQuery(app: nil, environment: nil, limit: 1_000)
            query.kind = kind
            for order in (try? await host.engine.store.list(query)) ?? []
            where provider == nil || order.chosen?.provider.text == provider {
                if let aggregate = try? await host.engine.store.orderAggregate(order.id) {
                    aggregates.append(aggregate)
                }
            }
        }
        return aggregates
    }
}
