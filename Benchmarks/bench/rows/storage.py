"""What stays on disk, by table and index."""
import os
import subprocess

from .. import machine
from .shown import made


def tables(router, count):
    """Bytes of a payment in each table and index, largest first; the router has stopped."""
    rows = subprocess.run(
        ["sqlite3", "-readonly", "-separator", "\t", f"{router.data}/payrouter.sqlite",
         # Summed here: what dbstat itself adds up has 32 bits.
         "SELECT s.name, coalesce(max(m.type), 'table'), sum(s.pgsize), sum(s.unused) FROM dbstat s LEFT JOIN sqlite_master m "
         "ON m.name = s.name GROUP BY s.name ORDER BY sum(s.pgsize) DESC"], capture_output=True, text=True, check=True).stdout
    found = []
    for line in rows.splitlines():
        name, kind, size, unused = line.split("\t")
        found.append({"name": name, "kind": kind, "bytes": int(size) / count, "unused": int(unused) / count})
    return found


def tell(found):
    """Everything above a byte a payment; what is unused are gaps in pages."""
    for row in found:
        if row["bytes"] >= 1:
            print(f"  {row['kind']:5} {row['name']:38} {row['bytes']:7.0f} B a payment, {row['unused']:6.0f} of them unused",
                  flush=True)
    for kind in ("table", "index"):
        print(f"  all of kind {kind}: {sum(row['bytes'] for row in found if row['kind'] == kind):.0f} B", flush=True)


def storage(bench, router):
    """After all that was measured with it: open payments, all alike."""
    count = made(router)
    figures = {"rss_mb": machine.memory(router.process.pid, "VmRSS"), "rss_mb_peak": machine.memory(router.process.pid, "VmHWM"),
               "payments": count}
    router.stop()
    figures["bytes_per_payment"] = router.stored() / count
    figures["tables"] = tables(router, count)
    print(f"{figures['bytes_per_payment']:.0f} bytes a payment on disk ({count} payments, all open); start-up empty "
          f"{router.start_seconds:.2f} s; RSS {figures['rss_mb']:.0f} MB, peak {figures['rss_mb_peak']:.0f} MB", flush=True)
    tell(figures["tables"])
    os.remove(f"{router.data}/payrouter.sqlite")
    return figures
