/// That the health of an operation on a channel is another than before: what `channel.health_changed` tells.
package struct ChannelHealthChange: Sendable, Hashable {
    package var key: ChannelKey
    /// `nil` if it was not known before.
    package var old: ChannelHealth?
    /// `nil` if it is served no more.
    package var new: ChannelHealth?

    package init(_ key: ChannelKey, from old: ChannelHealth?, to new: ChannelHealth?) {
        self.key = key
        self.old = old
        self.new = new
    }

    /// What is different between two looks, in order of the keys.
    ///
    /// A state, or its reason, counts as a change; the moment alone does not.
    package static func changes(
        from old: [ChannelKey: ChannelHealth], to new: [ChannelKey: ChannelHealth]
    ) -> [ChannelHealthChange] {
        Set(old.keys).union(new.keys).sorted().compactMap { key in
            let (before, after) = (old[key], new[key])
            guard before?.state != after?.state || before?.reason != after?.reason else { return nil }
            return ChannelHealthChange(key, from: before, to: after)
        }
    }

    /// The event's data.
    package var json: JSONValue {
        [
            "environment": .string(key.environment.rawValue), "channel": .string(key.channel.text),
            "operation": .string(key.operation.rawValue), "old": JSONValue(old?.state.rawValue),
            "new": JSONValue(new?.state.rawValue), "reason": JSONValue(new?.reason?.rawValue),
            "since": JSONValue(new?.since.description),
        ]
    }
}
