//! What a page says to machines: linked data in the vocabulary of schema.org, as JSON.
//!
//! Nothing is said that the page does not say to people, and what is not known is left out rather than guessed.

use domain::{
    Address, Case, Code, GeoPoint, Grade, Language, Offer, Organisation, OrganisationKind,
    PlaceMode, PriceKind, Recommendation,
};
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::routes::Route;

const VOCABULARY: &str = "https://schema.org";

/// The way to a page, as search engines show it. `steps` are the pages between the front page and this one.
pub fn breadcrumbs(context: &Context, steps: &[(String, String)], here: &str) -> String {
    let mut items = vec![(
        context.url(&Route::Home),
        context.text().common().front_page().to_owned(),
    )];
    items.extend_from_slice(steps);
    items.push((
        context
            .route
            .as_ref()
            .map(|route| context.url(route))
            .unwrap_or_default(),
        here.to_owned(),
    ));
    let items: Vec<Value> = items
        .iter()
        .enumerate()
        .map(|(position, (path, name))| {
            json!({ "@type": "ListItem", "position": position + 1, "name": name, "item": context.absolute(path) })
        })
        .collect();
    json!({ "@context": VOCABULARY, "@type": "BreadcrumbList", "itemListElement": items })
        .to_string()
}

/// A teaching offer: a learning resource, and a course that a class can attend.
/// `image` is the path of the image that the page shows large.
pub fn offer(
    context: &Context,
    offer: &Offer,
    provider: Option<&Organisation>,
    image: Option<String>,
) -> String {
    let language = context.language;
    let mut data = object(
        context,
        json!(["LearningResource", "Course"]),
        &Route::Offer(offer.id.clone()),
    );
    data.insert("name".into(), json!(offer.title.as_str()));
    data.insert("description".into(), json!(offer.summary.as_str()));
    let languages: Vec<&str> = offer.languages.iter().map(|tag| tag.as_str()).collect();
    data.insert(
        "inLanguage".into(),
        if languages.is_empty() {
            json!("da")
        } else {
            json!(languages)
        },
    );
    data.insert("provider".into(), provider.map_or_else(
        || json!({ "@type": "Organization", "@id": identity(context, &Route::Organisation(offer.provider.clone())) }),
        |provider| organisation_value(context, provider),
    ));
    let mut levels: Vec<String> = offer
        .grades
        .iter()
        .map(|grade| grade.label(language))
        .collect();
    levels.extend(
        offer
            .other_levels
            .iter()
            .map(|level| level.label(language).to_owned()),
    );
    insert_list(&mut data, "educationalLevel", levels);
    insert_list(
        &mut data,
        "teaches",
        offer
            .goals
            .iter()
            .map(|goal| goal.as_str().to_owned())
            .collect(),
    );
    insert_list(
        &mut data,
        "about",
        offer
            .subjects
            .iter()
            .map(|subject| subject.label(language).to_owned())
            .collect(),
    );
    insert_list(
        &mut data,
        "keywords",
        offer
            .themes
            .iter()
            .map(|theme| theme.as_str().to_owned())
            .collect(),
    );
    let mut audience = Map::new();
    audience.insert("@type".into(), json!("EducationalAudience"));
    audience.insert("educationalRole".into(), json!("student"));
    if !offer.grades.is_empty() {
        audience.insert(
            "audienceType".into(),
            json!(Grade::describe(&offer.grades, language)),
        );
    }
    data.insert("audience".into(), Value::Object(audience));
    if let Some(minutes) = offer.duration_minutes {
        data.insert("timeRequired".into(), json!(format!("PT{minutes}M")));
    }
    if let Some(price) = &offer.price {
        if price.kind == PriceKind::Free {
            data.insert("isAccessibleForFree".into(), json!(true));
        }
        data.insert("offers".into(), price_value(context, offer));
    }
    data.insert("hasCourseInstance".into(), course_instance(offer, provider));
    if let Some(updated) = offer.updated {
        data.insert("dateModified".into(), json!(updated.to_string()));
    }
    if let Some(source) = &offer.source_url {
        data.insert("isBasedOn".into(), json!(source.as_str()));
    }
    if let Some(image) = image {
        data.insert("image".into(), json!(context.absolute(&image)));
    }
    Value::Object(data).to_string()
}

