//! A link of one's own content is looked at again.

use app::routes::Desk;
use axum::response::Response;
use domain::links::LinkAnswer;

use super::Visit;
use crate::links::LookedAt;

pub async fn send(visit: &Visit<'_>, form: &str) -> Response {
    let id = app::query::value(form, "link").unwrap_or_default();
    let code = match visit.portal.look_at_link(visit.by(), &id).await {
        Ok(LookedAt::Visited(LinkAnswer::Works)) => "link-works",
        Ok(LookedAt::Visited(answer)) if answer.is_failure() => "link-dead",
        Ok(LookedAt::Visited(_)) => "link-unclear",
        Ok(LookedAt::TooSoon) => "link-waits",
        Err(refused) => return visit.refused(refused),
    };
    visit.see(Desk::Home, &format!("gjort={code}"))
}
