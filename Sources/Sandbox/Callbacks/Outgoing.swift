/// A callback on its way: what to send and when to try next.
///
/// Kept in the journal until it is settled.
struct Outgoing: Codable, Sendable {
    /// Names this delivery; copies of one notification have different ids here.
    var id: String
    var sender: SandboxOperator
    /// Send to the address registered for this account; `nil` if ``url`` is set.
    var account: String?
    /// Send to this address.
    var url: String?
    var method: String
    var body: String = ""
    /// The body's type; JSON if there is none.
    var contentType: String?
    /// How many tries have failed.
    var failures = 0
    /// When to try next, in milliseconds since 1970.
    var due: Int64

    /// One notification as often as asked: two copies of several leave at the same time, a third a little later.
    func copies(_ style: CallbackStyle) -> [Outgoing] {
        switch style {
        case .never: return []
        case .once: return [self]
        case .threeTimes:
            return (1...3).map { number in
                var copy = self
                copy.id = "\(id)#\(number)"
                copy.due = number == 3 ? due + 200 : due
                return copy
            }
        }
    }

    /// Waits between tries, in milliseconds; after the last one the operator gives up.
    var waits: [Int64] { SimulatedOperators.named(sender)?.callbackWaits ?? [] }
}
