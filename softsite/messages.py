"""Messages: what each problem says, in Chinese for editors and in English by `--lang en`."""

from typing import NamedTuple


class Message(NamedTuple):
    """The words of one kind of problem: what is wrong and how to mend it."""

    zh: str
    zh_hint: str
    en: str
    en_hint: str

    def said(self, lang: str) -> str:
        """What is wrong."""
        return self.en if lang == "en" else self.zh

    def hinted(self, lang: str) -> str:
        """How to mend it; may be empty."""
        return self.en_hint if lang == "en" else self.zh_hint


# fmt: off
MESSAGES: dict[str, Message] = {
    # files
    "file-unreadable": Message(
        "这个文件读不出来：{reason}", "请检查文件是否被占用、权限是否正确。",
        "this file cannot be read: {reason}", "Check that it is not locked and that you may read it."),
    "file-not-regular": Message(
        "这不是普通文件，已拒绝读取", "请删除它，或换成真正的文件。",
        "this is not a regular file; it is not read", "Remove it or put a real file in its place."),
    "file-outside": Message(
        "这个链接指向网站文件夹以外的地方，已拒绝读取", "请把文件本身复制到 content/ 里。",
        "this link leads out of the site's folder; it is not followed", "Copy the file itself into content/."),
    "file-too-large": Message(
        "文件有 {size} 字节，超过 {limit} 字节的上限", "请把它拆小。",
        "the file has {size} bytes, more than the limit of {limit}", "Split it."),
    "file-name": Message(
        "文件名里有网址不能用的字符：{name}", "请改名，只用汉字、字母、数字、“-”和“_”。",
        "the file's name has characters that an address cannot hold: {name}", "Rename it."),
    "encoding": Message(
        "认不出文字编码（不是 UTF-8、GB18030 或 UTF-16）", "请用记事本打开，另存为 UTF-8 编码。",
        "the text's encoding is none of UTF-8, GB18030, UTF-16", "Save it as UTF-8."),
    "control-character": Message(
        "有看不见的控制字符 {name}，已去掉", "多半是从 Word 粘贴带来的，可以放心删除。",
        "there is an invisible control character {name}; it is left out", "Usually pasted from Word: delete it."),
    "export-hidden": Message(
        "这一篇现在没有发布，不能导出", "草稿、没到时间的、已下线和已撤稿的都不导出；要用现在以外的时间，加 --as-of。",
        "this page is not published now; it is not exported", "Drafts and what is withdrawn are not exported; --as-of takes another moment."),
    # the other script
    "script-undecided": Message(
        "“{source}”在繁体版里写作“{result}”，这里没有词语能断定，也可能是“{others}”",
        "如果不对，在 glossary.yaml 的“对应”里写明整个词。",
        "“{source}” becomes “{result}”; no word decides it, and it could be “{others}”",
        "If it is wrong, put the whole word under `map` in glossary.yaml."),
    "script-border": Message(
        "“{source}”当作人名，在繁体版里写作“{result}”；它也可能是前后两个词的一部分",
        "如果这里不是人名，在 glossary.yaml 的“对应”里写明前后的词。",
        "“{source}” is taken for a person and becomes “{result}”; it may be parts of two words",
        "If it is no name here, put the words under `map` in glossary.yaml."),
    "script-word": Message(
        "“{source}”当作人名，在繁体版里写作“{result}”；它也是一个词，作词时写作“{others}”",
        "如果这里不是人名，在 glossary.yaml 的“对应”里写明整个词。",
        "“{source}” is taken for a person and becomes “{result}”; as a word it would be “{others}”",
        "If it is no name here, put the whole word under `map` in glossary.yaml."),
    "script-review": Message(
        "繁体版有 {count} 处转换要人看一眼", "softsite check . {file} 逐处列出。",
        "{count} conversions into traditional script should be looked at", "softsite check . {file} lists them."),
    # YAML
    "front-matter-missing": Message(
        "文章开头没有用两行 --- 括起来的信息", "第一行写 ---，接着写“标题：”“日期：”，再写一行 ---。",
        "the article does not begin with front matter between two lines ---", "Begin with ---, title:, date:, ---."),
    "front-matter-open": Message(
        "文章开头的信息没有结束：缺第二行 ---", "在正文之前单独加一行 ---。",
        "the front matter is not closed by a second line ---", "Add a line --- before the text."),
    "yaml-line": Message(
        "这一行不是“名称: 内容”的样子", "名称后面加冒号再写内容；续行请缩进两格。",
        "this line is not of the form `key: value`", "Write a key, a colon and the value; indent continued lines."),
    "yaml-syntax": Message(
        "这里的写法读不懂：{reason_zh}", "检查引号、括号是否成对，缩进是否对齐。",
        "this is not valid YAML: {reason}", "Check that quotes and brackets are paired and that lines align."),
    "yaml-indent": Message(
        "这一行前面多了空格", "名称要顶格写；上一行文字没有写完时，续行里不要有冒号。",
        "this line is indented, so it is no entry of its own", "Begin keys at the margin."),
    "yaml-align": Message(
        "这一行没有对齐", "并列的各项，前面的空格要一样多，不要用 Tab；如果它是上一行没有写完的话，里面不要有冒号。",
        "this line is not aligned", "Entries that belong together are indented by as many blanks; no tabs."),
    "yaml-blank": Message(
        "“{sign}”后面少了空格", "如果这一行是文字，请把它接在上一行后面，或者给内容加上引号。",
        "a blank is missing behind `{sign}`", "If the line is text, write it behind the line above, or quote it."),
    "bracket-open": Message(
        "括号没有成对", "", "the bracket is not closed", ""),
    "quote-open": Message(
        "引号没有成对", "", "the quotation mark is not closed", ""),
    "yaml-alias": Message(
        "内容不能以 &、* 或 ! 开头：{name}", "如果它是文字，请把它放进英文双引号。",
        "YAML anchors, aliases and tags are not allowed: {name}", "Write the value out, or quote it if it is text."),
    "yaml-deep": Message(
        "层次太深", "请减少嵌套。", "the nesting is too deep", "Flatten it."),
    "key-repeated": Message(
        "“{key}”写了两次，第一次在第 {first} 行", "请只留一个。",
        "`{key}` is given twice, first in line {first}", "Keep one of them."),
    "key-unknown": Message(
        "没有“{key}”这个名称", "可用的名称：{known}",
        "there is no key `{key}`", "Known keys: {known}"),
    "key-similar": Message(
        "没有“{key}”这个名称，是不是“{near}”？", "", "there is no key `{key}`; did you mean `{near}`?", ""),
    "key-missing": Message(
        "缺少“{key}”", "请加上一行。", "`{key}` is missing", "Add the line."),
    "value-empty": Message(
        "“{key}”是空的", "请填写内容。", "`{key}` is empty", "Give it a value."),
    "item-empty": Message(
        "“{key}”里有一项是空的", "请填写内容，或者删掉这一行。",
        "an item of `{key}` is empty", "Give it a value, or take the line out."),
    "value-kind": Message(
        "“{key}”的内容“{value}”不对，这里要{wanted_zh}", "", "`{key}` cannot be “{value}”: it takes {wanted_en}", ""),
    "value-comment": Message(
        "“ #”后面的文字被当作注释，没有发布：{value}", "如果它是内容的一部分，请把整行内容放进英文双引号。",
        "what follows “ #” is read as a comment: {value}", "Put the whole value in double quotes if it belongs to it."),
    "date-impossible": Message(
        "“{key}”写的“{value}”不存在：没有这一天或这个时刻", "", "`{key}`: there is no such date as “{value}”", ""),
    "date-form": Message(
        "“{key}”写的“{value}”看不懂", "可写成 2017-11-27、2017-11-27 17:42、2017年11月27日 等。",
        "`{key}`: “{value}” is not a date that is understood", "Write 2017-11-27 or 2017-11-27 17:42."),
    "dates-crossed": Message(
        "“{until}”不晚于“{since}”，这篇文章永远不会显示", "请检查两个时间。",
        "`{until}` is not after `{since}`: the article would never show", "Check both times."),
    # data
    "key-derived": Message(
        "“{key}”由程序算出，不用填写", "请删掉这一行。",
        "`{key}` is computed and cannot be typed", "Take the line out."),
    "number-unit": Message(
        "“{key}”写的“{value}”里，单位“{unit}”用不了", "这里可用的单位：{known}",
        "`{key}`: “{value}” has the unit “{unit}”, which this field does not know", "Known units: {known}"),
    "figure-places": Message(
        "“{key}”写的“{value}”小数太多：{figure}，这里最多写 {places} 位小数", "请核对数字；确实要多写几位的，请管理员改这种数据的 places。",
        "`{key}`: “{value}” is {figure}, more than {places} decimals", "Check it; `places` of the type's declaration says how many there are."),
    "value-bounds": Message(
        "“{key}”写的“{value}”超出了范围：要{bounds_zh}", "",
        "`{key}` cannot be “{value}”: it has to be {bounds_en}", ""),
    "choice-unknown": Message(
        "“{key}”写的“{value}”不在可选的内容里", "可以写：{known}",
        "`{key}` cannot be “{value}”", "It takes one of: {known}"),
    "choice-none": Message(
        "“{key}”写的“{value}”要是“{table}”里有的，“{table}”里还没有一行", "请先填“{table}”。",
        "`{key}`: “{value}” has to stand in `{table}`, which has no rows", "Fill in `{table}` first."),
    "document-number": Message(
        "“{key}”写的“{value}”不是规范的文号", "文号写成 青软办〔2026〕3号 的样子，年份用六角括号〔〕。",
        "`{key}`: “{value}” is no document number", "Write it like 青软办〔2026〕3号, the year between 〔〕."),
    "date-outside": Message(
        "“{key}”写的“{value}”不在{period}之内（期间在第 {first} 行）", "请检查日期和期间。",
        "`{key}`: “{value}” lies outside of {period} (line {first})", "Check the date and the period."),
    "date-future": Message(
        "“{key}”写的“{value}”还没有到", "已经发生的事，日期不会在今天以后；请检查年份和月份。",
        "`{key}`: “{value}” is still to come", "What has happened has a day that is over or today: check the year."),
    "period-future": Message(
        "“{key}”写的“{value}”在发布以后才开始：“{date_key}”写的是 {date}（第 {first} 行）", "请检查这两项；发布日期不会早于这一期的第一天。",
        "`{key}`: “{value}” begins after the publication: `{date_key}` is {date} (line {first})", "Check both."),
    "period-repeated": Message(
        "“{key}”写的“{value}”已经有一份：{other}", "如果是抄来忘了改，请改成这一期的；同一期只能有一份，多出的一份请删掉。",
        "`{key}`: there is a bulletin of {value} already: {other}", "Change it if it was copied; remove one of the two."),
    "period-file": Message(
        "“{key}”写的“{value}”和文件名 {name} 不是同一期", "请改“{key}”；如果“{key}”是对的，就把文件改名为 {right}。",
        "`{key}`: “{value}” is not the period that the file's name {name} says", "Change it, or rename the file to {right}."),
    "number-repeated": Message(
        "“{key}”写的“{value}”和另一份相同：{other}", "如果是抄来忘了改，请改成这一份的文号。",
        "`{key}`: {other} has “{value}”, too", "Change it if it was copied."),
    "link-elsewhere": Message(
        "“{key}”写的“{value}”不是本网的文章或数据", "这里写文件的路径，从本文件所在的文件夹算起，如 ../../policy/a.md；别的网站的网址请写在“原文链接”里，或者写进长文、文章里。",
        "`{key}`: “{value}” is no article or bulletin of this site", "Write the path of its file, as ../../policy/a.md; addresses of other sites go into `source_url` or a text."),
    "attachment-elsewhere": Message(
        "“{key}”写的“{value}”不是本网的附件", "请把文件放进 content/，这里写它的路径，从本文件所在的文件夹算起，如 ../../attachments/a.pdf。",
        "`{key}`: “{value}” is no file of this site", "Put the file into content/ and write its path, as ../../attachments/a.pdf."),
    "table-long": Message(
        "“{key}”有 {rows} 行，超过 {most} 行的上限", "请拆成几份。",
        "`{key}` has {rows} rows, more than {most}", "Split it."),
    "sum-differs": Message(
        "{says}：{one}不等于 {other}", "请核对这几行的数字。",
        "{says}: {one} is not {other}", "Check the figures in these lines."),
    "check-failed": Message(
        "{says}{where}", "", "{says}{where}", ""),
    "row-failed": Message(
        "{table}“{row}”：{says}", "", "{table} “{row}”: {says}", ""),
    "row-repeated": Message(
        "“{table}”里有两行的“{key}”都是“{value}”，另一行在第 {first} 行", "请改正写错的一行，或者把两行合成一行。",
        "`{table}` has two rows with the `{key}` “{value}”, the other in line {first}", "Correct one, or make one row of both."),
    "holidays-unknown": Message(
        "这里要数 {year} 年的工作日，可是还没有这一年的放假安排，只按周一至周五计算",
        "国务院办公厅每年秋天公布下一年的放假安排，请把日期写进 {file}。",
        "working days of {year} are counted here, whose holidays are not known; Monday to Friday are taken",
        "The State Council announces them in the autumn before; write them into {file}."),
    "bulletin-type": Message(
        "没有“{value}”这种数据", "数据文件放在 content/bulletins/种类/ 里，已有的种类：{known}",
        "there is no type of bulletin `{value}`", "Data stands in content/bulletins/TYPE/; known types: {known}"),
    "bulletin-name": Message(
        "这个文件没有用上，因为名称不对：{name}", "数据文件的名称以 .yaml 结尾，不以“_”开头；种类的声明叫 _type.yaml，放假安排叫 _workdays.yaml，一个字母都不能差。",
        "this file is not used, since its name is wrong: {name}",
        "Data ends in .yaml and begins with no `_`; a declaration is called _type.yaml, the calendar _workdays.yaml."),
    "declaration": Message(
        "{zh}", "", "{en}", ""),
    "formula": Message(
        "公式“{value}”算不出来：{reason}（{where}）", "请网站管理员检查这种数据的声明。",
        "the formula `{value}` fails: {reason} ({where})", "Ask the web master to check the type's declaration."),
    "formula-kind": Message(
        "公式“{value}”算出的是{given_zh}，“{key}”要{kind_zh}（{where}）", "请网站管理员检查这种数据的声明。",
        "the formula `{value}` gives {given_en}, `{key}` takes {kind_en} ({where})", "Ask the web master to check the type's declaration."),
    "figure-dead": Message(
        "没有这个数据：{target}", "可以引用：{known}",
        "there is no such figure: {target}", "Figures there: {known}"),
    "figure-empty": Message(
        "“{title}”没有填“{key}”，不能引用：{target}", "请先在数据里填上，或者改写这句话。",
        "“{title}” has no `{key}` to cite: {target}", "Fill it in, or write the sentence anew."),
    "citation-form": Message(
        "双花括号里的引用看不懂：{target}",
        "引用数字写 {{{{ 种类/文件名.名称 }}}}，如 {{{{ notices/2026-10.通报人数 }}}}；放上整期写 {{{{ 数据: notices/2026-10 }}}}；"
        "要显示花括号，前后加反引号 `。",
        "these double braces cite nothing: {target}",
        "Write {{{{ notices/2026-10.people }}}} for a figure, {{{{ bulletin: notices/2026-10 }}}} to show all; put braces "
        "that are text in backticks."),
    "citation-alone": Message(
        "放上整期数据的引用要单独成行：{target}", "前后不能有文字，也不能放在表格或小标题里。",
        "this has to stand on a line of its own: {target}", "Not within a sentence, a table or a heading."),
    "citation-place": Message(
        "这里不能引用数据：{target}", "只有正文、摘要和数据的长文里可以引用，网页代码和图片说明里也不行。请直接写数字。",
        "figures cannot be cited here: {target}", "Only in the text, outside of HTML, and in the summary. Write the figure."),
    # site
    "site-missing": Message(
        "这里没有 site.yaml", "请在网站文件夹里运行，或把文件夹写在命令后面；新建网站用 softsite init。",
        "there is no site.yaml here", "Run in the site's folder or name it; `softsite init` makes a new one."),
    "site-url": Message(
        "“url”必须是完整的网址", "例如 https://www.example.org/ruanhuanjing/",
        "`url` has to be a complete address", "For example https://www.example.org/ruanhuanjing/"),
    "site-timezone": Message(
        "没有“{value}”这个时区", "一般写 Asia/Shanghai。",
        "there is no time zone “{value}”", "Usually Asia/Shanghai."),
    "column-slug": Message(
        "栏目的 slug “{value}”不能用", "只能用小写字母、数字和“-”，并且不能是 {reserved}。",
        "`{value}` cannot be a column's slug", "Use lower-case letters, digits and -, and none of {reserved}."),
    "column-repeated": Message(
        "栏目“{value}”写了两次", "同一级的 slug 不能相同。",
        "the column `{value}` stands twice", "Slugs of one level must differ."),
    "column-unknown": Message(
        "site.yaml 里没有这个栏目：{value}", "已有的栏目：{known}",
        "site.yaml names no such column: {value}", "Known columns: {known}"),
    "template": Message(
        "模板出错：{reason}", "请网站管理员检查这个模板。",
        "error in a template: {reason}", "Ask the web master to check it."),
    "template-missing": Message(
        "找不到模板 {name}", "", "there is no template {name}", ""),
    # text
    "markdown-slow": Message(
        "这篇文章太复杂，{seconds} 秒还没有处理完", "检查是否有大量没有配对的括号、星号或很深的缩进。",
        "this article takes more than {seconds} seconds", "Look for unpaired brackets, stars or deep nesting."),
    "markdown-deep": Message(
        "这篇文章的层次（引用、列表、括号）太深", "请减少嵌套。",
        "quotes, lists or brackets are nested too deeply here", "Flatten them."),
    "markdown-failed": Message(
        "这篇文章的写法无法处理：{reason}", "请检查正文里不寻常的符号。",
        "this article's Markdown cannot be read: {reason}", "Look for unusual characters."),
    "link-dead": Message(
        "链接指向的内容不存在：{target}", "检查路径和大小写；链接从本文件所在的文件夹算起。",
        "this link leads nowhere: {target}", "Check the path and its letter case; it starts at this file's folder."),
    "link-similar": Message(
        "链接指向的内容不存在：{target}，是不是 {near}？", "",
        "this link leads nowhere: {target}; did you mean {near}?", ""),
    "link-hidden": Message(
        "链接指向的文章没有发布：{target}（{state_zh}）", "请去掉链接，或等它发布后再加。",
        "this link leads to an article that is not published: {target} ({state_en})", "Take the link out."),
    "anchor-dead": Message(
        "链接指向的小标题不存在：{target}", "可用的小标题：{known}",
        "there is no such heading: {target}", "Headings there: {known}"),
    "link-local": Message(
        "这是您电脑上的路径，读者打不开：{target}", "请把文件放进 content/，再写它相对于本文件的路径。",
        "this path is on your own computer: {target}", "Put the file into content/ and link to it there."),
    "link-scheme": Message(
        "网址前面缺少 https://：{target}", "",
        "`https://` is missing before this address: {target}", ""),
    "file-unused": Message(
        "这个文件没有用上：{name}", "文章的文件名要以 .md 结尾；附件要有文章链接到它才会发布。",
        "this file is not used: {name}", "Articles end in .md; attachments are published when an article links to them."),
    "link-unsafe": Message(
        "这个链接不安全，已去掉：{target}", "链接只能是网址、邮箱、电话或网站里的文件。",
        "this link is unsafe and left out: {target}", "Links are web, mail and telephone addresses, or files of the site."),
    "image-dead": Message(
        "图片或附件不存在：{target}", "检查路径和大小写；路径从本文件所在的文件夹算起。",
        "there is no such picture or attachment: {target}", "Check the path and its letter case."),
    "image-similar": Message(
        "图片或附件不存在：{target}，是不是 {near}？", "",
        "there is no such picture or attachment: {target}; did you mean {near}?", ""),
    "image-remote": Message(
        "图片在别的网站上：{target}", "请把图片存到 content/ 里再引用；网页不从别处加载任何东西。",
        "this picture is on another site: {target}", "Save it under content/: pages load nothing from elsewhere."),
    "file-type": Message(
        "这种文件不能发布：{name}", "可以发布图片、音视频、PDF、Office/WPS 文档、CSV 和压缩包。",
        "files of this type are not published: {name}", "Pictures, media, PDF, office files, CSV and archives are."),
    "svg-unsafe": Message(
        "这个 SVG 图片里有脚本或外部内容：{reason}", "请用绘图软件重新导出成普通 SVG，或换成 PNG。",
        "this SVG holds script or outside content: {reason}", "Export it as plain SVG or use PNG."),
    "image-alt": Message(
        "图片没有文字说明：{target}", "看不见图片的读者靠它：写成 ![图片说明](图片.jpg)；题图另写一行“图片说明：”。",
        "this picture has no text alternative: {target}", "Write ![words](picture.jpg), or image_alt in the front matter."),
    "picture-unknown": Message(
        "图片 {name} 打不开：不是网页能用的图片格式，或文件不完整", "请用看图软件打开，另存为 JPG 或 PNG；只改扩展名没有用。",
        "the picture {name} is in no known format, or cut", "Save it as JPEG or PNG."),
    "picture-broken": Message(
        "图片 {name} 打不开：文件不完整或已损坏（{size} 字节）", "请重新复制或上传原图。",
        "the picture {name} is cut or damaged ({size} bytes): {reason}", "Copy the original again."),
    "picture-large": Message(
        "图片 {name} 太大：{width}×{height} 像素（文件 {size} 字节），没有打开它", "请缩小到 4000 像素宽以内再上传。",
        "the picture {name} is too large: {width}×{height} pixels ({size} bytes); it was not opened",
        "Make it at most 4000 pixels wide."),
    "picture-moving": Message(
        "动图 {name} 里带有拍摄信息（可能有地点、设备）", "请用看图软件另存一份不带这些信息的动图。",
        "the moving picture {name} holds notes of a camera (place, device)", "Save it without them."),
    "html-dropped": Message(
        "网页里不能有 <{name}>，已去掉", "如果 <…> 是文字，请写成 &lt;…&gt; 或用《》。",
        "<{name}> is not allowed in an article and left out", "If it is text, write &lt;…&gt;."),
    "file-changing": Message(
        "文件在生成时正被修改", "请保存完以后再生成一次。",
        "the file was being changed during the build", "Build again when it has been saved."),
    "asset-unreadable": Message(
        "这个文件读不出来：{reason}", "请检查文件是否被占用、权限是否正确、是否太大。",
        "this file cannot be read: {reason}", "Check that it is not locked, that you may read it, and its size."),
    "alias-form": Message(
        "旧网址“{value}”不能用", "写成 /旧目录/旧名.html 的样子，不带问号。",
        "`{value}` cannot be an old address", "Write it like /old/name.html, without a query."),
    # plan
    "path-taken": Message(
        "网址 /{address} 已经被占用：{other}", "请给其中一个改名。",
        "the address /{address} is claimed twice: also by {other}", "Rename one of them."),
    "path-ours": Message(
        "网址 /{address} 是网站自己要用的", "请给这个文件改名；如果是旧网址，请删去它。",
        "the address /{address} is one that the site needs itself", "Rename the file; take the line out if it is an old address."),
    "path-blocked": Message(
        "网址 /{address} 既是文件又是文件夹：{other}", "请给其中一个改名。",
        "the address /{address} is both a file and a folder: {other}", "Rename one of them."),
    # calendar
    "weekday-wrong": Message(
        "“{key}”里的“{value}”是{day_zh}，不能写在这里", "周一至周五放假写进“放假”，周六、周日上班写进“上班”，别的日子不用写。",
        "`{key}`: {value} is a {day_en} and does not belong here",
        "`holidays` takes days off from Monday to Friday, `workdays` worked Saturdays and Sundays; the rest needs no entry."),
    # glossary
    "glossary-word": Message(
        "词表里不能有“{value}”", "写两个字以上的词，要有汉字，不能有 < > & 引号和反斜杠。",
        "the glossary cannot hold “{value}”",
        "It takes words of two characters or more, with Chinese in them, without < > &, quotation marks or backslashes."),
    # output
    "output-foreign": Message(
        "输出文件夹里已有一个不是 softsite 生成的文件，没有覆盖它", "请移走它，或换一个输出文件夹。",
        "a file that softsite did not make stands in the way; it is not overwritten", "Move it away."),
    "output-left": Message(
        "输出文件夹里有一个不是 softsite 生成的文件，没有动它", "如果不需要，请自己删除。",
        "this file in the output is not softsite's; it is left alone", "Remove it yourself if it is not wanted."),
    "output-unsafe": Message(
        "输出文件夹不能和网站的 {name} 重叠", "请换一个输出文件夹。",
        "the output must not overlap the site's {name}", "Choose another folder."),
    "output-failed": Message(
        "写不进输出文件夹：{reason}", "请检查磁盘空间和权限；原来的网站没有改动。",
        "the output cannot be written: {reason}", "Check space and permissions; the old site is untouched."),
    "output-half": Message(
        "发布到一半时磁盘出错：{reason}", "每个网页都是完整的旧版或新版；排除故障后再生成一次，就会补齐。",
        "the disk failed half-way through publishing: {reason}", "Every page is whole, old or new; build again."),
    "folder-linked": Message(
        "这是指向文件夹的链接（快捷方式），里面的文件没有读取", "请把文件夹本身放进 content/。",
        "this is a link to a folder; the files in it are not read", "Put the folder itself into content/."),
    "address-long": Message(
        "网址 /{address} 太长，磁盘上放不下", "请缩短文件名或旧网址。",
        "the address /{address} is too long for a disk", "Shorten the file's name or the old address."),
    "build-running": Message(
        "另一个生成正在进行", "等它结束后再试。", "another build is running", "Try again when it has ended."),
}
