/* Search: finds whatever a reader can see in titles and texts, from index files that were made with the site.
   softsite/render/search.py says what stands in them. Nothing is loaded from elsewhere. */

const REQUESTS = 12; // at most for one answer
const HITS = 10; // at most in one answer
const TEXTS = 3; // requests that are kept for texts
const FEW = 4; // candidates that are checked at once
const MUCH = 0.9; // a pair that leaves more candidates than this is no help
const GROUPS = 6; // that are looked through at once, the newest first
const WORDS = 100; // characters of a question
const AROUND = 90; // characters of an excerpt
const BEFORE = 28; // of these, before the first word
const FIRST = 0x9e3779b1;
const SECOND = 0x85ebca77;
const FINE_BITS = 7;
const KEY_BITS = 16;
const BITMAP = 32; // bytes
const COLUMN_SIGN = 0x30;
const IN_TEXT = 1;
const IN_TITLE = 2;

/** The index of one site, at the address `index`; `load` is fetch. */
export class Search {
  constructor(index, load = (...request) => fetch(...request)) {
    this.index = index;
    this.folder = index.slice(0, index.lastIndexOf("/") + 1);
    this.load = load;
    this.requests = 0; // of the answer under way
    this.shards = new Map();
    this.texts = new Map();
  }

  /** What matches `words`; `filter` has `column`, `type` ("article" or "bulletin") and `year`, or less. */
  async query(words, filter = {}) {
    this.requests = 0;
    await (this.ready ??= this.begin());
    const query = new Query(this, terms(this.folded(words.slice(0, WORDS))), filter);
    await query.widen();
    return query;
  }

  /** Reads the index itself: what everything else needs. */
  async begin() {
    const response = await this.fetched(this.index, { cache: "no-cache" });
    const { fold, columns, groups, frequent } = await response.json();
    this.fold = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
    for (let n = 0; n < fold[0].length; n++) this.fold[fold[0].charCodeAt(n)] = fold[1].charCodeAt(n);
    this.frequent = new Map(); // of keys, the most frequent first
    const bytes = Uint8Array.from(atob(frequent), (sign) => sign.charCodeAt(0));
    for (let n = 0; n < bytes.length; n += 3)
      this.frequent.set(bytes[n] | (bytes[n + 1] << 8) | (bytes[n + 2] << 16), n);
    this.columns = new Map(columns);
    const signs = new Map(columns.map(([path], n) => [String.fromCharCode(COLUMN_SIGN + n), path]));
    this.groups = groups.map((group, order) => new Group(group, order, signs));
  }

  async fetched(address, options) {
    this.requests++;
    const response = await this.load(address, options);
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    return response;
  }

  /** A text with every character as the first of its family: as long as the text itself. */
  folded(text) {
    let made = "";
    for (let n = 0; n < text.length; n++) made += String.fromCharCode(this.fold[text.charCodeAt(n)]);
    return made;
  }

  /** The bytes of a shard. */
  shard(group, number) {
    const address = `${this.folder}${group.name}/${number.toString(16).padStart(2, "0")}.bin?${group.version}`;
    return kept(this.shards, address, async () => {
      const data = await (await this.fetched(address)).arrayBuffer();
      if (new DataView(data).getUint32(0, true) !== group.version) throw new Error(`another version: ${address}`);
      return data;
    });
  }

  /** The documents of a part: title, address, day, text. */
  text(part) {
    return kept(this.texts, part.address, async () => (await this.fetched(this.folder + part.address)).json());
  }
}

/** A run of documents with shards of its own, numbered from the oldest. */
class Group {
  constructor({ name, bits, version, segments }, order, signs) {
    Object.assign(this, { name, bits, version, order });
    this.starts = []; // of segments
    this.parts = []; // of each document
    for (const segment of segments) {
      this.starts.push(this.parts.length);
      for (const [part, count, mark] of segment.parts) {
        const found = { address: `${segment.name}/${part}.json?${mark}`, start: this.parts.length };
        for (let n = 0; n < count; n++) this.parts.push(found);
      }
    }
    this.columns = segments.flatMap((segment) => Array.from(segment.columns, (sign) => signs.get(sign) ?? ""));
    this.years = segments.flatMap(({ years }) => years.flatMap(([year, count]) => Array(count).fill(year)));
  }

