import Host
import OutsideKind
import Providers
import Router

await Payrouter.main(
    kinds: BuiltInKinds.all + [RegisteredKind(VoucherKind.self), RegisteredKind(PurseKind.self)])
