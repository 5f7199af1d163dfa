import Router
import RouterTestKit
import Synchronization

/// Virtual time and everything that is going to happen in it.
///
/// Driven by one thread; a seed decides every choice.
final class World: Sendable {
    private struct State: Sendable {
        var dice: Dice
        var trace: UInt64 = 0xCBF2_9CE4_8422_2325
        var faultsOn = true
        /// Until when no exchange finds room on the router's machine.
        var exhaustedUntil: Int64 = 0
    }

    let timeline = Timeline(at: Moment(milliseconds: 1_800_000_000_000))
    private let state: Mutex<State>

    init(seed: UInt64) { state = Mutex(State(dice: Dice(seed: seed))) }

    var now: Moment { timeline.now }

    /// Whether faults still happen.
    var faultsOn: Bool { state.withLock { $0.faultsOn } }
    func endFaults() { state.withLock { $0.faultsOn = false } }

    func roll<Result>(_ body: (inout Dice) -> Result) -> Result { state.withLock { body(&$0.dice) } }

    /// A fault with this probability, as long as faults are on.
    func fault(_ probability: Double) -> Bool {
        state.withLock { state in
            let hit = state.dice.chance(probability)
            return state.faultsOn && hit
        }
    }

    /// Whether the router's machine has no room for an exchange now.
    var isExhausted: Bool {
        let now = now.milliseconds
        return state.withLock { $0.faultsOn && now < $0.exhaustedUntil }
    }

    /// Takes all room away for a while.
    func exhaust(milliseconds: Int64) {
        let end = now.adding(milliseconds: milliseconds).milliseconds
        state.withLock { $0.exhaustedUntil = max($0.exhaustedUntil, end) }
    }

    /// Remembers what happened; equal seeds give equal traces.
    func log(_ text: String) {
        let stamped = "\(now.milliseconds) \(text)"
        state.withLock { state in
            for byte in stamped.utf8 { state.trace = (state.trace ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
    }

    var trace: UInt64 { state.withLock { $0.trace } }

    /// Lets something happen after a while.
    @discardableResult
    func after(_ milliseconds: Int64, _ action: @escaping @Sendable () -> Void) -> Int {
        timeline.after(milliseconds, action)
    }

    /// Moves time to the next happening and lets it happen.
    ///
    /// - Returns: `false` if nothing is left before the horizon.
    func advance(horizon: Moment) -> Bool { timeline.advance(horizon: horizon) }
}

/// The world's clock as the engine sees it.
struct WorldTime: TimeSource {
    let world: World

    var now: Moment { world.now }

    func sleep(until moment: Moment) async { await world.timeline.sleep(until: moment, whenCancelled: .stays) }
}

/// The engine's randomness: the world's.
struct WorldRandom: RandomSource {
    let world: World
    func next() -> UInt64 { world.roll { $0.next() } }
}