  isBulletin(number) {
    return this.columns[number].startsWith("bulletins/");
  }

  /** For each document, whether a filter lets it through. */
  allowed({ column, type, year }) {
    return this.columns.map(
      (own, n) =>
        (!column || own === column || own.startsWith(`${column}/`)) &&
        (!type || (own && (type === "bulletin") === this.isBulletin(n))) &&
        (!year || this.years[n] === year),
    );
  }
}

/** A question on its way: candidates have its rarest pairs of characters, and are checked as they are shown. */
class Query {
  constructor(search, words, filter) {
    this.search = search;
    this.terms = words;
    this.single = words.every((word) => word.length === 1);
    this.grams = grams(words, this.single, search.frequent);
    this.waiting = []; // groups, the newest first
    this.used = new Map(); // of each group, how many grams were looked up
    this.candidates = [];
    this.shown = 0;
    for (const group of words.length ? search.groups : []) {
      const allowed = group.allowed(filter);
      if (allowed.includes(true)) this.waiting.unshift({ group, allowed });
    }
  }

  /** How many hits there are; at most so many, and as far as was looked, when they are not `exact`. */
  get total() {
    return this.shown + this.candidates.length;
  }

  get exact() {
    return !this.waiting.length && (!this.candidates.length || (this.terms.length === 1 && this.terms[0].length < 3));
  }

  get done() {
    return !this.waiting.length && !this.candidates.length;
  }

  /** Looks through the next groups for the rarest pair. */
  async widen() {
    const some = this.waiting.splice(0, GROUPS);
    const found = await Promise.all(some.map(({ group }) => this.lookUp(group, 0)));
    some.forEach(({ group, allowed }, n) => {
      this.used.set(group, 1);
      found[n].forEach((place, number) => {
        if (place && allowed[number]) this.candidates.push({ group, number, place });
      });
    });
    this.sort();
  }

  /** Whether one more pair is worth a request in a group. */
  isWorth(group, room) {
    const count = this.candidates.filter((each) => each.group === group).length;
    return count > FEW && room > TEXTS && this.used.get(group) < this.grams.length;
  }

  /** Looks up one more pair in a group; no others, if it is no help. */
  async narrow(group) {
    const used = this.used.get(group);
    const found = await this.lookUp(group, used);
    const before = this.candidates.length;
    for (const each of this.candidates) if (each.group === group) each.place &= found[each.number];
    this.candidates = this.candidates.filter(({ place }) => place);
    this.used.set(group, this.candidates.length > before * MUCH ? Infinity : used + 1);
    this.sort();
  }

  /** For each document of a group, whether it has a pair: not at all, in its text, in its title too. */
  async lookUp(group, n) {
    const hash = this.grams[n];
    const data = await this.search.shard(group, group.bits ? hash >>> (32 - group.bits) : 0);
    const fine = 1 << (FINE_BITS - group.bits); // so many are in a shard of each segment
    const inside = (hash >>> (32 - FINE_BITS)) & (fine - 1);
    const key = (hash >>> (32 - FINE_BITS - KEY_BITS)) & ((1 << KEY_BITS) - 1);
    const places = new Uint8Array(group.parts.length);
    let position = 4;
    for (const start of group.starts)
      for (let one = 0; one < fine; one++)
        position = read(data, position, one === inside ? key : -1, this.single, places.subarray(start));
    return places;
  }

  /** The first are those with the words in their titles, then bulletins, then the newest. */
  sort() {
    const rank = ({ group, number, place }) => (place & IN_TITLE) + (group.isBulletin(number) ? 1 : 0);
    this.candidates.sort((a, b) => rank(b) - rank(a) || b.group.order - a.group.order || b.number - a.number);
  }

  /** The next hits, each checked against its text. There may be none, and more to find: an answer has its limits. */
  async next() {
    const hits = [];
    while (hits.length < HITS && !this.done) {
      const room = REQUESTS - this.search.requests;
      if (room <= 0 || (hits.length && !this.candidates.length)) break;
      if (!this.candidates.length) {
        await this.widen();
        continue;
      }
      const { group } = this.candidates[0];
      if (this.isWorth(group, room)) await this.narrow(group);
      else await this.check(await this.within(room, HITS - hits.length), hits);
    }
    this.shown += hits.length;
    return hits;
  }

