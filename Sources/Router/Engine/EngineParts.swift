/// The engine's parts, each made of the ones above it.
///
/// Arrows go upwards only: routes and progress, the committer, sending, asking, commands, timers, life.
final class EngineParts: Sendable {
    let exposure = Exposure()
    let balanceQuestions = BalanceQuestions()
    let planner: RoutePlanner
    let progress: OrderProgress
    let committer: Committer
    let commands: KeyedCommands
    let checkRequests: CheckRequests
    let creation: PaymentCreation
    let followUps: FollowUpCreation
    let acceptance: ShopAcceptance
    let confirmation: CodeConfirmation
    let choices: PayerChoices
    let cancellation: Cancellation
    let transfers: TransferCreation
    let transferDriver: TransferDriver
    let transferCancellation: TransferCancellation
    let reviews: ReviewSigning
    let reception: CallbackReception
    let unmatched: UnmatchedMessages
    let draining: Draining
    let balances: BalanceInquiry
    let lookup: AccountLookup
    let billLookup: BillLookup
    let dueWork: DueWork
    let recovery: Recovery
    let exchange: ConfigurationExchange
    let life: EngineLife

    init(_ parts: Engine.Parts, _ context: EngineContext) {
        planner = RoutePlanner(context, exposure, balanceQuestions)
        progress = OrderProgress(context, planner)
        committer = Committer(context, progress, exposure)
        commands = KeyedCommands(context)

        let instructions = InstructionBuilder(
            references: OperatorReferences(parts.dataKeys), pages: context.pages,
            publicURL: parts.settings.publicURL, epoch: context.epoch, random: parts.random)
        let joiner = ObservationJoiner(context: context, instructions: instructions)
        let credentials = CredentialRecovery(context)
        let sender = AttemptSender(context, committer, joiner, credentials, exposure)
        let runner = AttemptRunner(context, progress, committer, instructions, sender)
        let checker = StatusChecker(context, committer, joiner, runner, sender)
        checkRequests = CheckRequests(context, checker)

        let matcher = CallbackMatcher(context)
        let hints = HintFollower(context, matcher, committer, checker)
        let unopened = UnopenedPayments(context, committer, joiner, matcher)
        let application = CallbackApplication(
            context, hints, CallbackJoining(context, committer, joiner, runner, hints), unopened)
        unmatched = UnmatchedMessages(context, matcher, unopened)
        reception = CallbackReception(context, hints, application)

        creation = PaymentCreation(context, planner, committer, runner, commands)
        followUps = FollowUpCreation(context, planner, committer, runner, commands)
        confirmation = CodeConfirmation(context, progress, committer, runner, commands)
        choices = PayerChoices(context, planner, progress, committer, runner)
        cancellation = Cancellation(context, committer)
        reviews = ReviewSigning(context, committer, joiner, runner)
        draining = Draining(context)
        balances = BalanceInquiry(context, planner, balanceQuestions)
        lookup = AccountLookup(context)
        billLookup = BillLookup(context)

        transfers = TransferCreation(context, planner, committer, runner, commands)
        transferDriver = TransferDriver(context, planner, committer, runner, followUps)
        transferCancellation = TransferCancellation(context, committer, cancellation, checkRequests)

        let duties = OwnDuties(holds: HoldDuties(context, committer, followUps), transfers: transferDriver)
        dueWork = DueWork(context, runner, checker, duties, application)
        acceptance = ShopAcceptance(context, committer, dueWork, commands)
        recovery = Recovery(context, committer)
        exchange = ConfigurationExchange(context, draining, recovery)
        life = EngineLife(context, TimerLoop(context, dueWork), dueWork, application, credentials)
    }
}
