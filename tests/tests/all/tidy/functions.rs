//! One name everywhere: a function's folder, package, operation, and place in the local host's catalog.

use std::collections::BTreeSet;

use super::metadata::own;
use super::openapi::{Operation, committed};
use super::{claim, files, root};

/// Functions that answer to more than their own name: two sides of one use case.
const SIDES: [(&str, &str); 16] = [
    ("push_orders", "push_order"),
    ("push_products", "push_product"),
    ("track_order", "list_my_orders"),
    ("make_api_key", "list_api_keys"),
    ("make_api_key", "revoke_api_key"),
    ("update_order_settings", "show_order_settings"),
    ("update_order_settings", "rotate_webhook_secret"),
    ("update_order_settings", "activate_webhook_secret"),
    ("update_order_settings", "delete_webhook_secret"),
    ("track_inquiry", "list_my_inquiries"),
    ("merge_inquiry", "unmerge_inquiry"),
    ("add_note", "answer_question"),
    ("list_alerts", "see_alerts"),
    ("decide_proposal", "list_proposals"),
    ("update_profile", "show_profile"),
    ("update_profile", "set_digest"),
];

/// What storefronts and scripts depend on: these never change.
const PROMISED: [(&str, &str, &str); 70] = [
    ("push_order", "PUT", "/v1/shops/{shop}/orders/{order}"),
    ("push_orders", "POST", "/v1/shops/{shop}/orders"),
    ("push_product", "PUT", "/v1/shops/{shop}/products/{product}"),
    ("push_products", "POST", "/v1/shops/{shop}/products"),
    ("receive_refund_result", "POST", "/v1/shops/{shop}/refund-results"),
    ("list_orders", "GET", "/v1/shops/{shop}/orders"),
    ("show_order", "GET", "/v1/shops/{shop}/orders/{order}"),
    ("show_workbench", "GET", "/v1/shops/{shop}/inquiries/{id}/orders"),
    ("list_products", "GET", "/v1/shops/{shop}/products"),
    ("ship_order", "POST", "/v1/shops/{shop}/orders/{order}/ship"),
    ("note_order", "POST", "/v1/shops/{shop}/orders/{order}/notes"),
    ("delay_order", "POST", "/v1/shops/{shop}/orders/{order}/delay"),
    ("contact_customer", "POST", "/v1/shops/{shop}/orders/{order}/contact"),
    ("refund_order", "POST", "/v1/shops/{shop}/orders/{order}/refunds"),
    ("decide_refund", "POST", "/v1/shops/{shop}/orders/{order}/refunds/{refund}"),
    ("list_refunds", "GET", "/v1/shops/{shop}/refunds"),
    ("open_return", "POST", "/v1/shops/{shop}/orders/{order}/returns"),
    ("decide_return", "POST", "/v1/shops/{shop}/orders/{order}/returns/{return}"),
    ("show_order_settings", "GET", "/v1/shops/{shop}/order-settings"),
    ("update_order_settings", "PUT", "/v1/shops/{shop}/order-settings"),
    ("rotate_webhook_secret", "POST", "/v1/shops/{shop}/webhook-secrets"),
    ("activate_webhook_secret", "POST", "/v1/shops/{shop}/webhook-secrets/{secret}/activate"),
    ("delete_webhook_secret", "DELETE", "/v1/shops/{shop}/webhook-secrets/{secret}"),
    ("list_api_keys", "GET", "/v1/shops/{shop}/api-keys"),
    ("make_api_key", "POST", "/v1/shops/{shop}/api-keys"),
    ("revoke_api_key", "DELETE", "/v1/shops/{shop}/api-keys/{key}"),
    ("list_my_orders", "GET", "/v1/shops/{shop}/my/orders"),
    ("track_order", "GET", "/v1/shops/{shop}/my/orders/{order}"),
    ("request_refund", "POST", "/v1/shops/{shop}/my/orders/{order}/refund-requests"),
    ("cancel_order", "POST", "/v1/shops/{shop}/my/orders/{order}/cancel"),
    ("answer_proposal", "POST", "/v1/shops/{shop}/my/orders/{order}/answer"),
    ("withdraw_request", "POST", "/v1/shops/{shop}/my/orders/{order}/withdraw"),
    ("request_return", "POST", "/v1/shops/{shop}/my/orders/{order}/returns"),
    ("keep_presence", "POST", "/v1/shops/{shop}/presence"),
    ("list_agents", "GET", "/v1/shops/{shop}/agents"),
    ("update_desk", "PUT", "/v1/shops/{shop}/agents/{agent}/desk"),
    ("snooze_inquiry", "POST", "/v1/shops/{shop}/inquiries/{id}/snooze"),
    ("answer_question", "POST", "/v1/shops/{shop}/inquiries/{id}/questions/{question}/answered"),
    ("reopen_by_link", "POST", "/v1/shops/{shop}/inquiries/reopen"),
    ("update_service_settings", "PUT", "/v1/shops/{shop}/service-settings"),
    ("list_alerts", "GET", "/v1/shops/{shop}/alerts"),
    ("see_alerts", "POST", "/v1/shops/{shop}/alerts/seen"),
    ("show_profile", "GET", "/v1/shops/{shop}/me"),
    ("update_profile", "PUT", "/v1/shops/{shop}/me"),
    ("set_digest", "PUT", "/v1/shops/{shop}/me/digest"),
    ("list_proposals", "GET", "/v1/shops/{shop}/proposals"),
    ("decide_proposal", "POST", "/v1/shops/{shop}/proposals/{agent}"),
    ("show_avatar", "GET", "/v1/shops/{shop}/avatars/{file}"),
    ("submit_inquiry", "POST", "/v1/shops/{shop}/inquiries"),
    ("confirm_inquiry", "POST", "/v1/shops/{shop}/inquiries/confirm"),
    ("open_guest_session", "POST", "/v1/shops/{shop}/guest-sessions"),
    ("show_inquiry_form", "GET", "/v1/shops/{shop}/form"),
    ("list_my_inquiries", "GET", "/v1/shops/{shop}/my/inquiries"),
    ("track_inquiry", "GET", "/v1/shops/{shop}/my/inquiries/{id}"),
    ("follow_up_on_inquiry", "POST", "/v1/shops/{shop}/my/inquiries/{id}/messages"),
    ("settle_inquiry", "POST", "/v1/shops/{shop}/my/inquiries/{id}/settle"),
    ("rate_inquiry", "POST", "/v1/shops/{shop}/my/inquiries/{id}/rating"),
    ("show_session", "GET", "/v1/session"),
    ("show_shop", "GET", "/v1/shops/{shop}"),
    ("list_inquiries", "GET", "/v1/shops/{shop}/inquiries"),
    ("show_inquiry", "GET", "/v1/shops/{shop}/inquiries/{id}"),
    ("reply_to_inquiry", "POST", "/v1/shops/{shop}/inquiries/{id}/reply"),
    ("add_note", "POST", "/v1/shops/{shop}/inquiries/{id}/notes"),
    ("assign_inquiry", "POST", "/v1/shops/{shop}/inquiries/{id}/assign"),
    ("close_inquiry", "POST", "/v1/shops/{shop}/inquiries/{id}/close"),
    ("reopen_inquiry", "POST", "/v1/shops/{shop}/inquiries/{id}/reopen"),
    ("label_inquiry", "POST", "/v1/shops/{shop}/inquiries/{id}/label"),
    ("merge_inquiry", "POST", "/v1/shops/{shop}/inquiries/{id}/merge"),
    ("unmerge_inquiry", "POST", "/v1/shops/{shop}/inquiries/{id}/unmerge"),
    ("update_inquiries", "POST", "/v1/shops/{shop}/inquiries/bulk"),
];

