//! Pages that are no articles: other formats, walls, pages that say that nothing is there.

use std::collections::HashSet;

use url::Url;

use super::blocks;
use super::clean::{self, Line};
use super::facts::Facts;
use super::furniture::{self, Where};
use super::links;
use super::structured;
use crate::fold;
use crate::html::{Document, Element};
use crate::pattern::pattern;

/// A wall has little text; an article about one has more.
const SHORT_PAGE: usize = 700;
/// An error page has less.
const SHORT_ERROR: usize = 400;
/// Its message is one of the first lines.
const MESSAGE_LINES: usize = 3;
/// With its menus it may have so much.
const LONG_ERROR: usize = 2000;
/// A title that says nothing else is no longer, in characters.
const SHORT_TITLE: usize = 30;
/// A page with so many lines that tell of somebody is an article, whatever else it says.
const TOLD: usize = 2;
/// The terms of a consent page are longer than its message.
const LONG_WALL: usize = 5000;

/// Says whether the bytes begin like a format that is not text.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 9] = [
        b"%PDF",
        b"\x89PNG",
        b"GIF8",
        b"\xFF\xD8\xFF",
        b"PK\x03\x04",
        b"\x1F\x8B",
        b"RIFF",
        b"\x00\x00\x00\x18ftyp",
        b"\x7FELF",
    ];
    starts.iter().any(|start| bytes.starts_with(start))
}

/// Says whether a text is an HTML page, whatever its header says of it.
pub(super) fn is_html(text: &str, content_type: Option<&str>) -> bool {
    pattern!(PAGE, r"(?i)<(?:!doctype\s+html|html|head|body|title|article|div|p|h1|meta|table|script)[\s>/]");
    pattern!(
        OTHER,
        r"(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)[\s>]"
    );
    /// As much is looked at, in bytes.
    const HEAD: usize = 40_000;
    let head = &text[..text.floor_char_boundary(HEAD)];
    if OTHER.is_match(head) {
        return false;
    }
    let kind = content_type.unwrap_or("text/html").trim().to_ascii_lowercase();
    let may_be_page = kind.starts_with("text/html")
        || kind.contains("xml")
        || kind.starts_with("text/plain")
        || kind.contains("octet-stream");
    if head.trim_start().starts_with(['{', '[']) && !may_be_page {
        return false;
    }
    PAGE.is_match(head)
}

