/// One durable step of an order, as far as it can be read.
///
/// The evidence lies under the step's seal; everything else stands beside it, so that a damaged step hides only itself.
package struct OrderStep: Sendable, Hashable {
    /// An event that the step tells of.
    package struct Told: Sendable, Hashable {
        package var id: EventID
        /// Its number among the order's events.
        package var sequence: Int64
        package var type: String

        package init(id: EventID, sequence: Int64, type: String) {
            self.id = id
            self.sequence = sequence
            self.type = type
        }
    }

    package var app: AppID
    package var environment: PayEnvironment
    package var at: Moment
    package var told: [Told]
    /// What was observed; `nil` if the step's record cannot be read.
    package var evidence: [Evidence]?

    package init(app: AppID, environment: PayEnvironment, at: Moment, told: [Told], evidence: [Evidence]?) {
        self.app = app
        self.environment = environment
        self.at = at
        self.told = told
        self.evidence = evidence
    }

    /// The step that a unit is.
    package init(_ unit: UnitOfWork) {
        self.init(
            app: unit.order.app, environment: unit.order.environment,
            at: unit.events.first?.at ?? unit.order.updatedAt,
            told: unit.events.map { Told(id: $0.id, sequence: $0.sequence, type: $0.type) }, evidence: unit.evidence)
    }
}
