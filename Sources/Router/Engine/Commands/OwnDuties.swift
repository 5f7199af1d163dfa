/// What the router begins by itself, without anybody's call: captures and releases of held payments, and the next orders of
/// transfers.
struct OwnDuties: Sendable {
    let holds: HoldDuties
    let transfers: TransferDriver
}