  /** Still more hits: an answer of its own. */
  async more() {
    this.search.requests = 0;
    return this.next();
  }

  /** The first candidates, as many as so many requests bring the texts of. */
  async within(room, count) {
    const parts = new Set();
    let end = 0;
    for (const { group, number } of this.candidates.slice(0, count)) {
      const part = group.parts[number];
      if (!this.search.texts.has(part.address)) parts.add(part);
      if (parts.size > room) break;
      end++;
    }
    const some = this.candidates.splice(0, end);
    await Promise.all(some.map(({ group, number }) => this.search.text(group.parts[number])));
    return some;
  }

  /** Adds candidates to the hits that have all the words; one steps back whose title seemed to have them all, but has not. */
  async check(candidates, hits) {
    const back = [];
    for (const { group, number, place } of candidates) {
      const part = group.parts[number];
      const [title, href, day, text] = (await this.search.text(part))[number - part.start];
      const [inTitle, inText] = [this.search.folded(title), this.search.folded(text)];
      const isTitled = this.terms.every((word) => inTitle.includes(word));
      if (!isTitled && (this.single || !this.terms.every((word) => inTitle.includes(word) || inText.includes(word))))
        continue;
      if (!isTitled && place & IN_TITLE) {
        back.push({ group, number, place: IN_TEXT });
      } else {
        const column = this.search.columns.get(group.columns[number]) ?? "";
        const words = excerpt(text, inText, this.terms);
        hits.push({ title: marked(title, inTitle, this.terms), excerpt: words, href, day, column });
      }
    }
    this.candidates.push(...back);
    if (back.length) this.sort();
  }
}

/** The words of a question: what stands between blanks, each once. */
function terms(text) {
  return [...new Set(text.split(/\s+/).filter(Boolean))];
}

/** The hashes of the pairs of characters of words, the rarest first; those of single characters, to be looked up in titles. */
function grams(words, single, frequent) {
  const rank = (hash) => frequent.get(hash >>> (32 - FINE_BITS - KEY_BITS)) ?? Infinity;
  const found = new Set();
  for (const word of words)
    for (let n = single ? 0 : 1; n < word.length; n++) {
      const [first, second] = single ? [word.charCodeAt(n), 0] : [word.charCodeAt(n - 1), word.charCodeAt(n)];
      const hash = (Math.imul(first, FIRST) + Math.imul(second, SECOND)) >>> 0;
      found.add(hash);
    }
  return [...found].sort((a, b) => rank(b) - rank(a) || 0); // two that are not frequent differ by NaN
}

/** Reads the fine shard at `position`: notes the documents that have `key` in their titles, or anywhere; gives its end. */
function read(data, position, key, titles, places) {
  const [inText, inTitles] = new Uint16Array(data, position, 2);
  const keys = new Uint16Array(data, position + 4, inText + inTitles);
  const counts = new Uint8Array(data, position + 4 + 2 * keys.length, keys.length);
  const wanted = key < 0 ? [] : [titles ? -1 : keys.subarray(0, inText).indexOf(key), keys.indexOf(key, inText)];
  let start = counts.byteOffset + counts.length;
  for (let n = 0; n < counts.length; n++) {
    const bytes = new Uint8Array(data, start, counts[n] || BITMAP);
    if (n === wanted[0]) note(bytes, counts[n], places, IN_TEXT);
    if (n === wanted[1]) note(bytes, counts[n], places, IN_TEXT | IN_TITLE);
    start += bytes.length;
  }
  return start + (start % 2);
}

/** Notes documents: `count` numbers, or a bitmap when it is 0. */
function note(bytes, count, places, place) {
  if (count) for (const number of bytes) places[number] |= place;
  else for (let n = 0; n < 8 * BITMAP; n++) if (bytes[n >> 3] & (0x80 >> (n & 7))) places[n] |= place;
}

