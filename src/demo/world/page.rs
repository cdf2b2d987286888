//! How the sample world's article pages look: what surrounds a text on a news site, in five manners.

use serde_json::json;

use super::announce::full_date;
use super::content::{Outlet, Standing, Template};

/// The words around an article, in the language of the page.
struct Chrome {
    home: &'static str,
    sections: [&'static str; 4],
    related: &'static str,
    share: &'static str,
    subscribe: &'static str,
    about: &'static str,
    sample: &'static str,
    down: &'static str,
}

const ENGLISH: Chrome = Chrome {
    home: "Home",
    sections: ["World", "Business", "Culture", "Sport"],
    related: "Related stories",
    share: "Share this article",
    subscribe: "Get our morning newsletter in your inbox.",
    about: "About us",
    sample: "This page is a sample written for gainsay's demo. The outlet, the people and the events are invented.",
    down: "The site is under maintenance. Please come back later.",
};

const TRADITIONAL: Chrome = Chrome {
    home: "首頁",
    sections: ["國際", "財經", "文化", "體育"],
    related: "相關新聞",
    share: "分享本文",
    subscribe: "訂閱電子報，每天早上寄到信箱。",
    about: "關於我們",
    sample: "本頁是為 gainsay 示範而寫的樣本，媒體、人物與事件均屬虛構。",
    down: "系統維護中，請稍後再試。",
};

const SIMPLIFIED: Chrome = Chrome {
    home: "首页",
    sections: ["国际", "财经", "文化", "体育"],
    related: "相关新闻",
    share: "分享到",
    subscribe: "扫码下载客户端，随时看新闻。",
    about: "关于我们",
    sample: "本页是为 gainsay 演示而写的样本，媒体、人物与事件均属虚构。",
    down: "系统维护中，请稍后再试。",
};

/// Writes the page of an article.
pub(super) fn article(outlet: &Outlet, article: &Standing<'_>) -> String {
    let charset = article.sample.charset.as_deref().unwrap_or("utf-8");
    let body = match outlet.template {
        Template::Broadsheet => broadsheet(outlet, article),
        Template::Agency => agency(outlet, article),
        Template::Portal => portal(outlet, article),
        Template::Evening => evening(outlet, article),
        Template::Terminal => terminal(outlet, article),
    };
    let title = escape(&format!("{} | {}", article.title, outlet.name));
    let (head, body) = (head(outlet, article), surround(outlet, article, &body));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"{charset}\">\n<title>{title}</title>\n{head}</head>\n\
         <body>\n{body}</body>\n</html>\n",
        escape(&outlet.page_lang),
    )
}

/// Writes the page that stands in for an entry point or an article that cannot be had.
pub(super) fn error(outlet: &Outlet, status: u16) -> String {
    let chrome = chrome(outlet);
    let line = if status == 404 || status == 410 { format!("{status}") } else { chrome.down.to_owned() };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{name}</title></head>\n<body>\n\
         <h1>{name}</h1>\n<p>{line}</p>\n<footer><p>{}</p></footer>\n</body>\n</html>\n",
        escape(&outlet.page_lang),
        chrome.sample,
        name = escape(&outlet.name),
    )
}

/// Escapes a text for HTML and XML, in elements and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

fn chrome(outlet: &Outlet) -> &'static Chrome {
    match outlet.lang.as_str() {
        "zh-Hant" => &TRADITIONAL,
        "zh-Hans" => &SIMPLIFIED,
        _ => &ENGLISH,
    }
}

fn head(outlet: &Outlet, article: &Standing<'_>) -> String {
    let url = escape(&outlet.url(&article.sample.path));
    let mut out = format!("<link rel=\"canonical\" href=\"{url}\">\n");
    match outlet.template {
        Template::Broadsheet => out.push_str(&json_ld(outlet, article, false)),
        Template::Terminal => out.push_str(&json_ld(outlet, article, true)),
        Template::Portal => out.push_str(&format!(
            "<meta property=\"og:type\" content=\"article\">\n<meta property=\"og:title\" content=\"{}\">\n\
             <meta property=\"og:site_name\" content=\"{}\">\n<meta property=\"og:url\" content=\"{url}\">\n\
             <meta property=\"og:description\" content=\"{}\">\n",
            escape(article.title),
            escape(&outlet.name),
            escape(article.teaser()),
        )),
        Template::Agency | Template::Evening => {}
    }
    out
}

/// Writes the article's JSON-LD, with its text or without, safe inside a script element.
fn json_ld(outlet: &Outlet, article: &Standing<'_>, with_body: bool) -> String {
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": full_date(article.sample.published, outlet),
        "dateModified": full_date(article.touched(), outlet),
        "mainEntityOfPage": outlet.url(&article.sample.path),
        "publisher": { "@type": "Organization", "name": outlet.name },
    });
    if let Some(author) = &article.sample.author {
        value["author"] = json!([{ "@type": "Person", "name": author }]);
    }
    if with_body {
        value["articleBody"] = json!(article.paragraphs().collect::<Vec<_>>().join("\n"));
    }
    format!("<script type=\"application/ld+json\">{}</script>\n", value.to_string().replace("</", "<\\/"))
}

