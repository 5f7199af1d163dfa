-- One order per request, each with its own idempotency key; with a rate, so many a second, whatever became of those before.
-- Arguments: the path, the rate or 0, and one body or several, which take turns.
local thread_count = 0
function setup(thread)
  thread:set("number", thread_count)
  thread_count = thread_count + 1
end

-- Milliseconds of a clock that never steps back; LuaJIT has none of its own.
local ffi = require("ffi")
ffi.cdef[[
typedef struct { long seconds; long nanoseconds; } bench_time;
int clock_gettime(int clock, bench_time *time);
]]
local time = ffi.new("bench_time")
local function now()
  ffi.C.clock_gettime(1, time)
  return tonumber(time.seconds) * 1000 + tonumber(time.nanoseconds) / 1e6
end

-- Each request has a place of its own in time; who is late goes at once.
local function waits(rate)
  local place
  return function()
    local present = now()
    place = (place or present) + 1000 / rate
    return math.max(0, math.floor(place - present + 0.5))
  end
end

local path, bodies, made
function init(args)
  path, bodies = args[1], {}
  for index = 3, #args do bodies[#bodies + 1] = args[index] end
  -- wrk asks for a wait before each request if there is such a function.
  if tonumber(args[2]) > 0 then delay = waits(tonumber(args[2])) end
  local source = io.open("/dev/urandom", "rb")
  local bytes = source:read(8)
  source:close()
  made = 0
  run = ""
  for index = 1, #bytes do run = run .. string.format("%02x", bytes:byte(index)) end
end

function request()
  made = made + 1
  return wrk.format("POST", path, {
    ["Authorization"] = "Bearer sk_sandbox_demo",
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = string.format("bench-%s-%d-%08d", run, number, made),
  }, bodies[made % #bodies + 1])
end

local wrong = 0
function response(status)
  if status ~= 201 and status ~= 200 then wrong = wrong + 1 end
end

function done(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout
    + summary.errors.connect + summary.errors.read))
end
