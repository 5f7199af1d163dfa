import Host
import Providers

await Payrouter.main(kinds: BuiltInKinds.all)
