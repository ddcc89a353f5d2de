/* Search: finds whatever a reader can see in titles and texts, from index files that were made with the site.
   softsite/plan/search.py and softsite/render/postings.py say what stands in them. Nothing is loaded from elsewhere. */

const REQUESTS = 12; // at most for one answer
const HITS = 10; // at most in one answer
const PAIRS = 3; // that are looked up at once
const TEXTS = 4; // requests that are kept for texts
const FEW = 4; // candidates of a group that are checked at once
const WORDS = 100; // characters of a question
const AROUND = 90; // characters of an excerpt
const BEFORE = 28; // of these, before the first word
const FIRST = 0x9e3779b1;
const SECOND = 0x85ebca77;
const HASH_BITS = 24;
const BITMAP_FILES = 32;
const COLUMN_SIGN = 0x30;
const NUMBERS = 0x10000;
const IN_TEXT = 1;
const IN_TITLE = 2;

/** The index of one site, at the address `index`; its texts, in the script of the edition, are in the folder `texts`. `load` is fetch. */
export class Search {
  constructor(index, texts, load = (...request) => fetch(...request)) {
    this.index = index;
    this.texts = texts;
    this.folder = index.slice(0, index.lastIndexOf("/") + 1);
    this.load = load;
    this.requests = 0; // of the answer under way
    this.files = new Map();
  }

  /** What matches `words`; `filter` has `column`, `type` ("article" or "bulletin") and `year`, or less. */
  async query(words, filter = {}) {
    this.requests = 0;
    await (this.ready ??= this.begin());
    const query = new Query(this, terms(this.folded(words.slice(0, WORDS))), filter);
    await query.begin();
    return query;
  }

  /** Reads the index itself: what everything else needs. */
  async begin() {
    const { fold, columns, shards, groups, frequent } = await (await this.fetched(this.index)).json();
    this.fold = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
    for (let n = 0; n < fold[0].length; n++) this.fold[fold[0].charCodeAt(n)] = fold[1].charCodeAt(n);
    this.frequent = new Map(); // of hashes, how rare each is among them
    const bytes = unpacked(frequent);
    for (let n = 0; n < bytes.length; n += 3)
      this.frequent.set(bytes[n] | (bytes[n + 1] << 8) | (bytes[n + 2] << 16), n);
    this.shards = shards;
    const signs = new Map(columns.map((path, n) => [String.fromCharCode(COLUMN_SIGN + n), path]));
    this.groups = groups.map((group) => new Group(group, signs, this.texts));
    this.documents = this.groups.flatMap(({ documents }) => documents);
    this.documents.forEach((each, rank) => (each.rank = rank));
  }

  /** A file, always as it is now: the browser asks whether it has changed. */
  async fetched(address) {
    this.requests++;
    const response = await this.load(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    return response;
  }

  /** A file that was read by `read`, once. */
  file(address, read) {
    if (!this.files.has(address)) {
      const found = this.fetched(address).then(read);
      this.files.set(address, found);
      found.catch(() => this.files.delete(address)); // a failure is not kept
    }
    return this.files.get(address);
  }

  /** A text with every character as the first of its family: as long as the text itself. */
  folded(text) {
    let made = "";
    for (let n = 0; n < text.length; n++) made += String.fromCharCode(this.fold[text.charCodeAt(n)]);
    return made;
  }

  /** The numbers of documents that have a pair: in titles or texts, unless it is frequent; in titles alone. */
  async numbers(hash) {
    return listed(await this.bytes(`pairs/${range(hash, this.shards)}.bin`), hash);
  }

  /** What tells whether a document of a group has a frequent pair. */
  async bitmap(group, hash) {
    const data = await this.bytes(`${group.name}/${range(hash, BITMAP_FILES)}.bin`);
    const [version, count] = new Uint32Array(data, 0, 2);
    const hashes = new Uint32Array(data, 8, count);
    const row = hashes.indexOf(hash);
    if (version !== group.version || row < 0) throw new Error(`another version: ${group.name}`);
    const bits = new Uint8Array(data, 8 + hashes.byteLength + row * group.width, group.width);
    return ({ bit }) => (bits[bit >> 3] & (0x80 >> (bit & 7))) > 0;
  }

  bytes(path) {
    return this.file(this.folder + path, (response) => response.arrayBuffer());
  }

  /** A document as its part has it: number, title, address, day, text. */
  async text({ part, place, number }) {
    const found = (await this.file(part, (response) => response.json()))[place];
    if (found?.[0] !== number) throw new Error(`another version: ${part}`);
    return found;
  }
}

/** Documents that stand side by side, with bitmaps of their own. */
class Group {
  constructor({ name, version, numbers, columns, years, parts }, signs, texts) {
    Object.assign(this, { name, version, width: Math.ceil(columns.length / 8) });
    const bytes = unpacked(numbers);
    const dated = years.flatMap(([year, count]) => Array(count).fill(year));
    const places = parts.flatMap(([part, count]) => Array.from({ length: count }, (_, place) => [`${texts}${part}.json`, place]));
    this.documents = Array.from(columns, (sign, bit) => ({
      group: this,
      bit,
      number: bytes[2 * bit] | (bytes[2 * bit + 1] << 8),
      column: signs.get(sign) ?? "",
      year: dated[bit],
      part: places[bit][0],
      place: places[bit][1],
    }));
  }
}

/** A question on its way: candidates have some of its pairs of characters, and are checked as they are shown. */
class Query {
  constructor(search, words, filter) {
    this.search = search;
    this.terms = words;
    this.single = words.every((word) => word.length === 1); // looked for in titles
    const hashes = [...new Set(words.flatMap((word) => (this.single ? [hashed(word)] : pairs(word))))];
    const rarity = (hash) => (this.single ? undefined : search.frequent.get(hash));
    this.rare = spread(hashes.filter((hash) => rarity(hash) === undefined));
    this.frequent = hashes.filter((hash) => rarity(hash) !== undefined).sort((a, b) => rarity(b) - rarity(a));
    this.mixed = this.rare.length > 0 && this.frequent.length > 0;
    this.allows = (document) => allowed(document, filter);
    this.places = new Uint8Array(NUMBERS).fill(IN_TEXT | IN_TITLE); // by number: where all pairs may be that were looked up
    this.candidates = [];
    this.waiting = []; // groups, the last one first
    this.narrowed = new Set(); // groups
    this.shown = 0;
  }

