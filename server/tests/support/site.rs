//! The built pages as far as a test needs them.

use std::path::Path;

use serde_json::json;

/// Writes the least that a built site has: a style sheet and the browser's program.
pub fn write(folder: &Path) {
    std::fs::create_dir_all(folder.join("pkg")).unwrap();
    let mut assets = Vec::new();
    for (name, content_type) in [
        ("main.css", "text/css; charset=utf-8"),
        ("anker.js", "text/javascript; charset=utf-8"),
    ] {
        let file = format!("pkg/{}", name.replace('.', ".0123456789abcdef."));
        std::fs::write(folder.join(&file), "/* */").unwrap();
        assets.push(json!({
            "name": name, "file": file, "public": false, "contentType": content_type,
            "hash": "0123456789abcdef", "size": 5, "brotli": null, "gzip": null,
        }));
    }
    std::fs::write(
        folder.join("manifest.json"),
        json!({ "assets": assets }).to_string(),
    )
    .unwrap();
}
