import Router

/// Following a transfer by hand, and trying once more to give back the money of a parked one; on the control socket only.
struct TransfersAdmin: Sendable {
    /// Tries again, for a person; `nil` where no router runs, because the running one does it.
    typealias Retrier =
        @Sendable (OrderID, _ person: String) async throws(StoreFailure) -> Result<
            OrderAggregate, Engine.NotGivenBack
        >?

    let store: any Store
    let tokens: PersonTokens
    let reader: OrderReader
    let retrier: Retrier?

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/transfers/{id}") { request throws(Problem) in
            .json(try await whole(try await transfer(request)))
        }
        routes.open("POST", "/transfers/{id}/retry") { request throws(Problem) in try await retry(request) }
    }

    private func transfer(_ request: APIRequest) async throws(Problem) -> OrderAggregate {
        let name = request.parameters["id"] ?? ""
        guard let transfer = try await reader.aggregate(name, .transfer) else {
            throw Problem(.notFound, "there is no transfer \"\(name)\"; `payrouter transfers list` shows them")
        }
        return transfer
    }

    /// A transfer with its orders, everything that was booked for them, and what is in suspense.
    private func whole(_ transfer: OrderAggregate) async throws(Problem) -> JSONValue {
        let order = transfer.order
        var legs: [JSONValue] = []
        for leg in order.followUps {
            guard let aggregate = try await reader.aggregate(leg.id.text, leg.kind) else { continue }
            legs.append(parsed(try await reader.whole(aggregate)))
        }
        let postings: [OrderPosting]
        let suspense: AccountBalance?
        do throws(StoreFailure) {
            postings = try await OrderPosting.all(of: order, in: store)
            suspense = try await store.balance(of: .suspense(order.id), in: order.amount.currency)
        } catch { throw Problem(.unavailable, "the books cannot be read now") }
        return [
            "object": "followed_transfer", "transfer": parsed(try await reader.whole(transfer)), "legs": .array(legs),
            "postings": .array(postings.map { $0.json(order.app) }),
            "suspense": JSONValue(suspense?.posted ?? 0),
        ]
    }

    private func parsed(_ bytes: [UInt8]) -> JSONValue { (try? StrictJSON.parse(bytes, maximumDepth: 64)) ?? .null }

    private struct RetryInput: Decodable {
        var person: String
        var token: String

        enum CodingKeys: String, CodingKey {
            case token
            case person = "as"
        }
    }

    private func retry(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let transfer = try await transfer(request)
        let input = try JSONBody.decode(RetryInput.self, try JSONBody.object(request))
        let person = try await tokens.person(input.person, input.token, in: store)
        let id = transfer.order.id
        guard transfer.order.review?.reason == .transferParked else {
            throw Problem(
                .paymentStateConflict,
                "\(id) is \(transfer.order.status.rawValue) and not parked: there is nothing to try again", payment: id)
        }
        guard let retrier else {
            throw Problem(.unavailable, "no router runs on this data folder; start it, because it gives the money back")
        }
        let tried: Result<OrderAggregate, Engine.NotGivenBack>?
        do throws(StoreFailure) { tried = try await retrier(id, person.name) } catch {
            throw Problem(.unavailable, "whether it was begun is not known; show the transfer", outcome: .unknown)
        }
        switch tried {
        case .success(let transfer): return .json(bytes: reader.view.bytes(transfer))
        case .failure(let why): throw Self.problem(why, transfer)
        case nil: throw Problem(.notFound, "there is no transfer \(id)")
        }
    }

    private static func problem(_ why: Engine.NotGivenBack, _ transfer: OrderAggregate) -> Problem {
        let id = transfer.order.id
        switch why {
        case .notParked, .objection(.nothingTaken):
            return Problem(.paymentStateConflict, "\(id) is not parked: there is nothing to try again", payment: id)
        case .objection(.moved):
            return Problem(
                .paymentStateConflict,
                "an order of \(id) has moved its money, or may have: giving it back could pay twice. `payrouter transfers "
                    + "show \(id)` tells which; two people end it with `payrouter reviews resolve`", payment: id)
        case .objection(.tooEarly(let moment)):
            return Problem(
                .paymentStateConflict,
                "an order of \(id) that failed may still turn out to have been executed until \(moment); try again then",
                payment: id)
        case .notNow(let why): return Problem(.noProviderAvailable, "\(why); try again later", payment: id)
        case .refused(let refusal): return CommandAnswers.problem(transfer, refusal)
        }
    }
}