  /** How many hits there are; at most so many, and as far as was looked, when it is not done. */
  get total() {
    return this.shown + this.candidates.length;
  }

  get done() {
    return !this.waiting.length && !this.candidates.length;
  }

  get room() {
    return REQUESTS - this.search.requests;
  }

  /** Finds candidates: all there are when a pair is rare; else those with the pairs in their titles, and groups wait for the others. */
  async begin() {
    if (this.rare.length) {
      do await this.lookUp(this.rare.splice(0, PAIRS), 0);
      while (this.rare.length && this.candidates.length > HITS && this.room >= PAIRS + TEXTS);
    } else if (this.frequent.length) {
      await this.lookUp(this.frequent.slice(0, PAIRS), IN_TEXT);
      this.waiting = this.search.groups.filter((group) => group.documents.some(this.allows)).reverse();
    }
  }

  /** Looks up pairs in all documents; those in none of their lists may have them `elsewhere`. */
  async lookUp(hashes, elsewhere) {
    const found = await Promise.all(hashes.map((hash) => this.search.numbers(hash)));
    for (const { inText, inTitles } of found) {
      const places = new Uint8Array(NUMBERS).fill(elsewhere);
      for (const number of inText) places[number] = IN_TEXT;
      for (const number of inTitles) places[number] = IN_TEXT | IN_TITLE;
      for (let number = 0; number < NUMBERS; number++) this.places[number] &= places[number];
    }
    const wanted = this.single || elsewhere ? IN_TITLE : IN_TEXT;
    const some = this.search.documents.filter((each) => this.places[each.number] & wanted && this.allows(each));
    this.candidates = some.map((document) => ({ document, titled: this.isTitled(document) }));
    this.sort();
  }

  /** Whether a document seems to have the words in its title. */
  isTitled({ number }) {
    return (this.places[number] & IN_TITLE) > 0;
  }

  /** Adds the next group's documents that have frequent pairs; those that seem titled were candidates before. */
  async widen() {
    const group = this.waiting.shift();
    const bitmaps = await Promise.all(this.frequent.slice(0, Math.min(PAIRS, this.room)).map((hash) => this.search.bitmap(group, hash)));
    for (const document of group.documents)
      if (!this.isTitled(document) && bitmaps.every((has) => has(document)) && this.allows(document))
        this.candidates.push({ document, titled: false });
    this.sort();
  }

  /** Whether a frequent pair is worth a request, to have fewer candidates in a group. */
  isWorth(group) {
    const count = this.candidates.filter(({ document }) => document.group === group).length;
    return this.mixed && count > FEW && this.room > TEXTS && !this.narrowed.has(group);
  }

  /** Leaves out candidates in a group that do not have the rarest frequent pair. */
  async narrow(group) {
    this.narrowed.add(group);
    const has = await this.search.bitmap(group, this.frequent[0]);
    this.candidates = this.candidates.filter(({ document }) => document.group !== group || has(document));
  }

