// Asks the shipped search.js, as a browser would: reads one JSON from standard input, writes the answers to standard output.
// {script, output, base, index, texts, questions: [{words, filter, rounds, fresh}]}: `fresh` forgets what was loaded before.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const { script, output, base, index, texts, questions } = JSON.parse(readFileSync(0, "utf8"));
const { Search } = await import(pathToFileURL(script));

let requests = [];

/** What a server of static files would send for an address of the site; nothing for any other. */
async function load(address) {
  const [path] = address.split("?");
  if (!path.startsWith(base)) throw new Error(`outside of the site: ${address}`);
  let data;
  try {
    data = readFileSync(`${output}/${decodeURIComponent(path.slice(base.length))}`);
  } catch {
    return { ok: false, status: 404 };
  }
  requests.push([address, gzipSync(data, { level: 6 }).length]);
  return {
    ok: true,
    status: 200,
    json: async () => JSON.parse(data.toString("utf8")),
    arrayBuffer: async () => data.buffer.slice(data.byteOffset, data.byteOffset + data.length),
  };
}

let search = new Search(index, texts, load);
const answers = [];
for (const { words, filter = {}, rounds = 1, fresh = false } of questions) {
  if (fresh) search = new Search(index, texts, load);
  requests = [];
  const query = await search.query(words, filter);
  const hits = await query.next();
  const answer = { requests, total: query.total, finished: query.done };
  for (let round = 1; round < rounds && !query.done; round++) {
    requests = [];
    hits.push(...(await query.more()));
  }
  answers.push({ ...answer, hits, done: query.done });
}
process.stdout.write(JSON.stringify(answers));
