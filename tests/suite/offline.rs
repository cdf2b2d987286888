//! `--offline` is a guarantee, and most commands never need the network.

use crate::world::{ON_TOPIC, World, page, rss};

const DATE: &str = "Fri, 20 Nov 2026 09:00:00 GMT";

#[test]
fn offline_nothing_is_asked() {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, DATE)]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    world.run(&["poll"]).exits(0);
    let before = world.requests().len();
    for command in [&["poll", "--now"][..], &["recheck"], &["source", "check"], &["capture", "http://127.0.0.1:1/a"]] {
        let line = [&["--offline"], command].concat();
        world.run(&line).exits(5);
    }
    for command in [
        &["source", "list"][..],
        &["poll", "--dry-run"],
        &["search", "spies"],
        &["show", "a-1"],
        &["story", "list"],
        &["compare", "s-1"],
        &["digest", "--since", "24h"],
        &["reindex"],
        &["doctor"],
    ] {
        let line = [&["--offline"], command].concat();
        world.run(&line).exits(0);
    }
    assert_eq!(world.requests().len(), before, "no request reached the site");
}
