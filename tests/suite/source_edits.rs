//! `source pause`, `resume` and `remove`: feeds.toml, changed for a person.

use crate::world::{World, watched};

fn feeds(world: &World) -> String {
    std::fs::read_to_string(world.dir().join("feeds.toml")).expect("the study reads")
}

fn write_feeds(world: &World, text: &str) {
    std::fs::write(world.dir().join("feeds.toml"), text).expect("the study is written");
}

#[test]
fn a_paused_source_is_left_out_until_it_is_resumed() {
    let world = watched();
    let before = feeds(&world).replace("name = \"harbour\"", "name = \"harbour\"   # as they write it");
    write_feeds(&world, &before);
    let asked = world.asked("/rss.xml");
    let paused = world.run(&["source", "pause", "harbour"]).exits(0);
    assert_eq!(
        paused.out,
        "harbour is paused: polls that do not name it leave it out until `gainsay source resume harbour`\n"
    );
    world.run(&["poll", "--now"]);
    assert_eq!(world.asked("/rss.xml"), asked, "a paused source is not asked");
    assert!(world.run(&["source", "list"]).exits(0).out.contains("paused"));
    let again = world.run(&["source", "pause", "harbour", "--json"]).exits(0).json();
    assert_eq!(again["sources"], serde_json::json!([{ "id": "harbour", "changed": false }]));

    world.run(&["source", "resume", "harbour"]).exits(0);
    assert_eq!(feeds(&world), before);
    world.run(&["poll", "--now"]).exits(0);
    assert_eq!(world.asked("/rss.xml"), asked + 1);
    assert!(!world.dir().join("feeds.toml.new").exists());
}

#[test]
fn a_removed_source_leaves_its_articles_in_the_record() {
    let world = watched();
    write_feeds(&world, &format!("# Ours.\n{}", feeds(&world)));
    let removed = world.run(&["source", "remove", "harbour"]).exits(0);
    assert_eq!(removed.out, "harbour is watched no more; what was seen of it stays in the record (1 article)\n");
    assert!(!feeds(&world).contains("[[source]]") && feeds(&world).starts_with("# Ours.\n[study]\n"));
    world.run(&["show", "a-1"]).exits(0);
    world.run(&["search", "spies"]).exits(0);
    assert!(world.run(&["source", "remove", "harbour"]).exits(2).err.contains("there is no source `harbour`"));
}

#[test]
fn an_id_that_nobody_has_changes_nothing_and_names_what_was_meant() {
    let world = watched();
    let before = feeds(&world);
    for command in ["pause", "resume", "remove"] {
        let refused = world.run(&["source", command, "harbour", "harbor"]).exits(2);
        assert!(refused.err.contains("there is no source `harbor` in feeds.toml"), "{}", refused.err);
        assert!(refused.err.contains("hint: did you mean harbour?"), "{}", refused.err);
        assert_eq!(feeds(&world), before);
    }
    write_feeds(&world, &format!("{before}colour = \n"));
    let refused = world.run(&["source", "pause", "harbour"]).exits(2);
    assert!(refused.err.contains("this is not TOML"), "{}", refused.err);
    assert_eq!(feeds(&world), format!("{before}colour = \n"));
}

#[test]
fn a_change_that_would_leave_nothing_to_read_is_not_made() {
    let world = World::build().source("harbour", "/rss.xml").start();
    let before = feeds(&world);
    let alone = before.split("\n\n").nth(1).expect("the source").to_owned();
    write_feeds(&world, &alone);
    let refused = world.run(&["source", "remove", "harbour"]).exits(2);
    assert!(refused.err.contains("nothing is watched"), "{}", refused.err);
    assert_eq!(feeds(&world), alone);
}
