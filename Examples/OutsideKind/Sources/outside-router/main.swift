import Host
import OutsideKind
import Router

await Payrouter.main(kinds: [RegisteredKind(VoucherKind.self)])
