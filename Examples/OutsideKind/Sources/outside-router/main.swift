import Host
import OutsideKind
import Providers
import Router
import SandboxHosting

await Payrouter.main(
    kinds: BuiltInKinds.all + [RegisteredKind(VoucherKind.self), RegisteredKind(PurseKind.self)],
    sandbox: .builtIn)
