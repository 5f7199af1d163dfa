-- One of the given paths per request, one after the other.
local paths, made
function init(args)
  paths = args
  made = 0
end

function request()
  made = made + 1
  return wrk.format("GET", paths[made % #paths + 1], { ["Authorization"] = "Bearer sk_sandbox_demo" })
end

function done(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout
    + summary.errors.connect + summary.errors.read))
end
