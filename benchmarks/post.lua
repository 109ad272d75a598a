-- wrk -t1 -c16 -d8s -s post.lua URL -- PATH NAME_FIELD TEXTS_FILE RUN: distinct comments, spread over the articles.
-- PATH holds %d for the number of the article; TEXTS_FILE has a text a line, escaped as in a JSON string. The last line
-- is the figures as JSON; "acknowledged" counts answers of 202.

local articles = 1000
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  path, name_field, run, sent, acknowledged = arguments[1], arguments[2], arguments[4], 0, 0
  texts = {}
  for line in io.lines(arguments[3]) do
    table.insert(texts, line)
  end
  headers = { ["Content-Type"] = "application/json", ["Accept"] = "application/json" }
end

function request()
  sent = sent + 1
  local text = string.format("%s %s-%d", texts[sent % #texts + 1], run, sent)
  local body = string.format('{"text": "%s", "%s": "Reader %d"}', text, name_field, sent % 997)
  return wrk.format("POST", string.format(path, sent % articles), headers, body)
end

function response(status)
  if status == 202 then
    acknowledged = acknowledged + 1
  end
end

function done(summary, latency)
  local taken = 0
  for _, thread in ipairs(threads) do
    taken = taken + thread:get("acknowledged")
  end
  io.write(string.format(
    '\n{"answers": %d, "seconds": %.3f, "p50_ms": %.3f, "p99_ms": %.3f, "bytes": %d, "acknowledged": %d, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, summary.bytes,
    taken, summary.requests - taken,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