  /** First those with the words in their titles, then bulletins, then the newest. */
  sort() {
    this.candidates.sort((a, b) => b.titled - a.titled || b.document.rank - a.document.rank);
  }

  /** The next hits, each checked against its text. There may be none, and more to find: an answer has its limits. */
  async next() {
    const hits = [];
    while (hits.length < HITS && this.room > 0 && !this.done) {
      const [first] = this.candidates;
      if (!first && hits.length && this.room < TEXTS) break;
      if (!first) await this.widen();
      else if (this.isWorth(first.document.group)) await this.narrow(first.document.group);
      else await this.check(hits);
    }
    this.shown += hits.length;
    return hits;
  }

  /** Still more hits: an answer of its own. */
  async more() {
    this.search.requests = 0;
    return this.next();
  }

  /** Checks the first candidates, as many as there is room for; a hit whose title only seemed to have the words steps back. */
  async check(hits) {
    const files = new Set();
    let end = 0;
    for (const { document } of this.candidates.slice(0, HITS - hits.length)) {
      if (!this.search.files.has(document.part)) files.add(document.part);
      if (files.size > this.room) break;
      end++;
    }
    const some = this.candidates.splice(0, end);
    const texts = await Promise.all(some.map(({ document }) => this.search.text(document)));
    some.forEach(({ document, titled }, n) => {
      const hit = this.hit(document, texts[n]);
      if (hit && hit.titled < titled) this.candidates.push({ document, titled: false });
      else if (hit) hits.push(hit);
    });
    this.sort();
  }

  /** A document as a reader is to see it, if it has all the words. */
  hit(document, [, title, href, day, text]) {
    const [inTitle, inText] = [this.search.folded(title), this.search.folded(text)];
    const titled = this.terms.every((word) => inTitle.includes(word));
    if (!titled && (this.single || !this.terms.every((word) => inTitle.includes(word) || inText.includes(word)))) return null;
    const words = excerpt(text, inText, this.terms);
    return { titled, title: marked(title, inTitle, this.terms), excerpt: words, href, day, column: document.column };
  }
}

/** The words of a question: what stands between blanks, each once. */
function terms(text) {
  return [...new Set(text.split(/\s+/).filter(Boolean))];
}

/** Whether a filter lets a document through. */
function allowed({ column, year }, filter) {
  const isBulletin = column.startsWith("bulletins/");
  return (
    (!filter.column || column === filter.column || column.startsWith(`${filter.column}/`)) &&
    (!filter.type || (column && isBulletin === (filter.type === "bulletin"))) &&
    (!filter.year || year === filter.year)
  );
}

/** The hash of a pair of units, or of a single one. */
function hashed(units) {
  const second = units.length > 1 ? Math.imul(units.charCodeAt(1), SECOND) : 0;
  return (Math.imul(units.charCodeAt(0), FIRST) + second) >>> (32 - HASH_BITS);
}

/** The hashes of the pairs of units of a word. */
function pairs(word) {
  return Array.from({ length: word.length - 1 }, (_, n) => hashed(word.slice(n, n + 2)));
}

/** Things in an order in which the first few come from everywhere: pairs that overlap are often rare together. */
function spread(things) {
  const step = Math.ceil(things.length / PAIRS);
  return Array.from({ length: step }, (_, start) => things.filter((_, n) => n % step === start)).flat();
}

/** The name of the range that a hash lies in, of so many ranges: where it begins. */
function range(hash, count) {
  const bits = 31 - Math.clz32(count);
  let width = HASH_BITS - bits;
  if (hash >>> width < count - (1 << bits)) width--; // these ranges are halved
  return ((hash >>> width) << width).toString(16).padStart(HASH_BITS / 4, "0");
}

/** What a shard has of a hash. */
function listed(data, hash) {
  const [inText, inTitles] = new Uint32Array(data, 0, 2);
  const hashes = new Uint32Array(data, 8, inText + inTitles);
  const counts = new Uint32Array(data, 8 + hashes.byteLength, hashes.length);
  const numbers = new Uint16Array(data, 8 + hashes.byteLength + counts.byteLength);
  const list = (n) => {
    const start = counts.subarray(0, n).reduce((sum, count) => sum + count, 0);
    return n < 0 ? [] : numbers.subarray(start, start + counts[n]);
  };
  return { inText: list(hashes.subarray(0, inText).indexOf(hash)), inTitles: list(hashes.indexOf(hash, inText)) };
}

/** The bytes of a text in Base64. */
function unpacked(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
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