/// Says whether the page says of itself that what was asked for is not there.
pub(super) fn is_not_found(facts: &Facts, text: &str) -> bool {
    pattern!(
        ascii_words GONE,
        r"(?ix)
            ^\W*404\W*(?:$|not|error|page|[-–—|]) | \b404\W*$ | \berror\s404\b | \b404\s(?:error|not\sfound|page)
            | \bpage\s(?:not|cannot\sbe|can'?t\sbe|could\snot\sbe)\sfound\b | ^\W*not\sfound\b
            | \b(?:can['’]?t|cannot|could(?:\snot|n['’]t))\sfind\s(?:that|this|the)\s(?:page|article|story)\b
            | \bpage\s(?:does\snot|doesn'?t|no\slonger)\sexists?\b | \barticle\snot\sfound\b | \bpage\sunavailable\b
            | 找不到(?:網頁|网页|頁面|页面|該頁|该页|此頁|此页|文章|這個頁面|这个页面|您要的)
            | (?:頁面|页面|網頁|网页|文章|內容|内容|新聞|新闻)(?:已)?(?:不存在|沒有找到|没有找到|無法找到|无法找到|已刪除|已删除|已移除|已下架|被刪除|被删除)
            | ページ(?:は|が)(?:見つかりません|ありません|存在しません) | 페이지를\s찾을\s수\s없
            | 您(?:所)?(?:訪問|访问|瀏覽|浏览|要找)的(?:頁面|页面|網頁|网页)
            "
    );
    // The menus and lists around the message may be taken for text: a page that is no article, has no date and says hardly
    // anything else in its title is believed.
    let is_bare = !facts.says_article && facts.published.is_none();
    let says_so = |longest: usize| {
        [&facts.window_title, &facts.title]
            .into_iter()
            .any(|title| title.chars().count() <= longest && GONE.is_match(title))
    };
    let length = text.chars().count();
    // In Chinese a headline is as short as a message, and so is a report.
    let is_chinese = facts.title.contains(fold::is_han) || facts.window_title.contains(fold::is_han);
    let is_all = is_bare && !is_chinese && length < LONG_ERROR && says_so(SHORT_TITLE) && telling(text) < TOLD;
    // The title may make a joke of it, and the message says it first of all.
    pattern!(
        ascii_words MESSAGE,
        r"(?ix)
            \b(?:page|article|story|link)\s(?:(?:that\s)?you\s(?:asked|are\slooking|were\slooking|requested|have\srequested|followed|clicked)[^.]{0,20}|that\sbrought\syou\shere)
              \s(?:may|might|has|have|could|can|is|was|does|no)\b[^.]{0,20}\s?(?:moved|removed|deleted|broken|expired|found|exist|longer|unavailable)
            | (?:你|您)(?:所)?(?:要找|想找|尋找|寻找|訪問|访问|瀏覽|浏览|查找)的(?:文章|網頁|网页|頁面|页面|內容|内容|新聞|新闻)(?:可能)?(?:已|不|暫|暂|無|无|沒|没)
            "
    );
    let is_dated = facts.says_article && facts.published.is_some();
    // Somebody may be quoted with it.
    let is_quoted = |line: &str| line.contains(['“', '”', '「', '」', '"']);
    let is_message = |line: &str| MESSAGE.is_match(line) && !is_quoted(line);
    let says_first = || text.lines().take(MESSAGE_LINES).any(is_message);
    is_all
        || (!facts.says_article && length < LONG_ERROR && telling(text) < TOLD
            || length < SHORT_ERROR && !tells_something(text))
            && says_first()
        || length < SHORT_ERROR && says_so(60) && !is_dated && !tells_something(text)
}

/// Says whether a text is what a wall offers, on a page that has one: prices, and nothing told.
fn is_offer(document: &Document, text: &str) -> bool {
    pattern!(
        ascii_words PRICE,
        r"(?ix)(?:[£$€¥￥]\s?\d | \d\s?(?:€|元|円|원)).{0,40}
            (?:\b(?:per|a|each|for)\s(?:\d+\s)?(?:week|month|year)s? | /\s?(?:week|month|year|mo|月|年) | 每月|每年|月費|年費|首月 | trial|subscri|upfront|訂閱|订阅|会员|會員)"
    );
    /// So many lines with a price are a list of what is for sale.
    const MANY: usize = 3;
    let length = text.chars().count();
    if length >= LONG_WALL {
        return false;
    }
    let names_money = |line: &&str| line.contains(['£', '$', '€', '¥', '￥', '元', '円', '원']);
    let prices = text.lines().filter(names_money).filter(|line| PRICE.is_match(line)).take(MANY).count();
    (prices > 0 && length < SHORT_PAGE || prices == MANY)
        && !tells_something(text)
        && document.lines().iter().any(|(line, _)| furniture::known(line, Where::Wall).is_some())
}

/// Says whether a text tells something in sentences: a message of the site does not.
fn tells_something(text: &str) -> bool {
    telling(text) > 0
}

/// How many lines of a text tell something of somebody.
fn telling(text: &str) -> usize {
    text.lines().filter(|line| furniture::tells(line)).count()
}

/// So many headings that lead elsewhere are a list.
const TEASERS: usize = 5;

/// Says whether the headline, or on a page that calls itself a list the first line, is that of another page, and as many
/// others lead elsewhere as on a list.
fn heads_others(document: &Document, url: Option<&str>, facts: &Facts, list: Option<&[Line]>) -> bool {
    let addresses = [facts.canonical.as_deref(), url];
    let Some(base) = addresses.into_iter().flatten().find_map(|url| Url::parse(url).ok()) else { return false };
    let path = |href: &str| links::path_from(&base, href);
    let own: Vec<String> = addresses.into_iter().flatten().filter_map(path).collect();
    let leads_off = |heading: &Element<'_>| {
        let link = heading.ancestors().find(|around| around.name() == "a");
        let link = link.or_else(|| heading.select("a[href]").first().copied());
        let href = link.and_then(|link| link.attribute("href")).filter(|href| !href.starts_with('#'));
        // An address without a path may be any page by its number.
        href.and_then(path).is_some_and(|path| !path.is_empty() && !own.contains(&path))
    };
    let headings = document.select("h1, h2, h3, h4");
    let leads_off_all = |is_meant: &dyn Fn(&str) -> bool| {
        let mut meant = headings.iter().filter(|heading| is_meant(&heading.text())).peekable();
        meant.peek().is_some() && meant.all(leads_off)
    };
    let first = list.and_then(|lines| lines.first()).map(|line| line.text.as_str()).unwrap_or_default();
    // Where it stands outside of links, too, it is this page's.
    let is_printed = || {
        let is_linked = |holder: &Element<'_>| holder.and_ancestors().any(|around| around.name() == "a");
        let same = |line: &str| clean::is_same_headline(line, &facts.title);
        document.lines().iter().any(|(line, holder)| same(line) && !is_linked(holder) && holder.select("a").is_empty())
    };
    (leads_off_all(&|text| clean::is_same_headline(text, &facts.title)) && !is_printed()
        || leads_off_all(&|text| !first.is_empty() && text == first))
        && headings.iter().filter(|heading| leads_off(heading)).count() >= TEASERS
}

