/* The search page: its form, its address and its list of hits say the same. What it says stands in the page, in its own script. */

const WORDS = Object.fromEntries(
  [...document.getElementById("s-said").content.children].map((each) => [each.dataset.of, each.textContent]),
);

/** Makes the page work. */
function page(form) {
  const [status, list, more] = ["s-status", "s-hits", "s-more"].map((id) => document.getElementById(id));
  const filters = form.querySelector("fieldset");
  const title = document.title;
  const names = new Map(Array.from(form.elements.column.options, ({ value, text }) => [value, value && text.trim()]));
  let search; // made when it is first needed
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

  /** Answers what the form asks. */
  async function answer() {
    const mine = ++turn;
    const { q = "", ...filter } = Object.fromEntries(asked());
    list.replaceChildren();
    more.hidden = true;
    document.title = q ? `${q} - ${title}` : title;
    status.textContent = q ? WORDS.busy : "";
    if (!q) return;
    try {
      await begin(q, filter, mine);
    } catch {
      search = undefined; // the site may have been published anew meanwhile
      await begin(q, filter, mine).catch(() => fail(mine));
    }
  }

  async function begin(q, filter, mine) {
    search ??= new (await import(form.dataset.engine)).Search(form.dataset.index, form.dataset.texts);
    const query = await search.query(q, filter);
    const first = await query.next();
    if (mine === turn) show(query, first, mine);
  }

  function fail(mine) {
    search = undefined;
    if (mine === turn) status.textContent = WORDS.failed;
  }

  /** Shows some hits; the button leads to more. */
  function show(query, hits, mine) {
    list.append(...hits.map((hit) => item(hit, form.dataset.base, names)));
    status.textContent = said(query);
    more.hidden = query.done;
    more.textContent = query.shown ? WORDS.more : WORDS.on;
    more.onclick = async () => {
      more.hidden = true;
      status.textContent = WORDS.busy;
      const before = list.childElementCount;
      const next = await query.more().catch(() => fail(mine));
      if (mine !== turn || !next) return;
      show(query, next, mine);
      (list.children[before]?.querySelector("a") ?? (query.done ? form.elements.q : more)).focus();
    };
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
  const words = () => {
    if (query.done && query.shown) return WORDS.found;
    if (query.done) return query.single ? WORDS.untitled : WORDS.none;
    if (!query.shown) return WORDS.yet;
    return query.waiting.length ? WORDS.some : WORDS.about;
  };
  return words().replace("{shown}", query.shown).replace("{total}", query.total);
}

/** A hit as an entry of the list. */
function item({ title, excerpt: words, href, day, column }, base, names) {
  const link = element("a", "", title);
  link.href = base + href;
  const time = element("time", "", [[day]]);
  time.dateTime = day;
  const meta = element("p", "meta", [...(day ? [[time], [" "]] : []), [element("span", "", [[names.get(column) ?? ""]])]]);
  return element("li", "entry", [[element("h2", "", [[link]])], [element("p", "excerpt", words)], [meta]]);
}

/** An element of runs: texts, some of them marked, and other elements. */
function element(name, kind, runs) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  for (const [run, mark] of runs) made.append(mark ? element("mark", "", [[run]]) : run);
  return made;
}

page(document.getElementById("s-search"));
