// Verifies an export of "premod ledger export" without premod: node verify-ledger.mjs ledger.jsonl
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

// Canonical JSON (RFC 8785): members sorted by UTF-16 code units, numbers and strings as JSON.stringify writes them.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

function fail(line, problem) {
  console.error(`line ${line}: ${problem}`);
  process.exit(1);
}

let previous = "0".repeat(64);
const lines = readFileSync(process.argv[2], "utf8").split("\n").slice(0, -1);
lines.forEach((line, index) => {
  const { hash, ...record } = JSON.parse(line);
  if (record.sequence !== index + 1) fail(index + 1, `sequence ${record.sequence} stands in place ${index + 1}`);
  if (record.previous !== previous) fail(index + 1, "does not follow the record before it");
  const found = createHash("sha256").update(canonical(record)).digest("hex");
  if (found !== hash) fail(index + 1, "its content does not match its hash");
  previous = hash;
});
console.log(`${lines.length} records verified; the last hash is ${previous}`);