/// Says whether a page only lists articles: a section's front, a topic, a search.
///
/// `lines` is what was taken for its body, kept or not: on such a page it is headlines that lead elsewhere.
pub(super) fn is_section_front(document: &Document, url: Option<&str>, facts: &Facts, lines: &[Line]) -> bool {
    /// A shorter link is a word of a menu, in characters.
    const SHORTEST_HEADLINE: usize = 8;
    /// A page that says what it is needs less to be believed.
    const FEW: usize = 3;
    const MANY: usize = 8;
    /// So many paragraphs may introduce it, above so many headings.
    const FEW_PARAGRAPHS: usize = 2;
    // A film's page is named elsewhere.
    if document.meta(&["og:type"]).is_some_and(|kind| kind.starts_with("video")) {
        return false;
    }
    let kept = || lines.iter().filter(|line| line.dropped.is_none());
    let paragraphs = kept().filter(|line| clean::is_paragraph(&line.text)).count();
    let is_a = |kinds: &[&str]| facts.kinds.iter().any(|kind| kinds.contains(&kind.as_str()));
    let is_collection = is_a(&["CollectionPage", "SearchResultsPage"]);
    let says_so = is_collection || is_a(&["ItemList"]);
    if paragraphs <= FEW_PARAGRAPHS && heads_others(document, url, facts, says_so.then_some(lines)) {
        return true;
    }
    if facts.says_article {
        return false;
    }
    if facts.kinds.iter().any(|kind| kind == "ProfilePage") {
        return true;
    }
    // Hardly a text, and many headlines that lead elsewhere.
    // Two sentences are a report, too, above what else the outlet has.
    let tells = || kept().any(|line| furniture::tells(&line.text));
    let teasers = || {
        let headings = document.select("h2, h3, h4");
        let leads = |heading: &&Element<'_>| {
            heading.text().chars().count() >= SHORTEST_HEADLINE
                && (heading.ancestors().any(|around| around.name() == "a") || !heading.select(blocks::LINKS).is_empty())
        };
        headings.iter().filter(leads).count()
    };
    if paragraphs <= FEW_PARAGRAPHS
        && (is_collection || facts.published.is_none() && !tells())
        && teasers() >= if says_so { FEW } else { TEASERS }
    {
        return true;
    }
    let links: HashSet<String> = document
        .texts(blocks::LINKS)
        .into_iter()
        .filter(|link| link.chars().count() >= SHORTEST_HEADLINE)
        .flat_map(|link| link.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let is_ago = |line: &str| line.ends_with(" ago") || line.ends_with('前') && line.chars().count() < 10;
    let shown = lines
        .iter()
        .map(|line| line.text.as_str())
        .filter(|line| line.chars().count() >= SHORTEST_HEADLINE && !is_ago(line));
    let lines: Vec<bool> = shown.map(|line| links.contains(line)).collect();
    let count = |lines: &[bool]| lines.iter().filter(|leads| **leads).count();
    // The links below an article, or above it, stand together: a front has them all through.
    let (first, second) = lines.split_at(lines.len() / 2);
    let all_through = [first, second].iter().all(|half| count(half) * 4 >= half.len());
    // Between the headlines of a front stand their teasers, and never two paragraphs in a row.
    let told = kept().map(|line| furniture::tells(&line.text)).collect::<Vec<_>>();
    let is_prose = told.windows(2).any(|pair| pair[0] && pair[1]);
    count(&lines) >= if says_so { FEW } else { MANY } && all_through && (is_collection || !is_prose)
}

