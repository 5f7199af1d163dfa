import NIOCore

/// How long a connection may take for each thing.
struct ConnectionDeadlines: Sendable, Hashable {
    /// From connecting to the end of the first head.
    var firstHead: TimeAmount
    /// From an answer to the end of the next head.
    var idle: TimeAmount
    /// From the end of a head to the end of its body.
    var body: TimeAmount
    /// How long a client may take nothing of an answer that is waiting for it.
    var answer: TimeAmount
    /// How long a refused client is still listened to, so that it gets to read why.
    var farewell: TimeAmount

    init(
        firstHead: TimeAmount = .seconds(10), idle: TimeAmount = .seconds(60), body: TimeAmount = .seconds(20),
        answer: TimeAmount = .seconds(30), farewell: TimeAmount = .seconds(1)
    ) {
        self.firstHead = firstHead
        self.idle = idle
        self.body = body
        self.answer = answer
        self.farewell = farewell
    }
}

/// A body did not come in time.
struct BodyTooSlow: Error {}