fn price_value(context: &Context, offer: &Offer) -> Value {
    let mut value = Map::new();
    value.insert("@type".into(), json!("Offer"));
    value.insert(
        "url".into(),
        json!(identity(context, &Route::Offer(offer.id.clone()))),
    );
    if let Some(price) = &offer.price {
        let amount = if price.kind == PriceKind::Free {
            Some(0.0)
        } else {
            price.amount
        };
        if let Some(amount) = amount {
            value.insert("price".into(), json!(amount));
            value.insert("priceCurrency".into(), json!("DKK"));
        }
        value.insert("category".into(), json!(price.kind.label(context.language)));
        if let Some(note) = &price.note {
            value.insert("description".into(), json!(note.as_str()));
        }
    }
    Value::Object(value)
}

fn course_instance(offer: &Offer, provider: Option<&Organisation>) -> Value {
    let mut value = Map::new();
    value.insert("@type".into(), json!("CourseInstance"));
    let online = offer
        .place
        .as_ref()
        .is_some_and(|place| place.mode == PlaceMode::Online);
    value.insert(
        "courseMode".into(),
        json!(if online { "online" } else { "onsite" }),
    );
    if let Some(minutes) = offer.duration_minutes {
        value.insert("courseWorkload".into(), json!(format!("PT{minutes}M")));
    }
    if let Some(pupils) = offer.max_pupils {
        value.insert("maximumAttendeeCapacity".into(), json!(pupils));
    }
    if let Some(from) = offer
        .available
        .as_ref()
        .and_then(|available| available.from)
    {
        value.insert("startDate".into(), json!(from.to_string()));
    }
    if let Some(to) = offer.available.as_ref().and_then(|available| available.to) {
        value.insert("endDate".into(), json!(to.to_string()));
    }
    if let Some(place) = &offer.place {
        if place.mode == PlaceMode::Online {
            value.insert("location".into(), json!({ "@type": "VirtualLocation" }));
        } else if place.mode != PlaceMode::School {
            let municipality = place.municipality.map(|code| code.name());
            let at_provider = provider.filter(|_| place.mode == PlaceMode::Provider);
            let address = place
                .address
                .as_ref()
                .or_else(|| at_provider?.address.as_ref());
            let point = place.location.or_else(|| at_provider?.location);
            let name = at_provider
                .map(|provider| provider.name.as_str())
                .or(municipality);
            if let Some(location) = place_value(name, address, municipality, point) {
                value.insert("location".into(), location);
            }
        }
    }
    Value::Object(value)
}

fn place_value(
    name: Option<&str>,
    address: Option<&Address>,
    region: Option<&str>,
    point: Option<GeoPoint>,
) -> Option<Value> {
    let mut value = Map::new();
    value.insert("@type".into(), json!("Place"));
    if let Some(name) = name {
        value.insert("name".into(), json!(name));
    }
    if address.is_some() || region.is_some() {
        value.insert("address".into(), address_value(address, region));
    }
    if let Some(point) = point {
        value.insert(
            "geo".into(),
            json!({ "@type": "GeoCoordinates", "latitude": point.latitude(), "longitude": point.longitude() }),
        );
    }
    (value.len() > 1).then_some(Value::Object(value))
}

fn address_value(address: Option<&Address>, region: Option<&str>) -> Value {
    let mut value = Map::new();
    value.insert("@type".into(), json!("PostalAddress"));
    value.insert("addressCountry".into(), json!("DK"));
    if let Some(region) = region {
        value.insert("addressRegion".into(), json!(region));
    }
    if let Some(address) = address {
        let parts = [
            ("streetAddress", &address.street),
            ("postalCode", &address.postcode),
            ("addressLocality", &address.city),
        ];
        for (name, part) in parts {
            if let Some(part) = part {
                value.insert(name.into(), json!(part.as_str()));
            }
        }
    }
    Value::Object(value)
}