/// A function: its folder, what its program serves, and the operations that its library answers to.
struct Function {
    folder: String,
    program: &'static str,
    operations: BTreeSet<String>,
}

impl Function {
    fn crate_name(&self) -> String {
        self.folder.replace('-', "_")
    }

    /// What its program hands over, if it is one of the four kinds.
    fn entry(&self) -> Option<String> {
        let kinds = [
            ("serve_http", "routes()"),
            ("serve_queue", "handle"),
            ("serve_schedule", "run"),
            ("serve_command", "run"),
        ];
        let kind = kinds.iter().find(|(serve, entry)| {
            self.program.contains(&format!("common::lambda::{serve}({}::{entry}).await", self.crate_name()))
        });
        kind.map(|(_, entry)| format!("{}::{}", self.crate_name(), entry.trim_end_matches("()")))
    }
}

fn functions() -> Vec<Function> {
    let entries = std::fs::read_dir(root().join("functions")).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut all: Vec<Function> = folders
        .map(|entry| {
            let folder = entry.file_name().to_string_lossy().into_owned();
            let library = text_of(&format!("functions/{folder}/src/lib.rs"));
            let named = library.split("operation_id = \"").skip(1).filter_map(|rest| rest.split('"').next());
            let operations = named.map(str::to_owned).collect();
            Function { program: text_of(&format!("functions/{folder}/src/main.rs")), folder, operations }
        })
        .collect();
    all.sort_by(|one, other| one.folder.cmp(&other.folder));
    all
}

