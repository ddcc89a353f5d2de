/* The search page: its form, its address and its list of hits say the same. */

const FAILED = "查找没有成功：索引没有读到。请过一会儿再试，或者按栏目、按时间查找。";

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
    status.textContent = q ? "正在查找……" : "";
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
    if (mine === turn) status.textContent = FAILED;
  }

  /** Shows some hits; the button leads to more. */
  function show(query, hits, mine) {
    list.append(...hits.map((hit) => item(hit, form.dataset.base, names)));
    status.textContent = said(query);
    more.hidden = query.done;
    more.textContent = query.shown ? "再看一些" : "继续查找";
    more.onclick = async () => {
      more.hidden = true;
      status.textContent = "正在查找……";
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
  if (query.done && query.shown) return `找到 ${query.shown} 条。`;
  if (query.done) return query.single ? "标题里没有。写两个字以上，在正文里也找。" : "没有找到。可以少写几个字，或者换一个说法。";
  if (!query.shown) return "还没有查完，到这里没有找到。";
  return query.waiting.length ? `已列出 ${query.shown} 条，后面还有。` : `找到约 ${query.total} 条，已列出 ${query.shown} 条。`;
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
