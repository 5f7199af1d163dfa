import Host
import Providers
import SandboxHosting

await Payrouter.main(kinds: BuiltInKinds.all, sandbox: .builtIn)