fn text_of(path: &str) -> &'static str {
    files().iter().find(|file| file.path == path).map_or("", |file| &file.text)
}

#[test]
fn a_functions_folder_is_its_package() {
    let packages: Vec<_> = own().map(|it| (it.folder.clone().unwrap_or_default(), &it.name)).collect();
    let others = functions().into_iter().filter(|function| {
        !packages.iter().any(|(folder, name)| {
            *folder == format!("functions/{}", function.folder) && **name == function.folder
        })
    });
    let others: Vec<_> = others.map(|it| format!("functions/{}/Cargo.toml", it.folder)).collect();
    claim(&others, "A function is functions/<verb-noun>/ with a package of that name.");
}

#[test]
fn a_functions_program_only_serves_its_library() {
    let others = functions().into_iter().filter(|it| it.entry().is_none() || it.program.lines().count() > 8);
    let others: Vec<_> = others.map(|it| format!("functions/{}/src/main.rs", it.folder)).collect();
    claim(
        &others,
        "main.rs hands the library to common::lambda::serve_http, serve_queue, serve_schedule or serve_command, no more.",
    );
}

#[test]
fn the_local_host_has_every_function() {
    let catalog = text_of("local/src/catalog.rs");
    let missing =
        functions().into_iter().filter(|it| !it.entry().is_some_and(|entry| catalog.contains(&entry)));
    let missing: Vec<_> = missing.map(|it| it.folder).collect();
    claim(&missing, "Add it to local/src/catalog.rs: the local host runs all that the cloud runs.");
}

#[test]
fn a_function_answers_to_the_operation_of_its_name() {
    let served = functions().into_iter().filter(|function| function.program.contains("serve_http"));
    let wrong = served.filter_map(|function| {
        let own = function.crate_name();
        let sides = SIDES.iter().filter(|(of, _)| *of == own).map(|(_, side)| (*side).to_owned());
        let expected: BTreeSet<String> = sides.chain([own.clone()]).collect();
        (function.operations != expected).then(|| format!("{}: {:?}", function.folder, function.operations))
    });
    let way_out = "The operation id is the folder's name with `_`; another side of the same use case is named in tidy/functions.rs.";
    claim(&wrong.collect::<Vec<_>>(), way_out);
}

#[test]
fn the_api_has_exactly_the_promised_paths() {
    let name = |it: &Operation| format!("{} {} {}", it.id, it.method, it.path);
    let described: BTreeSet<String> = committed().iter().map(name).collect();
    let promised: BTreeSet<String> =
        PROMISED.iter().map(|(id, method, path)| format!("{id} {method} {path}")).collect();
    let wrong: Vec<String> = described.symmetric_difference(&promised).cloned().collect();
    let way_out = "Storefronts depend on these: add a new one to tidy/functions.rs, keep the old ones; then `make bless`.";
    claim(&wrong, way_out);
}
