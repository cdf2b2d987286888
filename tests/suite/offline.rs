//! `--offline` is a guarantee, and most commands never need the network.

use crate::world::watched;

#[test]
fn offline_nothing_is_asked() {
    let world = watched();
    let before = world.requests().len();
    for command in [
        &["poll", "--now"][..],
        &["recheck"],
        &["source", "check"],
        &["source", "test", "harbour"],
        &["source", "add", "http://127.0.0.1:1/"],
        &["capture", "http://127.0.0.1:1/a"],
    ] {
        let line = [&["--offline"], command].concat();
        world.run(&line).exits(5);
    }
    for command in [
        &["source", "list"][..],
        &["source", "pause", "harbour"],
        &["source", "resume", "harbour"],
        &["source", "export"],
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