/** Runs of a text around the first of the words. */
function excerpt(text, folded, words) {
  const found = words.map((word) => folded.indexOf(word)).filter((place) => place >= 0);
  const first = Math.min(...found, text.length);
  const line = text.lastIndexOf("\n", first) + 1;
  let start = found.length ? Math.max(line, first - BEFORE) : 0;
  if (start > line) start += text.slice(start, first).search(/[，。！？；、：]/) + 1;
  const end = Math.min(text.length, start + AROUND);
  const runs = marked(text.slice(start, end), folded.slice(start, end), words);
  return [...(start > 0 ? [["…", false]] : []), ...runs, ...(end < text.length ? [["…", false]] : [])];
}

/** A text as runs, each with whether it is one of the words. */
function marked(text, folded, words) {
  const inside = new Uint8Array(text.length);
  for (const word of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) inside.fill(1, at, at + word.length);
  const runs = [];
  for (let start = 0, end = 1; start < text.length; start = end++) {
    while (end < text.length && inside[end] === inside[start]) end++;
    runs.push([text.slice(start, end), inside[start] === 1]);
  }
  return runs;
}

/** What `key` stands for in a map, made when it is first asked for; a failure is not kept. */
function kept(map, key, make) {
  if (!map.has(key)) {
    map.set(key, make());
    map.get(key).catch(() => map.delete(key));
  }
  return map.get(key);
}

/** The search page: its form, its address and its list of hits say the same. */
function page(form) {
  const [status, list, more] = ["s-status", "s-hits", "s-more"].map((id) => document.getElementById(id));
  const filters = form.querySelector("fieldset");
  const title = document.title;
  let search = new Search(form.dataset.index);
  let turn = 0; // the question that was asked last

  function asked() {
    return new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  }

  function take(address) {
    const question = new URLSearchParams(address);
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = question.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = "";
    }
  }

  async function answer(again = true) {
    const mine = ++turn;
    const { q = "", ...filter } = Object.fromEntries(asked());
    list.replaceChildren();
    more.hidden = true;
    document.title = q ? `${q} - ${title}` : title;
    status.textContent = q ? "正在查找……" : "";
    if (!q) return;
    try {
      const query = await search.query(q, filter);
      more.onclick = () => show(query, () => query.more(), mine, true);
      await show(query, () => query.next(), mine);
    } catch (error) {
      search = new Search(form.dataset.index); // the site may have been published anew meanwhile
      if (mine === turn && again) await answer(false);
      else if (mine === turn) status.textContent = "查找没有成功，请稍后再试。";
    }
  }

  async function show(query, hits, mine, isMore = false) {
    if (mine !== turn) return;
    more.disabled = true;
    const items = (await hits()).map((hit) => item(hit, form.dataset.base));
    if (mine !== turn) return;
    list.append(...items);
    status.textContent = said(query);
    more.disabled = false;
    more.hidden = query.done;
    more.textContent = !query.shown ? "继续查找" : query.candidates.length ? "再看一些" : "查找更早的";
    if (isMore) (items[0]?.querySelector("a") ?? form.elements.q).focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", `?${asked()}`);
    answer();
  });
  filters.addEventListener("change", () => form.requestSubmit());
  addEventListener("popstate", () => {
    take(location.search);
    answer();
  });
  filters.hidden = false;
  take(location.search);
  answer();
}

/** What a query found, in words. */
function said(query) {
  if (!query.total && query.done) return "没有找到。可以少写几个字，或者换一个说法。";
  if (!query.shown) return `还没有找到，约有 ${query.total} 条要再核对。`;
  const rest = query.waiting.length ? "，更早的还没有查找" : "";
  return `找到${query.exact ? "" : "约"} ${query.total} 条${rest}，已列出 ${query.shown} 条。`;
}

/** A hit as an entry of the list. */
function item({ title, excerpt: words, href, day, column }, base) {
  const link = element("a", "", title);
  link.href = base + href;
  const time = element("time", "", [[day]]);
  time.dateTime = day;
  const meta = element("p", "meta", [...(day ? [[time], [" "]] : []), [element("span", "", [[column]])]]);
  return element("li", "entry", [[element("h2", "", [[link]])], [element("p", "excerpt", words)], [meta]]);
}

/** An element of runs: texts, some of them marked, and other elements. */
function element(name, kind, runs) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  for (const [run, mark] of runs) made.append(mark ? element("mark", "", [[run]]) : run);
  return made;
}

if (typeof document !== "undefined") page(document.getElementById("s-search"));