/// Says of what kind a page is whose text is only a part of what it shows, as a sentence.
pub(super) fn only_accompanies(facts: &Facts, url: Option<&str>, text: &str) -> Option<&'static str> {
    pattern!(
        LIVE,
        r"(?i)(?:[-–—|:]\s?live(?:\supdates)?$|^live(?:\supdates)?\s?[-–—|:]|as\sit\shappened|live\sblog|文字直播|(?:即時|即时|不斷|不断|滾動|滚动|持續|持续)更新|^[【\[（(]?直播(?:中)?[】\]）):：｜|\s]|[｜|:：]\s?直播(?:中)?$)"
    );
    let has = |kind: &str| facts.kinds.iter().any(|known| known == kind);
    let path = url.and_then(|url| Url::parse(url).ok()).map(|url| url.path().to_lowercase()).unwrap_or_default();
    let under = |names: &[&str]| path.split('/').any(|part| names.contains(&part));
    /// So many entries with a time make a live page.
    const MANY_ENTRIES: usize = 6;
    /// So many numbered pictures make a gallery.
    const MANY_PICTURES: usize = 3;
    let is_short = text.chars().count() < SHORT_PAGE;
    // A report that grows says so, too, and is whole.
    pattern!(GROWS, r"(?:即時|即时|不斷|不断|滾動|滚动|持續|持续)更新[）)】\]]?$");
    pattern!(STAMP, r"^\W{0,2}\d{1,2}[:：]\d{2}");
    let is_report =
        || GROWS.is_match(&facts.title) && text.lines().filter(|line| STAMP.is_match(line)).count() < MANY_ENTRIES;
    if has("LiveBlogPosting") || LIVE.is_match(&facts.title) && !is_report() {
        return Some("a live page: it shows its newest entries");
    }
    pattern!(
        PICTURES,
        r"(?i)^\W*(?:(?:高清)?(?:组图|組圖|图集|圖集|圖輯|图辑|多图|多圖)|in\spictures|photos|photo\sgallery|gallery)\s?[:：|｜】]"
    );
    // "The museum of listening – in pictures", "1/8".
    pattern!(IN_PICTURES, r"(?i)[-–—|:]\s?(?:in\s(?:pictures|photos)|photo\s(?:essay|gallery))$");
    pattern!(NUMBER, r"^\d{1,2}\s?(?:/|of)\s?\d{1,2}$");
    let numbered = || text.lines().filter(|line| NUMBER.is_match(line)).count();
    let is_described = || has("ImageGallery") && !facts.kinds.iter().any(|kind| structured::is_article(kind));
    if IN_PICTURES.is_match(&facts.title) || is_described() || numbered() >= MANY_PICTURES {
        return Some("a gallery: only the words beside its pictures are on the page");
    }
    if is_short
        && (has("ImageGallery")
            || PICTURES.is_match(&facts.title) && telling(text) < TOLD
            || under(&[
                "gallery",
                "galleries",
                "photos",
                "photo",
                "slideshow",
                "photoalbum",
                "photo-gallery",
                "photo-essay",
                "pictures",
                "in-pictures",
            ]))
    {
        return Some("a gallery: only the words beside its pictures are on the page");
    }
    let is_video = has("VideoObject") && !facts.says_article || under(&["video", "videos", "watch", "vod"]);
    (is_short && is_video).then_some("a video page: only the words beside it are on the page")
}