/// A case: an article about what a collaboration did. `image` is the path of the image that the page shows large.
pub fn case(
    context: &Context,
    case: &Case,
    partners: &[(String, String)],
    image: Option<String>,
) -> String {
    let mut data = object(context, json!("Article"), &Route::Case(case.id.clone()));
    data.insert("headline".into(), json!(case.title.as_str()));
    data.insert("description".into(), json!(case.summary.as_str()));
    data.insert("inLanguage".into(), json!("da"));
    data.insert("publisher".into(), portal(context));
    let partners: Vec<Value> = partners
        .iter()
        .map(|(path, name)| json!({ "@type": "Organization", "name": name, "url": context.absolute(path) }))
        .collect();
    data.insert("about".into(), Value::Array(partners));
    insert_list(
        &mut data,
        "keywords",
        case.themes
            .iter()
            .map(|theme| theme.as_str().to_owned())
            .collect(),
    );
    if let Some(updated) = case.updated {
        data.insert("dateModified".into(), json!(updated.to_string()));
    }
    if let Some(source) = &case.source_url {
        data.insert("isBasedOn".into(), json!(source.as_str()));
    }
    if let Some(image) = image {
        data.insert("image".into(), json!(context.absolute(&image)));
    }
    Value::Object(data).to_string()
}

/// A recommendation: an article by the portal. The texts are in the page's language.
pub fn recommendation(
    context: &Context,
    recommendation: &Recommendation,
    description: &str,
) -> String {
    let mut data = object(
        context,
        json!("Article"),
        &Route::Recommendation(recommendation.id.clone()),
    );
    data.insert("headline".into(), json!(recommendation.title.as_str()));
    data.insert("description".into(), json!(description));
    data.insert("inLanguage".into(), json!(context.language.tag()));
    data.insert("publisher".into(), portal(context));
    Value::Object(data).to_string()
}

/// An organisation.
pub fn organisation(context: &Context, organisation: &Organisation) -> String {
    let mut value = organisation_value(context, organisation);
    if let Some(data) = value.as_object_mut() {
        data.insert("@context".into(), json!(VOCABULARY));
    }
    value.to_string()
}

fn organisation_value(context: &Context, organisation: &Organisation) -> Value {
    let kind = match organisation.kind {
        OrganisationKind::School => "School",
        OrganisationKind::Municipality => "GovernmentOrganization",
        OrganisationKind::Institution | OrganisationKind::Plc | OrganisationKind::Transport => {
            "Organization"
        }
    };
    let id = identity(context, &Route::Organisation(organisation.id.clone()));
    let mut data = Map::new();
    data.insert("@type".into(), json!(kind));
    data.insert("@id".into(), json!(id));
    data.insert("name".into(), json!(organisation.name.as_str()));
    data.insert(
        "url".into(),
        json!(
            organisation
                .url
                .as_ref()
                .map_or(id.as_str(), |url| url.as_str())
        ),
    );
    if let Some(summary) = &organisation.summary {
        data.insert("description".into(), json!(summary.as_str()));
    }
    if let Some(email) = &organisation.email {
        data.insert("email".into(), json!(email.as_str()));
    }
    if let Some(phone) = &organisation.phone {
        data.insert("telephone".into(), json!(phone.as_str()));
    }
    let region = organisation.municipality.map(|code| code.name());
    if organisation.address.is_some() || region.is_some() {
        data.insert(
            "address".into(),
            address_value(organisation.address.as_ref(), region),
        );
    }
    if let Some(point) = organisation.location {
        data.insert(
            "location".into(),
            place_value(None, None, None, Some(point)).unwrap_or_default(),
        );
    }
    Value::Object(data)
}

fn portal(context: &Context) -> Value {
    json!({
        "@type": "Organization",
        "name": context.text().common().portal(),
        "url": context.absolute(&Route::Home.path(Language::Danish)),
    })
}

fn object(context: &Context, kind: Value, route: &Route) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("@context".into(), json!(VOCABULARY));
    data.insert("@type".into(), kind);
    data.insert("@id".into(), json!(identity(context, route)));
    data.insert("url".into(), json!(context.absolute(&context.url(route))));
    data
}

/// The same thing has the same identity in both languages.
fn identity(context: &Context, route: &Route) -> String {
    context.absolute(&route.path(Language::Danish))
}

fn insert_list(data: &mut Map<String, Value>, name: &str, values: Vec<String>) {
    if !values.is_empty() {
        data.insert(name.to_owned(), json!(values));
    }
}