/// Puts the site's own furniture around an article.
fn surround(outlet: &Outlet, article: &Standing<'_>, body: &str) -> String {
    let chrome = chrome(outlet);
    let name = escape(&outlet.name);
    let sections: String =
        chrome.sections.iter().map(|section| format!("<li><a href=\"/\">{section}</a></li>")).collect();
    format!(
        "<header class=\"masthead\"><a class=\"logo\" href=\"/\">{name}</a></header>\n\
         <nav class=\"menu\"><ul><li><a href=\"/\">{}</a></li>{sections}</ul></nav>\n{body}\
         <aside class=\"sidebar\"><h2>{}</h2>\n{}<p class=\"newsletter\">{}</p></aside>\n\
         <footer class=\"footer\"><p><a href=\"/about\">{}</a></p><p>{}</p></footer>\n",
        chrome.home,
        chrome.related,
        related(outlet, article),
        chrome.subscribe,
        chrome.about,
        chrome.sample,
    )
}

/// Lists articles of the first phase that keep their headline, so that a page changes only when its article does.
fn related(outlet: &Outlet, article: &Standing<'_>) -> String {
    let steady = outlet.articles.iter().filter(|sample| sample.from == 1 && sample.second.is_none());
    let others = steady.filter(|sample| sample.path != article.sample.path).take(4);
    let items: String = others
        .map(|sample| format!("<li><a href=\"{}\">{}</a></li>\n", escape(&sample.path), escape(&sample.title)))
        .collect();
    format!("<ul class=\"related\">\n{items}</ul>\n")
}

fn paragraphs(article: &Standing<'_>) -> String {
    article.paragraphs().map(|text| format!("<p>{}</p>\n", escape(text))).collect()
}

fn broadsheet(outlet: &Outlet, article: &Standing<'_>) -> String {
    let author = article.sample.author.as_deref().unwrap_or(&outlet.name);
    let date = if outlet.lang == "en" { "%-d %B %Y, %H:%M" } else { "%Y年%-m月%-d日 %H:%M" };
    format!(
        "<main>\n<article class=\"story\">\n<p class=\"kicker\"><a href=\"/\">{}</a></p>\n<h1>{}</h1>\n\
         <div class=\"byline\"><span class=\"author\">{}</span> <time datetime=\"{}\">{}</time></div>\n\
         <div class=\"story-body\">\n{}</div>\n<div class=\"share\">{}</div>\n</article>\n</main>\n",
        escape(&article.sample.section),
        escape(article.title),
        escape(author),
        full_date(article.sample.published, outlet),
        article.sample.published.to_zoned_datetime(outlet.zone()).strftime(date),
        paragraphs(article),
        chrome(outlet).share,
    )
}

fn agency(outlet: &Outlet, article: &Standing<'_>) -> String {
    let at = article.sample.published.to_zoned_datetime(outlet.zone());
    format!(
        "<div class=\"wrap\">\n<div class=\"centralContent\">\n<h1>{}</h1>\n<div class=\"updatetime\"><time datetime=\"{}\">\
         {}</time></div>\n<div class=\"paragraph\">\n{}</div>\n</div>\n</div>\n",
        escape(article.title),
        full_date(article.sample.published, outlet),
        at.strftime("%Y/%m/%d %H:%M"),
        paragraphs(article),
    )
}

fn portal(outlet: &Outlet, article: &Standing<'_>) -> String {
    let at = article.sample.published.to_zoned_datetime(outlet.zone());
    let author = article.sample.author.as_deref().unwrap_or(&outlet.name);
    format!(
        "<div id=\"page\"><div class=\"col-main\"><div class=\"article-box\">\n<div class=\"crumbs\"><a href=\"/\">{}</a> &gt; \
         {}</div>\n<h1 class=\"article-title\">{}</h1>\n<div class=\"article-meta\"><span>{}</span>\
         <span class=\"date\">{}</span></div>\n<div class=\"article-content\">\n{}</div>\n\
         <div class=\"social\"><a href=\"/share\">{}</a></div>\n</div></div></div>\n",
        chrome(outlet).home,
        escape(&article.sample.section),
        escape(article.title),
        escape(author),
        at.strftime("%Y-%m-%d %H:%M"),
        paragraphs(article),
        chrome(outlet).share,
    )
}

fn evening(outlet: &Outlet, article: &Standing<'_>) -> String {
    let at = article.sample.published.to_zoned_datetime(outlet.zone());
    let desk = article.sample.author.as_deref().unwrap_or("本报编辑部");
    format!(
        "<div class=\"main\">\n<div class=\"title\"><h1>{}</h1></div>\n<div class=\"info\">{}　来源：{}　责任编辑：{}</div>\n\
         <div class=\"zoom\" id=\"zoom\">\n{}</div>\n<div class=\"bdshare\">{}</div>\n</div>\n",
        escape(article.title),
        at.strftime("%Y年%m月%d日 %H:%M"),
        escape(&outlet.name),
        escape(desk),
        paragraphs(article),
        chrome(outlet).share,
    )
}

fn terminal(outlet: &Outlet, article: &Standing<'_>) -> String {
    let at = article.sample.published.to_zoned_datetime(outlet.zone());
    format!(
        "<div class=\"ticker\"><span>BAY 18,204.6 +0.3%</span><span>HKX 6,110.2 -0.1%</span></div>\n\
         <section id=\"newscontent\">\n<h1>{}</h1>\n<div class=\"newstime\"><time datetime=\"{}\">{}</time></div>\n\
         <div class=\"newscontent5\">\n{}</div>\n</section>\n",
        escape(article.title),
        full_date(article.sample.published, outlet),
        at.strftime("%Y/%m/%d %H:%M"),
        paragraphs(article),
    )
}
