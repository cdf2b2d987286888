//! What the sample world's entry points answer: feeds, a news sitemap, a listing, and one feed in need of repair.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::content::{Entry, Format, Outlet, Standing};
use super::page::escape;

/// Returns the Content-Type and the text of an entry point in a phase.
pub(super) fn render(outlet: &Outlet, entry: &Entry, phase: u8) -> (&'static str, String) {
    let standing = outlet.standing(phase);
    let announced: Vec<_> = standing.into_iter().filter(|article| entry.announces(article.sample)).collect();
    match entry.format {
        Format::Rss | Format::RssFull | Format::RssGuid => {
            ("application/rss+xml; charset=utf-8", rss(outlet, entry, &announced))
        }
        Format::RssBroken => ("text/xml", break_up(&rss(outlet, entry, &announced))),
        Format::Atom => ("application/atom+xml; charset=utf-8", atom(outlet, entry, &announced)),
        Format::Sitemap => ("application/xml", sitemap(outlet, &announced)),
        Format::Listing => ("text/html; charset=utf-8", listing(outlet, entry, &announced)),
    }
}

/// Writes a date as HTTP headers have it.
pub(super) fn http_date(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Writes a date as RFC 3339 has it, in the outlet's zone.
pub(super) fn full_date(at: Timestamp, outlet: &Outlet) -> String {
    at.to_zoned_datetime(outlet.zone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn rss(outlet: &Outlet, entry: &Entry, articles: &[Standing<'_>]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>{}</title>\n<link>{}</link>\n\
         <description>{}</description>\n<language>{}</language>\n",
        escape(&format!("{} - {}", outlet.name, entry.section)),
        escape(&outlet.url("/")),
        escape(&entry.section),
        escape(&outlet.page_lang),
    );
    for article in articles {
        out.push_str(&rss_item(outlet, entry, article));
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

fn rss_item(outlet: &Outlet, entry: &Entry, article: &Standing<'_>) -> String {
    let url = escape(&outlet.url(article.announced()));
    let mut out = format!("<item>\n<title>{}</title>\n", escape(article.title));
    if entry.format == Format::RssGuid {
        out.push_str(&format!("<guid isPermaLink=\"true\">{url}</guid>\n"));
    } else {
        out.push_str(&format!(
            "<link>{url}</link>\n<guid isPermaLink=\"false\">{}</guid>\n",
            escape(&guid(outlet, article))
        ));
    }
    out.push_str(&format!("<pubDate>{}</pubDate>\n", feed_date(article.sample.published, outlet, entry)));
    out.push_str(&format!("<category>{}</category>\n", escape(&article.sample.section)));
    if let Some(author) = &article.sample.author {
        out.push_str(&format!("<dc:creator>{}</dc:creator>\n", escape(author)));
    }
    out.push_str(&format!("<description>{}</description>\n", escape(article.teaser())));
    if entry.format == Format::RssFull {
        let paragraphs: String = article.paragraphs().map(|text| format!("<p>{}</p>\n", escape(text))).collect();
        // The text is escaped once for HTML, so that no paragraph can close the section early.
        out.push_str(&format!("<content:encoded><![CDATA[{paragraphs}]]></content:encoded>\n"));
    }
    out.push_str("</item>\n");
    out
}

fn atom(outlet: &Outlet, entry: &Entry, articles: &[Standing<'_>]) -> String {
    let newest = articles.iter().map(Standing::touched).max().unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<updated>{}</updated>\n",
        escape(&outlet.page_lang),
        escape(&format!("{} - {}", outlet.name, entry.section)),
        escape(&outlet.url("/")),
        escape(&outlet.url(&entry.path)),
        full_date(newest, outlet),
    );
    for article in articles {
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
             <published>{}</published>\n<updated>{}</updated>\n<author><name>{}</name></author>\n\
             <summary>{}</summary>\n</entry>\n",
            escape(article.title),
            escape(&guid(outlet, article)),
            escape(&outlet.url(article.announced())),
            full_date(article.sample.published, outlet),
            full_date(article.touched(), outlet),
            escape(article.sample.author.as_deref().unwrap_or(&outlet.name)),
            escape(article.teaser()),
        ));
    }
    out.push_str("</feed>\n");
    out
}

fn sitemap(outlet: &Outlet, articles: &[Standing<'_>]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n"
        .to_owned();
    for article in articles {
        out.push_str(&format!(
            "<url>\n<loc>{}</loc>\n<lastmod>{}</lastmod>\n<news:news>\n<news:publication>\n<news:name>{}</news:name>\n\
             <news:language>{}</news:language>\n</news:publication>\n<news:publication_date>{}</news:publication_date>\n\
             <news:title>{}</news:title>\n</news:news>\n</url>\n",
            escape(&outlet.url(article.announced())),
            full_date(article.touched(), outlet),
            escape(&outlet.name),
            escape(&outlet.page_lang.to_ascii_lowercase()),
            full_date(article.sample.published, outlet),
            escape(article.title),
        ));
    }
    out.push_str("</urlset>\n");
    out
}

fn listing(outlet: &Outlet, entry: &Entry, articles: &[Standing<'_>]) -> String {
    let mut items = String::new();
    for article in articles {
        items.push_str(&format!(
            "<li class=\"row\"><a class=\"headline\" href=\"{}\">{}</a> <time datetime=\"{}\">{}</time></li>\n",
            escape(article.announced()),
            escape(article.title),
            full_date(article.sample.published, outlet),
            article.sample.published.to_zoned_datetime(outlet.zone()).strftime("%m-%d %H:%M"),
        ));
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head><meta charset=\"utf-8\"><title>{section} | {name}</title></head>\n\
         <body>\n<nav><ul><li><a href=\"/\">{name}</a></li><li><a href=\"/stocks/quote\">報價</a></li></ul></nav>\n\
         <h1>{section}</h1>\n<ul class=\"headline-list\">\n{items}</ul>\n</body>\n</html>\n",
        lang = escape(&outlet.page_lang),
        section = escape(&entry.section),
        name = escape(&outlet.name),
    )
}

/// Writes a date as feeds print it: with the outlet's offset, or without any.
fn feed_date(at: Timestamp, outlet: &Outlet, entry: &Entry) -> String {
    let format = if entry.zoneless { "%Y-%m-%d %H:%M:%S" } else { "%a, %d %b %Y %H:%M:%S %z" };
    at.to_zoned_datetime(outlet.zone()).strftime(format).to_string()
}

/// Returns an id that stays when headline and address change.
fn guid(outlet: &Outlet, article: &Standing<'_>) -> String {
    let day = article.sample.published.to_zoned_datetime(outlet.zone()).strftime("%Y-%m-%d");
    format!("tag:{},{day}:{}", outlet.host, article.sample.published.as_second())
}

/// Damages a feed as worn-out systems do: ampersands as they were typed, a `<br>` that nobody closed, and an end that
/// was cut off in the middle of the last teaser.
fn break_up(xml: &str) -> String {
    let bare = xml.replace("&amp;", "&");
    let open = bare.replacen("</description>\n</item>", "<br></description>\n</item>", 1);
    let Some(cut) = open.rfind("</description>") else { return open };
    open[..cut].chars().take(open[..cut].chars().count().saturating_sub(6)).collect()
}