/// Says whether a consent, log-in or bot-check page came instead of the article.
pub(super) fn is_wall(document: &Document, url: Option<&str>, facts: &Facts, text: &str) -> bool {
    pattern!(
        ascii_words TITLE,
        r"(?ix)
            ^just\sa\smoment | ^please\swait\b | ^attention\srequired | ^are\syou\s(?:a\s)?(?:robot|human)
            | ^(?:please\s)?verify\syou | ^ddos-guard | ^before\syou\scontinue | ^pardon\sour\sinterruption
            | ^403\sforbidden | ^request\s(?:rejected|blocked) | ^checking\syour\sbrowser
            # Headlines begin with these words, too: Login data of members sold.
            | ^(?:access\s(?:to\sthis\spage\shas\sbeen\s)?denied | security\scheck | robot\scheck | captcha | (?:log|sign)\s?in | human\sverification)
              \s*(?:$ | [-–—|•·.!] | required | page | to\s(?:continue|your|the)\b | [(|]?\s?with\b)
            | ^(?:安全驗證|安全验证|人機驗證|人机验证|訪問驗證|访问验证|身份驗證|身份验证|滑動驗證|滑动验证|請稍候|请稍候|(?:會員|会员|用戶|用户)?(?:登入|登录|登錄))
              \s*(?:$ | [-–—|｜_•·.。！!…（(])
            "
    );
    pattern!(
        ascii_words TEXT,
        r"(?ix)
            enable\sjavascript\sand\scookies | (?m:^)\W*(?:please\s)?(?:enable|turn\son|activate|allow)\s(?:javascript|js\b|cookies) | enable\sjavascript\sto\s(?:run|view|use|continue|access|see) | javascript\s(?:is|must\sbe)\s(?:required|disabled|enabled|turned\soff) | (?:開啟|开启|啟用|启用|打开)\s?javascript | verify(?:ing)?\s(?:that\s)?you\sare\s(?:a\s)?(?:human|not\sa\s(?:ro)?bot) | unusual\s(?:traffic|activity)
            | complete\sthe\s(?:security\scheck|captcha) | checking\s(?:if\sthe\ssite\sconnection\sis\ssecure|your\sbrowser)
            | performance\s(?:&|and)\ssecurity\sby\scloudflare | are\syou\sa\srobot | part\sof\sthe\syahoo\sfamily\sof\sbrands
            | we(?:\sand\sour\s\d*\s?partners)?\s(?:store\sand/or\saccess|use\scookies\sand\sother) | log\s?in\sto\scontinue | sign\sin\sto\scontinue
            | subscribe\sto\s(?:continue|read\sthe\sfull) | to\scontinue\sreading,?\s(?:please\s)?(?:subscribe|sign|log)
            | (?:請|请)(?:先)?(?:完成|進行|进行|通過|通过|輸入|输入)(?:安全)?(?:驗證|验证) | 我們使用\s?cookie | 我们使用\s?cookie
            | (?:登入|登錄|登录|訂閱|订阅)(?:後|后|以|即可)(?:繼續|继续)?(?:閱讀|阅读|查看)
            "
    );
    let on_consent_host = url
        .and_then(|url| Url::parse(url).ok())
        .and_then(|url| url.host_str().map(str::to_owned))
        .is_some_and(|host| {
            ["consent.", "guce.", "login.", "account.", "accounts.", "auth.", "sso."]
                .iter()
                .any(|start| host.starts_with(start))
        });
    if on_consent_host {
        return true;
    }
    // The terms of a consent page are long; an article may begin with the same words as its title: "Login data were sold".
    pattern!(
        ascii_words TERMS,
        r"(?i)\b(?:accept|reject|agree|consent|akzeptieren|zustimmen|zustimmung|einwilligung|widerruf\w*|ablehnen|accepter|refuser|consentement|aceptar|rechazar|accetta|akkoord|accepteren|weigeren|toestemming\w*|godk[äa]nn\w*|acceptera|avvisa|samtykke\w*|zg[oó]d[aęyz]\w*|souhlas\w*|aceitar|recusar)\b|同意|接受|拒絕|拒绝|拒否"
    );
    let length = text.chars().count();
    let says_so = TITLE.is_match(facts.window_title.trim()) && !facts.says_article;
    let names_cookies = |text: &str| text.contains("cookie") || text.contains("tracking");
    let has_terms = || names_cookies(&text.to_lowercase()) && TERMS.is_match(text);
    if says_so && (length < SHORT_PAGE || length < LONG_WALL && has_terms()) {
        return true;
    }
    pattern!(
        ascii_words CONSENT,
        r"(?ix)
            \bby\s(?:clicking|selecting|pressing)\b[^.]{0,80}\byou\s(?:consent|agree)\b | \bwe\sand\sour\s[^.]{0,30}\bpartners\b[^.]{0,40}\b(?:process|store|access|use)\b
            | \bnous\set\snos\s(?:\d+\s)?partenaires\b | \bwir\sund\sunsere\s(?:\d+\s)?partner\b | \bnosotros\sy\snuestros\s(?:\d+\s)?socios\b | \bnoi\se\si\snostri\s(?:\d+\s)?partner\b
            | \b(?:wij?|\w+)\sen\s(?:onze\s)?(?:\d+\s)?partners\s(?:slaan|plaatsen|gebruiken|verwerken)\b | \bvi\soch\s(?:våra\s)?(?:\d+\s)?partners?\b | \bvi\sog\svores\s(?:\d+\s)?partnere\b | \bmy\si\snasi\s(?:\d+\s)?partnerzy\b | \bmy\sa\snaši\s(?:\d+\s)?partneři
            | (?:點擊|点击|按下)[^。]{0,30}(?:即|表示)(?:您|你)?(?:已)?同意
            | \bmit\swerbung\s(?:weiterlesen|lesen|nutzen) | \bweiter\smit\swerbung\b | \bmit\spersonalisierter\swerbung\b | \b(?:ihre|deine)\s(?:zustimmung|einwilligung)\b | \b(?:accepter|refuser)\set\s(?:continuer|fermer)
            | \bcontinuer\ssans\saccepter | \b(?:aceptar|rechazar)\sy\scontinuar | \baccetta\se\s(?:continua|chiudi) | 同意して(?:続ける|閉じる)
            "
    );
    let is_no_article = !facts.says_article && facts.published.is_none();
    let asks = || length < LONG_WALL && CONSENT.is_match(text) && has_terms();
    let may_be = |is_no_article: bool| telling(text) < if is_no_article { TOLD } else { 1 };
    if asks() && may_be(is_no_article) || is_offer(document, text) {
        return true;
    }
    if length >= SHORT_PAGE {
        return false;
    }
    // The words may stand outside of what was taken for the body. On a page that has an article, they ask for cookies only.
    let whole = document.text();
    let challenge = document.select(
        "#challenge-form, #cf-challenge-running, .g-recaptcha, .h-captcha, #px-captcha, [id*=captcha-container]",
    );
    let is_bare = whole.chars().count() < 3 * SHORT_PAGE && !facts.says_article;
    let asks_beside = || CONSENT.is_match(&whole) && has_terms();
    !tells_something(text)
        && (TEXT.is_match(text) || is_bare && (TEXT.is_match(&whole) || !challenge.is_empty() || asks_beside()))
}
