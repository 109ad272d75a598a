-- wrk -t1 -c16 -d8s -s read.lua URL: plain GETs. The last line is the figures as JSON.

function init()
  wrk.headers["Accept"] = "application/json"
end

function done(summary, latency)
  io.write(string.format(
    '\n{"answers": %d, "seconds": %.3f, "p50_ms": %.3f, "p99_ms": %.3f, "bytes": %d, "acknowledged": %d, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, summary.bytes,
    summary.requests - summary.errors.status, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
